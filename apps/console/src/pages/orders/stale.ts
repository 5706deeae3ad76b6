import { orders, RefusedError } from '@tongshang/contract';
import { forget } from '../../lib/api.ts';

/** Whether the order has moved on since the screen was drawn. */
export const isStale = (error: unknown): boolean => error instanceof RefusedError && error.code === 'order.wrong_state';

/** After such a refusal the order and its lists are read anew, so that the next step is chosen by what is true. */
export function showAsIs(error: unknown): void {
  if (isStale(error)) void Promise.all([orders.getOrder, orders.listOrders, orders.countOrders].map(forget));
}
