import * as z from 'zod';
import { job, jobType } from '../../platform/jobs.ts';
import { expireOrder } from './cancel-order.ts';
import { orders } from './tables.ts';

export const expireOrders = jobType('orders/expire-orders', z.object({}));

const atOnce = 500;

/** Cancels what was not paid in time, each order in a transaction of its own, decided on the order as it is then. */
export const expireOrdersJob = job(expireOrders, async ({ inTx, signal }) => {
  const due = await inTx(({ tx, now }) =>
    orders(tx)
      .selectFrom('order')
      .select('id')
      .where('state', '=', 'placed')
      .where('expires_at', '<=', now)
      .orderBy('expires_at')
      .limit(atOnce)
      .execute(),
  );
  for (const { id } of due) {
    if (signal.aborted) return;
    await inTx((ctx) => expireOrder(ctx, id));
  }
});
