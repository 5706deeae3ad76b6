import type { Figures } from '../../know/metrics/index.ts';

/** Where the figures of the house are kept: read over the network, so never inside a transaction. */
export type Analytics = Figures['analytics'];
