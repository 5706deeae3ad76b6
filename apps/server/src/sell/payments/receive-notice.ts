import { sql } from 'kysely';
import type { Actor, Ctx } from '../../platform/ctx.ts';
import { asTable } from '../../platform/arrays.ts';
import { run } from '../../platform/db.ts';
import { emitFor } from '../../platform/events.ts';
import { Refusal } from '../../platform/fail.ts';
import type { AskedTogether, Outcome } from '../../platform/together.ts';
import { applyReport, judgeReport, type LockedPayment, lockPayment, lockPayments } from './apply-report.ts';
import { paymentCaptured } from './events.ts';
import { effectOf, type NoticeOutcome } from './payment.ts';
import type { Provider, ProviderReport, Providers } from './provider.ts';
import { payments } from './tables.ts';

export interface ReceiveNotice {
  provider: string;
  payload: string;
  signature: string;
}

interface Notice {
  actor: Actor;
  provider: Provider;
  noticeId: string;
  report: ProviderReport;
  body: string;
}

/**
 * Takes providers' notices, those that arrive together in one transaction: each stored and in effect once, however often, late or out
 * of order it comes. `success` is answered only after the commit. Refuses `payment.bad_signature` for a forgery, which is kept and has
 * no effect, and `payment.not_found` for a provider that nobody knows.
 */
export async function receiveNotices(
  ctx: Ctx,
  providers: Providers,
  asked: readonly AskedTogether<ReceiveNotice>[],
): Promise<Outcome<'success'>[]> {
  const notices: Notice[] = [];
  const outcomes: Outcome<'success'>[] = [];
  for (const { actor, input } of asked) {
    const provider = providers[input.provider];
    const read = provider?.readNotice(input.payload, input.signature);
    if (provider === undefined) outcomes.push({ refusal: new Refusal('payment.not_found', { provider: input.provider }) });
    else if (read === 'forged') {
      await keepNotice(ctx, provider, { body: input.payload.slice(0, 2000), outcome: 'bad_signature' });
      outcomes.push({ refusal: new Refusal('payment.bad_signature', {}) });
    } else {
      if (read === 'unreadable') await keepNotice(ctx, provider, { body: input.payload, outcome: 'unreadable' });
      else if (read !== undefined) notices.push({ actor, provider, ...read, body: input.payload });
      outcomes.push({ reply: 'success' });
    }
  }
  await takeNotices(ctx, notices);
  return outcomes;
}

/** Money that came in as asked for, told once, is booked by set; whatever is unusual goes one after another. */
async function takeNotices(ctx: Ctx, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  const locked = await lockPayments(
    ctx,
    notices.map(({ report }) => report.paymentId),
  );
  const told = Map.groupBy(notices, ({ report }) => report.paymentId);
  const plain = notices.flatMap((notice) => {
    const payment = locked.get(notice.report.paymentId);
    return payment !== undefined && told.get(payment.id)?.length === 1 && isPlain(notice, payment) ? [{ notice, payment }] : [];
  });
  await captureAll(ctx, plain);
  const done = new Set(plain.map(({ notice }) => notice));
  for (const notice of notices) if (!done.has(notice)) await takeNotice({ ...ctx, actor: notice.actor }, notice.provider, notice);
}

const isPlain = ({ report, provider }: Notice, payment: LockedPayment): boolean =>
  payment.provider === provider.name &&
  report.refunds.length === 0 &&
  report.payment !== undefined &&
  effectOf(payment, report.payment) === 'capture';

async function captureAll(ctx: Ctx, plain: readonly { notice: Notice; payment: LockedPayment }[]): Promise<void> {
  if (plain.length === 0) return;
  const rows = plain.map(({ notice: { provider, noticeId, body, report }, payment }) => ({
    provider: provider.name,
    noticeId,
    body,
    paymentId: payment.id,
    providerRef: report.providerRef,
  }));
  // a notice that was stored before had its effect then: such a payment would not be pending
  const kept = await run(
    ctx.tx,
    sql<{ paymentId: string }>`with told as (
        select * from ${asTable(rows, 't', { provider: 'text', noticeId: 'text', body: 'text', paymentId: 'uuid', providerRef: 'text' })}
      ), kept as (
        insert into payments.notice (provider, notice_id, body, signature_valid, outcome, payment_id, received_at)
        select provider, "noticeId", body, true, 'applied', "paymentId", ${ctx.now} from told order by provider, "noticeId"
        on conflict (provider, notice_id) do nothing returning payment_id
      )
      update payments.payment p set state = 'captured', failure = null, received_fen = amount_fen, captured_at = ${ctx.now}, next_check_at = null,
        provider_ref = coalesce(told."providerRef", p.provider_ref)
      from told join kept on kept.payment_id = told."paymentId" where p.id = told."paymentId" returning p.id as "paymentId"`,
  );
  const captured = new Set(kept.map(({ paymentId }) => paymentId));
  await emitFor(
    ctx,
    paymentCaptured,
    plain
      .filter(({ payment }) => captured.has(payment.id))
      .map(({ notice: { actor }, payment: { id, orderId, amountFen } }) => ({
        actor,
        payload: { paymentId: id, orderId, amountFen },
      })),
  );
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
