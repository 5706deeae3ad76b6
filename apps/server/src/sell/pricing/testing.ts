import type { Ctx } from '../../platform/ctx.ts';
import { setPrices } from './set-prices.ts';

/** A list price that holds from long ago, so that tests may look back. */
export async function aPrice(
  ctx: Ctx,
  sku: string,
  amountFen: number,
  validFrom = new Date('2020-01-01T00:00:00Z'),
): Promise<void> {
  await setPrices(ctx, [{ sku, amountFen, validFrom }], 'test');
}
