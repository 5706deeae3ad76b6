import type { pricing as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { floorOf } from './price.ts';
import { findPriceFrom } from './queries.ts';
import { type PriceRow, setPrices, wantedOf } from './set-prices.ts';

export interface SetListPrice extends PriceRow {
  cause?: string | undefined;
}

/**
 * Gives a SKU another price of its kind from an instant on; the running window of the same place ends there. Refuses `price.below_floor`
 * with the lowest price that keeps the margin floor, and `price.invalid_window` when the instant is past, the end does not come after it,
 * or the list price for everybody would end.
 */
export async function setListPrice(
  ctx: Ctx,
  { cause = 'manual', ...row }: SetListPrice,
): Promise<z.input<typeof contract.Price>> {
  await setPriceRows(ctx, { cause, rows: [row] });
  return findPriceFrom(ctx.tx, wantedOf(row, ctx.now), { at: row.validFrom ?? ctx.now, now: ctx.now });
}

/** Sets many prices by hand, all or none; a row that holds already changes nothing. Refuses as above, with every SKU that is wrong. */
export async function setPriceRows(
  ctx: Ctx,
  { cause, rows }: { cause: string; rows: readonly PriceRow[] },
): Promise<{ set: number; unchanged: number }> {
  const facts = await findSkus(
    ctx.tx,
    rows.map((row) => row.sku),
  );
  const unknown = rows.find((row) => !facts.has(row.sku));
  if (unknown !== undefined) refuse('sku.not_found', { sku: unknown.sku });
  const crooked = rows.find((row) => !hasWindow(row, ctx.now));
  if (crooked !== undefined) refuse('price.invalid_window', windowOf(crooked));
  const below = rows.flatMap(({ sku, amountFen }) => {
    const fact = facts.get(sku);
    const floorFen = fact === undefined ? 0 : floorOf(fact);
    return amountFen < floorFen ? [{ sku, amountFen, floorFen }] : [];
  });
  if (below[0] !== undefined) refuse('price.below_floor', { ...below[0], skus: below.map((row) => row.sku) });

  const outcomes = await setPrices(ctx, rows, cause);

  const unchanged = outcomes.filter((outcome) => outcome === 'unchanged').length;
  return { set: outcomes.length - unchanged, unchanged };
}

function hasWindow({ kind, channel, fromQuantity = 1, validFrom, validTo }: PriceRow, now: Date): boolean {
  const from = validFrom ?? now;
  if (from < now) return false;
  if (validTo === undefined) return true;
  const isBase = kind === undefined && channel === undefined && fromQuantity === 1; // without it the SKU would have no price
  return validTo > from && !isBase;
}

const windowOf = ({ sku, validFrom, validTo }: PriceRow) => ({
  sku,
  ...(validFrom && { validFrom: validFrom.toISOString() }),
  ...(validTo && { validTo: validTo.toISOString() }),
});
