import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { enqueue } from '../../platform/jobs.ts';
import { refundDone } from './events.ts';
import { isTill } from './open-payment.ts';
import { refundable } from './payment.ts';
import { sendRefund } from './send-refund.ts';
import { payments } from './tables.ts';

export interface RequestRefund {
  paymentId: string;
  amountFen: number;
  /** Why, once: a second request with the same cause is the same refund. */
  cause: string;
  reason: string;
}

/**
 * Promises money back and queues the provider's call. All refunds of a payment together never exceed what it took; the same cause
 * refunds once. Refuses `payment.not_found` and `refund.exceeds_payment`.
 */
export async function requestRefund(ctx: Ctx, { paymentId, amountFen, cause, reason }: RequestRefund): Promise<string> {
  const db = payments(ctx.tx);
  const payment = await db
    .selectFrom('payment')
    .select(['order_id as orderId', 'provider'])
    .where('id', '=', paymentId)
    .executeTakeFirst();
  if (payment === undefined) return refuse('payment.not_found', { paymentId });
  const { orderId, provider } = payment;
  const isAtOnce = isTill(provider);

  const refund = { payment_id: paymentId, order_id: orderId, amount_fen: amountFen, cause, reason, requested_at: ctx.now };
  const written = await db
    .insertInto('refund')
    .values({ ...refund, state: isAtOnce ? 'done' : 'requested', done_at: isAtOnce ? ctx.now : null })
    .onConflict((conflict) => conflict.columns(['payment_id', 'cause']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (written === undefined) return earlierRefund(ctx, paymentId, cause);
  const reserved = await db
    .updateTable('payment')
    .set({ refunded_fen: sql<number>`refunded_fen + ${amountFen}` })
    .where('id', '=', paymentId)
    .where(sql<boolean>`received_fen - refunded_fen >= ${amountFen}`)
    .executeTakeFirst();
  if (reserved.numUpdatedRows === 0n) refuse('refund.exceeds_payment', { wantedFen: amountFen });

  const { id } = written;
  if (isAtOnce) await emit(ctx, refundDone, { refundId: id, paymentId, orderId, amountFen, isOurs: true });
  else await enqueue(ctx.tx, sendRefund, { refundId: id }, { key: `send-refund:${id}`, attemptsMax: 20 });
  return id;
}

async function earlierRefund(ctx: Ctx, paymentId: string, cause: string): Promise<string> {
  const query = payments(ctx.tx).selectFrom('refund').select('id').where('payment_id', '=', paymentId).where('cause', '=', cause);
  return (await query.executeTakeFirstOrThrow()).id;
}

/** Gives back part of what an order's payments took, earliest payment first; the same cause refunds once. Answers what is refunded, fen. */
export async function refundOrder(
  ctx: Ctx,
  { orderId, amountFen, cause, reason }: { orderId: string; amountFen: number; cause: string; reason: string },
): Promise<number> {
  let left = amountFen;
  for (const payment of await lockPaymentsOf(ctx, orderId)) {
    const part = Math.min(left, refundable(payment));
    if (part > 0) await requestRefund(ctx, { paymentId: payment.id, amountFen: part, cause, reason });
    left -= part;
  }
  return amountFen - left;
}

/** Gives back all that a payment still holds; 0 when that is nothing, so it may be asked for twice. */
export async function refundRest(ctx: Ctx, { paymentId, reason }: { paymentId: string; reason: string }): Promise<number> {
  const payment = await payments(ctx.tx)
    .selectFrom('payment')
    .select(['received_fen as receivedFen', 'refunded_fen as refundedFen'])
    .where('id', '=', paymentId)
    .forUpdate()
    .executeTakeFirst();
  const rest = payment === undefined ? 0 : refundable(payment);
  if (rest > 0) await requestRefund(ctx, { paymentId, amountFen: rest, cause: `rest:${randomUUIDv7()}`, reason });
  return rest;
}

/** Ends the payments of an order that is off: open ones are closed, money that was taken goes back. Answers what is refunded, fen. */
export async function closePayments(ctx: Ctx, { orderId, reason }: { orderId: string; reason: string }): Promise<number> {
  let refundedFen = 0;
  for (const payment of await lockPaymentsOf(ctx, orderId)) {
    if (payment.state === 'pending')
      await payments(ctx.tx).updateTable('payment').set({ state: 'closed' }).where('id', '=', payment.id).execute();
    else refundedFen += await refundRest(ctx, { paymentId: payment.id, reason });
  }
  return refundedFen;
}

const lockPaymentsOf = (ctx: Ctx, orderId: string) =>
  payments(ctx.tx)
    .selectFrom('payment')
    .select(['id', 'state', 'received_fen as receivedFen', 'refunded_fen as refundedFen'])
    .where('order_id', '=', orderId)
    .orderBy('id')
    .forUpdate()
    .execute();
