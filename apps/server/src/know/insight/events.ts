import { insight as contract } from '@tongshang/contract';
import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

/** Somebody looked for something and did not find it; who, is said to nobody. */
export const productRequested = eventType('insight.product_requested', z.object({ id: z.uuid(), text: z.string() }));

/** What becomes of a wish, and how many of the same words went with it. */
export const productRequestSettled = eventType(
  'insight.product_request_settled',
  z.object({ id: z.uuid(), text: z.string(), state: contract.RequestState, reason: z.string().nullable(), settled: z.int() }),
);
