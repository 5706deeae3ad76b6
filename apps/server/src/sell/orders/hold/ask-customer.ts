import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json } from '../../../platform/db.ts';
import { lockOrder, noteOrder } from '../change-order.ts';
import { checkStep, refuseStep } from '../order.ts';
import { goOn } from '../review/review-orders.ts';
import { orders } from '../tables.ts';
import { raiseHolds, releaseHolds } from './holds.ts';

/** Holds a paid order back by hand, with the reason. Refuses `order.not_found`, `order.wrong_state`. */
export async function holdOrder(
  ctx: Ctx,
  { orderId, note, version }: { orderId: string; note: string; version?: number | undefined },
): Promise<void> {
  const order = await lockOrder(ctx, { orderId, version });
  checkStep(order.state, 'hold');
  await raiseHolds(ctx, [{ orderId, reason: 'staff', details: { note } }]);
}

/** Asks the buyer; a paid order waits for the answer. Refuses `order.not_found`, `order.wrong_state`. */
export async function askCustomer(
  ctx: Ctx,
  { orderId, question, version }: { orderId: string; question: string; version?: number | undefined },
): Promise<void> {
  const order = await lockOrder(ctx, { orderId, version });
  checkStep(order.state, 'ask_customer');
  await noteOrder(ctx, { orderId, what: 'customer_asked', details: { question } });
  await raiseHolds(ctx, [{ orderId, reason: 'customer_asked', details: { question } }]);
}

/**
 * The buyer's answer: it is on the timeline, the question holds the order no longer, and what else holds it stays. Refuses
 * `order.wrong_state` when nothing was asked.
 */
export async function answerQuestion(ctx: Ctx, { orderId, answer }: { orderId: string; answer: string }): Promise<void> {
  const order = await lockOrder(ctx, { orderId });
  const answered = await releaseHolds(ctx, { orderIds: [orderId], reasons: ['customer_asked'], note: answer });
  if (answered.length === 0) refuseStep(order.state);
  await noteOrder(ctx, { orderId, what: 'customer_answered', details: { answer } });
  // a person asked: a person reads the answer before the order goes on
  if (order.state === 'paid') await raiseAnswer(ctx, { orderId, answer: answer.slice(0, 200) });
  await goOn(ctx, [orderId]);
}

/** The answer holds the order as a remark does; a remark that holds it already gets the answer to it. */
async function raiseAnswer(ctx: Ctx, { orderId, answer }: { orderId: string; answer: string }): Promise<void> {
  const raised = await raiseHolds(ctx, [{ orderId, reason: 'remark', details: { answer } }]);
  if (raised.length > 0) return;
  await orders(ctx.tx)
    .updateTable('hold')
    .set({ details: sql`details || ${json({ answer })}` })
    .where('order_id', '=', orderId)
    .where('reason', '=', 'remark')
    .where('released_at', 'is', null)
    .execute();
}
