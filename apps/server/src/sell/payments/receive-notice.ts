import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import type { JobRun } from '../../platform/jobs.ts';
import { applyReport, judgeReport, lockPayment } from './apply-report.ts';
import type { NoticeOutcome } from './payment.ts';
import type { Provider, ProviderReport, Providers } from './provider.ts';
import { payments } from './tables.ts';

export interface ReceiveNotice {
  provider: string;
  payload: string;
  signature: string;
}

/**
 * Takes a provider's notice: stored and in effect once, however often, late or out of order it comes. `success` is answered only
 * after the commit. Refuses `payment.bad_signature` for a forgery, which is kept and has no effect.
 */
export async function receiveNotice(
  outside: Pick<JobRun, 'inTx'>,
  providers: Providers,
  { provider: name, payload, signature }: ReceiveNotice,
): Promise<'success'> {
  const provider = providers[name];
  if (provider === undefined) return refuse('payment.not_found', { provider: name });
  const notice = provider.readNotice(payload, signature);
  if (notice === 'forged') {
    await outside.inTx((ctx) => keepNotice(ctx, provider, { body: payload.slice(0, 2000), outcome: 'bad_signature' }));
    return refuse('payment.bad_signature');
  }
  if (notice === 'unreadable') await outside.inTx((ctx) => keepNotice(ctx, provider, { body: payload, outcome: 'unreadable' }));
  else await outside.inTx((ctx) => takeNotice(ctx, provider, { ...notice, body: payload }));
  return 'success';
}

async function takeNotice(
  ctx: Ctx,
  provider: Provider,
  { noticeId, report, body }: { noticeId: string; report: ProviderReport; body: string },
): Promise<void> {
  const payment = await lockPayment(ctx, report.paymentId); // the lock puts deliveries of the same notice in a row
  if (payment?.provider !== provider.name) {
    await keepNotice(ctx, provider, { noticeId, body, outcome: 'unknown_payment' });
    return;
  }
  const outcome = judgeReport(payment, report);
  const isFirst = await keepNotice(ctx, provider, { noticeId, body, outcome, paymentId: payment.id });
  if (isFirst) await applyReport(ctx, payment, report);
}

/** False when this notice was stored before. */
async function keepNotice(
  ctx: Ctx,
  provider: Provider,
  { noticeId, body, outcome, paymentId }: { noticeId?: string; body: string; outcome: NoticeOutcome; paymentId?: string },
): Promise<boolean> {
  const kept = await payments(ctx.tx)
    .insertInto('notice')
    .values({
      provider: provider.name,
      notice_id: noticeId ?? null,
      body,
      signature_valid: outcome !== 'bad_signature',
      outcome,
      payment_id: paymentId ?? null,
      received_at: ctx.now,
    })
    .onConflict((conflict) => conflict.columns(['provider', 'notice_id']).doNothing())
    .executeTakeFirst();
  return (kept.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
