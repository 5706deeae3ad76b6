import { refuse } from '../../platform/fail.ts';
import type { JobRun } from '../../platform/jobs.ts';
import { addMs } from '../../platform/time.ts';
import type { Providers } from './provider.ts';
import { payments } from './tables.ts';

export interface OpenPayPage {
  paymentId: string;
  /** Opens the order when the browser comes back; goes into the return address as it is. */
  token: string | undefined;
  language: 'zh-CN' | 'en';
}

const firstCheckMs = 3 * 60_000;

/**
 * The provider's page for a payment, or the order's own page when there is nothing to pay any more. The provider hears of a
 * payment on the first visit; its answer is kept, so that a second visit is the same page. No transaction waits for the provider.
 * Refuses `payment.not_found`, `payment.provider_unavailable`.
 */
export async function openPayPage(
  outside: Pick<JobRun, 'inTx'>,
  { providers, shopOrigin }: { providers: Providers; shopOrigin: string },
  { paymentId, token, language }: OpenPayPage,
): Promise<string> {
  const { payment, now } = await outside.inTx(async (ctx) => ({
    now: ctx.now,
    payment: await payments(ctx.tx).selectFrom('payment').selectAll().where('id', '=', paymentId).executeTakeFirst(),
  }));
  if (payment === undefined) return refuse('payment.not_found', { paymentId });
  const returnUrl = paidPage(shopOrigin, { number: payment.reference, token, language });
  const isOver = payment.expires_at !== null && payment.expires_at <= now;
  if (payment.state !== 'pending' || isOver) return returnUrl;
  if (payment.pay_url !== null) return inLanguage(payment.pay_url, language);
  const provider = providers[payment.provider];
  if (provider === undefined) return refuse('payment.provider_unavailable', { provider: payment.provider });

  const answer = await provider.createPayment({
    paymentId,
    reference: payment.reference,
    amountFen: payment.amount_fen,
    currency: payment.currency,
    expiresAt: payment.expires_at ?? undefined,
    returnUrl,
    language,
  });
  if (answer.kind !== 'ok') return refuse('payment.provider_unavailable', { provider: payment.provider });

  await outside.inTx((ctx) =>
    payments(ctx.tx)
      .updateTable('payment')
      .set({ provider_ref: answer.providerRef, pay_url: answer.payUrl, next_check_at: addMs(ctx.now, firstCheckMs) })
      .where('id', '=', paymentId)
      .execute(),
  );
  return inLanguage(answer.payUrl, language);
}

/** Where the shop waits for the money with the buyer. */
function paidPage(
  shopOrigin: string,
  { number, token, language }: { number: string; token: string | undefined; language: string },
): string {
  const url = new URL(`${language === 'en' ? '/en' : ''}/paid/${encodeURIComponent(number)}`, shopOrigin);
  if (token !== undefined) url.searchParams.set('token', token);
  return url.href;
}

function inLanguage(payUrl: string, language: string): string {
  const url = new URL(payUrl);
  url.searchParams.set('lang', language);
  return url.href;
}
