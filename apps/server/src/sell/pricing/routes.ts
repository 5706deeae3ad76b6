import { pricing as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { handle } from '../../platform/http.ts';
import { cancelPrice, endPrice } from './end-price.ts';
import { endMarkdowns, scheduleMarkdowns } from './markdowns.ts';
import { listPriceChanges } from './price-changes.ts';
import { listCurrentPrices, listPrices } from './queries.ts';
import { setListPrice, setPriceRows } from './set-list-price.ts';
import type { PriceRow } from './set-prices.ts';

export const pricingRoutes = [
  handle(contract.listCurrentPrices, (ctx, { query }) => listCurrentPrices(ctx.tx, query, ctx.now)),
  handle(contract.listPrices, (ctx, { params }) => listPrices(ctx.tx, params.sku, ctx.now)),
  handle(contract.setListPrice, (ctx, { body }) => setListPrice(ctx, { ...rowOf(body), cause: body.cause })),
  handle(contract.setPriceRows, (ctx, { body }) => setPriceRows(ctx, { cause: body.cause, rows: body.rows.map(rowOf) })),
  handle(contract.listPriceChanges, (ctx, { query }) => listPriceChanges(ctx.tx, query, ctx.now)),
  handle(contract.cancelPrice, async (ctx, { params }) => {
    await cancelPrice(ctx, params);
    return {};
  }),
  handle(contract.endPrice, async (ctx, { params }) => {
    await endPrice(ctx, params);
    return {};
  }),
  handle(contract.scheduleMarkdowns, async (ctx, { body }) => ({
    scheduled: await scheduleMarkdowns(ctx, { ...body, validFrom: new Date(body.validFrom), validTo: new Date(body.validTo) }),
  })),
  handle(contract.endMarkdowns, async (ctx, { body }) => ({ ended: await endMarkdowns(ctx, body) })),
];

const rowOf = (row: z.output<typeof contract.PriceToSet>): PriceRow => ({
  ...row,
  validFrom: instant(row.validFrom),
  validTo: instant(row.validTo),
});

const instant = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));
