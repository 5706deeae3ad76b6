import * as z from 'zod';
import { refuse } from '../../platform/fail.ts';
import { job, type JobRun, jobType } from '../../platform/jobs.ts';
import { applyReport, lockPayment, nextCheck } from './apply-report.ts';
import type { PaymentState } from './payment.ts';
import type { Providers } from './provider.ts';
import { payments } from './tables.ts';

export const checkPayments = jobType('payments/check-payments', z.object({}));

const atOnce = 100;

/** Asks the providers about payments and refunds whose notice never came. A lost notice delays an order, it does not lose it. */
export const checkPaymentsJob = (outside: { providers: Providers }) =>
  job(checkPayments, async (run) => {
    const due = await run.inTx(async ({ tx, now }) => {
      const waiting = await payments(tx)
        .selectFrom('payment')
        .select('id')
        .where('next_check_at', '<=', now)
        .orderBy('next_check_at')
        .limit(atOnce)
        .execute();
      const refunds = await payments(tx)
        .selectFrom('refund')
        .select('payment_id as id')
        .where('next_check_at', '<=', now)
        .orderBy('next_check_at')
        .limit(atOnce)
        .execute();
      return [...new Set([...waiting, ...refunds].map((row) => row.id))];
    });
    for (const paymentId of due) {
      if (run.signal.aborted) return;
      await checkPayment(run, outside.providers, paymentId);
    }
  });

/**
 * Asks the provider how a payment stands and takes its answer like a notice: the browser that comes back does not wait for the
 * notice, and both together have one effect. Refuses `payment.not_found`.
 */
export async function checkPayment(
  outside: Pick<JobRun, 'inTx'>,
  providers: Providers,
  paymentId: string,
): Promise<PaymentState> {
  const payment = await outside.inTx(({ tx }) =>
    payments(tx)
      .selectFrom('payment')
      .select(['provider', 'state', 'provider_ref'])
      .where('id', '=', paymentId)
      .executeTakeFirst(),
  );
  if (payment === undefined) return refuse('payment.not_found', { paymentId });
  const provider = providers[payment.provider];
  if (provider === undefined || payment.provider_ref === null) return payment.state;

  const answer = await provider.query(paymentId);

  return outside.inTx(async (ctx) => {
    const locked = await lockPayment(ctx, paymentId);
    if (locked === undefined) return refuse('payment.not_found', { paymentId });
    if (answer.kind === 'ok' && answer.report !== undefined) await applyReport(ctx, locked, answer.report);
    await planNextCheck(ctx, paymentId);
    const after = await payments(ctx.tx)
      .selectFrom('payment')
      .select('state')
      .where('id', '=', paymentId)
      .executeTakeFirstOrThrow();
    return after.state;
  });
}

async function planNextCheck(ctx: Parameters<typeof lockPayment>[0], paymentId: string): Promise<void> {
  const db = payments(ctx.tx);
  const open = await db
    .selectFrom('payment')
    .select('created_at as openedAt')
    .where('id', '=', paymentId)
    .where('next_check_at', '<=', ctx.now)
    .executeTakeFirst();
  if (open !== undefined)
    await db
      .updateTable('payment')
      .set({ next_check_at: nextCheck(open.openedAt, ctx.now) })
      .where('id', '=', paymentId)
      .execute();
  const refunds = await db
    .selectFrom('refund')
    .select(['id', 'requested_at as openedAt'])
    .where('payment_id', '=', paymentId)
    .where('next_check_at', '<=', ctx.now)
    .execute();
  for (const { id, openedAt } of refunds)
    await db
      .updateTable('refund')
      .set({ next_check_at: nextCheck(openedAt, ctx.now) })
      .where('id', '=', id)
      .execute();
}
