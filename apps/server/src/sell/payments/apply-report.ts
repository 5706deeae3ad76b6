import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { addMs } from '../../platform/time.ts';
import { paymentCaptured, paymentFailed, refundDone, refundFailed } from './events.ts';
import { effectOf, type NoticeOutcome, paymentAfter, type PaymentState } from './payment.ts';
import type { ProviderReport, RefundReport } from './provider.ts';
import { payments } from './tables.ts';

export interface LockedPayment {
  id: string;
  orderId: string;
  provider: string;
  state: PaymentState;
  amountFen: number;
  receivedFen: number;
  refundedFen: number;
}

const lockedColumns = [
  'id',
  'order_id as orderId',
  'provider',
  'state',
  'amount_fen as amountFen',
  'received_fen as receivedFen',
  'refunded_fen as refundedFen',
] as const;

/** Like `lockPayment`, many in one order; unknown ones are absent. */
export async function lockPayments(ctx: Ctx, paymentIds: readonly string[]): Promise<Map<string, LockedPayment>> {
  const rows = await payments(ctx.tx)
    .selectFrom('payment')
    .select(lockedColumns)
    .where('id', '=', sql<string>`any(${[...new Set(paymentIds)]}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Locks a payment: whatever is said about it, in notices or answers, takes effect one after another. */
export const lockPayment = (ctx: Ctx, paymentId: string): Promise<LockedPayment | undefined> =>
  payments(ctx.tx).selectFrom('payment').select(lockedColumns).where('id', '=', paymentId).forUpdate().executeTakeFirst();

/** What the report would do to the payment; nothing is written. A refund of an untaken payment proves that it was taken. */
export function judgeReport(payment: LockedPayment, report: ProviderReport): NoticeOutcome {
  const effect = report.payment === undefined ? 'none' : effectOf(payment, report.payment);
  if (effect === 'wrong_amount') return 'wrong_amount';
  return effect === 'none' && report.refunds.length === 0 ? 'ignored' : 'applied';
}

/** Writes what a provider reported about a locked payment. Told again, it changes nothing. */
export async function applyReport(ctx: Ctx, payment: LockedPayment, report: ProviderReport): Promise<void> {
  const taken = report.payment === undefined ? 0 : await applyPayment(ctx, payment, report);
  const now = { ...payment, receivedFen: Math.max(payment.receivedFen, taken) };
  for (const refund of report.refunds) await applyRefund(ctx, now, refund);
}

/** Answers what the provider holds now, fen. */
async function applyPayment(ctx: Ctx, payment: LockedPayment, { payment: said, providerRef }: ProviderReport): Promise<number> {
  if (said === undefined) return 0;
  const { id: paymentId, orderId, amountFen } = payment;
  const change = payments(ctx.tx).updateTable('payment').where('id', '=', paymentId);
  const told = { next_check_at: null, ...(providerRef !== undefined && { provider_ref: providerRef }) };
  const { state, receivedFen } = paymentAfter(payment, said);
  switch (effectOf(payment, said)) {
    case 'capture':
      await change.set({ ...told, state, failure: null, received_fen: receivedFen, captured_at: ctx.now }).execute();
      await emit(ctx, paymentCaptured, { paymentId, orderId, amountFen });
      break;
    case 'wrong_amount':
      await change.set({ ...told, state, failure: 'wrong_amount', received_fen: receivedFen, captured_at: ctx.now }).execute();
      await emit(ctx, paymentFailed, { paymentId, orderId, failure: 'wrong_amount', receivedFen, amountFen });
      break;
    case 'decline':
      await change.set({ ...told, state, failure: 'declined' }).execute();
      await emit(ctx, paymentFailed, { paymentId, orderId, failure: 'declined', receivedFen: 0, amountFen });
      break;
    case 'none':
      break;
  }
  return receivedFen;
}

async function applyRefund(ctx: Ctx, payment: LockedPayment, said: RefundReport): Promise<void> {
  if (said.refundId === undefined) return said.outcome === 'done' ? recordForeignRefund(ctx, payment, said) : undefined;
  const isDone = said.outcome === 'done';
  const failure = said.outcome === 'done' ? null : said.outcome.failure;
  const [refund] = await payments(ctx.tx)
    .updateTable('refund')
    .set({
      state: isDone ? 'done' : 'failed',
      failure,
      provider_ref: said.providerRef,
      done_at: isDone ? ctx.now : null,
      next_check_at: null,
    })
    .where('id', '=', said.refundId)
    .where('payment_id', '=', payment.id)
    .where('state', 'in', isDone ? ['requested', 'sent', 'failed'] : ['requested', 'sent'])
    .returning(['id', 'amount_fen as amountFen'])
    .execute();
  if (refund === undefined) return;
  const told = { refundId: refund.id, paymentId: payment.id, orderId: payment.orderId, amountFen: refund.amountFen };
  await (failure === null ? emit(ctx, refundDone, { ...told, isOurs: true }) : emit(ctx, refundFailed, { ...told, failure }));
}

/** Somebody refunded at the provider, past us: our books follow, never below zero. */
async function recordForeignRefund(ctx: Ctx, payment: LockedPayment, said: RefundReport): Promise<void> {
  const db = payments(ctx.tx);
  const [refund] = await db
    .insertInto('refund')
    .values({
      payment_id: payment.id,
      order_id: payment.orderId,
      amount_fen: said.amountFen,
      cause: `provider:${said.providerRef}`,
      reason: 'provider',
      state: 'done',
      provider_ref: said.providerRef,
      requested_at: ctx.now,
      done_at: ctx.now,
    })
    .onConflict((conflict) => conflict.columns(['payment_id', 'cause']).doNothing())
    .returning('id')
    .execute();
  if (refund === undefined) return;
  await db
    .updateTable('payment')
    .set((eb) => ({ refunded_fen: eb.fn<number>('least', ['received_fen', eb('refunded_fen', '+', said.amountFen)]) }))
    .where('id', '=', payment.id)
    .execute();
  const told = { refundId: refund.id, paymentId: payment.id, orderId: payment.orderId, amountFen: said.amountFen };
  await emit(ctx, refundDone, { ...told, isOurs: false });
}

/** When to ask the provider next, if no notice comes: soon at first, then ever more rarely, for two days. */
export function nextCheck(openedAt: Date, now: Date): Date | null {
  const ageMs = now.getTime() - openedAt.getTime();
  return ageMs > 48 * 3_600_000 ? null : addMs(now, Math.max(3 * 60_000, ageMs));
}
