import { insight as contract } from '@tongshang/contract';
import { refuse } from '../../platform/fail.ts';
import { handle, handleOutside, type Route } from '../../platform/route.ts';
import { businessZone, dayOf, daysBetween } from '../../platform/time.ts';
import { relativePeriod, scopeOf } from '../metrics/index.ts';
import { type Analytics, readFreshness } from '../stream/index.ts';
import { askForProduct } from './ask-for-product.ts';
import { listDemand } from './list-demand.ts';
import { listRequests } from './queries.ts';
import { settleRequest } from './settle-request.ts';

const daysMax = 92;

export const insightRoutes = ({ analytics }: { analytics: Analytics }): readonly Route[] => [
  handleOutside(contract.listDemand, async ({ look, actor, now }, { query: { period, from, to, ...rest } }) => {
    if (scopeOf(actor).store !== undefined) refuse('metric.out_of_scope', { metric: 'demand' });
    const named = period && relativePeriod(period, now(), businessZone);
    const days = { from: named?.from ?? from ?? dayOf(now()), to: named?.to ?? to ?? dayOf(now()) };
    const length = daysBetween(days.from, days.to) + 1;
    if (length < 1 || length > daysMax) refuse('metric.period_invalid', { ...days, daysMax });
    const { asOf } = await look((ctx) => readFreshness(ctx.tx, ctx.now)); // read first: what follows is at least this fresh
    return { ...(await listDemand({ analytics, look }, { ...rest, ...days })), asOf: asOf.toISOString() };
  }),
  handle(contract.askForProduct, async (ctx, { body }) => {
    if (ctx.actor.kind !== 'shopper') return refuse('auth.required');
    await askForProduct(ctx, { ...body, visitorId: ctx.actor.visitorId, customerId: ctx.actor.customerId });
    return {};
  }),
  handle(contract.listProductRequests, ({ tx }, { query }) => listRequests(tx, query)),
  handle(contract.settleProductRequest, (ctx, { params, body }) => settleRequest(ctx, { ...params, ...body })),
];
