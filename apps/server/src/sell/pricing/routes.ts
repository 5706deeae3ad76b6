import { pricing as contract } from '@tongshang/contract';
import { handle } from '../../platform/http.ts';
import { endMarkdowns, scheduleMarkdowns } from './markdowns.ts';
import { listCurrentPrices, listPrices } from './queries.ts';
import { setListPrice } from './set-list-price.ts';

export const pricingRoutes = [
  handle(contract.listCurrentPrices, (ctx, { query }) => listCurrentPrices(ctx.tx, query, ctx.now)),
  handle(contract.listPrices, (ctx, { params }) => listPrices(ctx.tx, params.sku, ctx.now)),
  handle(contract.setListPrice, (ctx, { body }) => setListPrice(ctx, { ...body, validFrom: instant(body.validFrom) })),
  handle(contract.scheduleMarkdowns, async (ctx, { body }) => ({
    scheduled: await scheduleMarkdowns(ctx, { ...body, validFrom: new Date(body.validFrom), validTo: new Date(body.validTo) }),
  })),
  handle(contract.endMarkdowns, async (ctx, { body }) => ({ ended: await endMarkdowns(ctx, body) })),
];

const instant = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));
