import type { pricing as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { floorOf } from './price.ts';
import { findPriceFrom } from './queries.ts';
import { setPrices } from './set-prices.ts';

export interface SetListPrice {
  sku: string;
  /** Only in this channel; everywhere when absent. */
  channel?: string | undefined;
  amountFen: number;
  /** Now when absent. */
  validFrom?: Date | undefined;
  cause?: string | undefined;
}

/**
 * Gives a SKU another list or channel price from an instant on; the running window ends there. Refuses `price.below_floor` with the
 * lowest price that keeps the margin floor, and `price.invalid_window` when the instant is past.
 */
export async function setListPrice(
  ctx: Ctx,
  { sku, channel, amountFen, validFrom = ctx.now, cause = 'manual' }: SetListPrice,
): Promise<z.input<typeof contract.Price>> {
  const fact = (await findSkus(ctx.tx, [sku])).get(sku);
  if (fact === undefined) refuse('sku.not_found', { sku });
  if (validFrom < ctx.now) refuse('price.invalid_window', { sku, validFrom: validFrom.toISOString() });
  const floorFen = floorOf(fact);
  if (amountFen < floorFen) refuse('price.below_floor', { sku, amountFen, floorFen });

  await setPrices(ctx, [{ sku, channel, amountFen, validFrom }], cause);

  return findPriceFrom(ctx.tx, { sku, channel, at: validFrom, now: ctx.now });
}
