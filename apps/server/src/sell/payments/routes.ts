import { randomUUID } from 'node:crypto';
import { payments as contract } from '@tongshang/contract';
import { handle, handleOutside, handleTogether, type Route } from '../../platform/route.ts';
import { checkPayment } from './check-payments.ts';
import { openPayPage } from './open-pay-page.ts';
import type { Providers } from './provider.ts';
import { getRefund, listNotices, listRefunds } from './queries.ts';
import { receiveNotices } from './receive-notice.ts';
import { requestRefund } from './request-refund.ts';
import { retryRefund } from './retry-refund.ts';

export const paymentRoutes = (house: { providers: Providers; shopOrigin: string }): Route[] => [
  handleTogether(contract.receiveNotice, (ctx, asked) =>
    receiveNotices(
      ctx,
      house.providers,
      asked.map(({ actor, input: { params, body } }) => ({ actor, input: { provider: params.provider, ...body } })),
    ),
  ),
  handleOutside(contract.openPayPage, async (outside, { params, query }) => {
    const payUrl = await openPayPage(outside, house, {
      paymentId: params.paymentId,
      token: query.token,
      language: query.language ?? 'zh-CN',
    });
    if (outside.raw === undefined) return { payUrl };
    void outside.raw.reply.header('cache-control', 'no-store').redirect(payUrl, 303);
    return undefined;
  }),
  handleOutside(contract.checkPayment, async (outside, { params }) => ({
    state: await checkPayment(outside, house.providers, params.paymentId),
  })),
  handle(contract.listNotices, ({ tx }, { query }) => listNotices(tx, query)),
  handle(contract.listRefunds, ({ tx }, { query }) => listRefunds(tx, query)),
  handle(contract.requestRefund, async (ctx, { params, body }) => {
    const cause = `staff:${randomUUID()}`;
    return getRefund(ctx.tx, await requestRefund(ctx, { paymentId: params.paymentId, cause, ...body }));
  }),
  handle(contract.retryRefund, async (ctx, { params }) => {
    await retryRefund(ctx, params.refundId);
    return getRefund(ctx.tx, params.refundId);
  }),
];
