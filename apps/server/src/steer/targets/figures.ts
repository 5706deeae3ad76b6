import type { queryMetrics } from '../../know/metrics/index.ts';

/** The figures of the house, as know/metrics reads them: over the network, so never inside a transaction. */
export type Analytics = Parameters<typeof queryMetrics>[0];
