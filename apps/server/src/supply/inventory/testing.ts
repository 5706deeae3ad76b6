import { someSkus } from '../../base/catalog/testing.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { receiveStock } from './receive-stock.ts';
import { saveLocations } from './save-locations.ts';

/** A SKU with so many units on hand at WH1 (or elsewhere), at ¥10.00 a unit. */
export async function aStock(ctx: Ctx, sku: string, quantity: number, location = 'WH1'): Promise<void> {
  await someSkus(ctx, [sku]);
  await saveLocations(ctx, [
    { code: 'WH1', name: '中心仓', nameEn: 'Main warehouse', kind: 'warehouse' },
    { code: 'S01', name: '人民路店', nameEn: 'Renmin Road store', kind: 'store' },
  ]);
  if (quantity > 0) await receiveStock(ctx, { cause: 'test', location, lines: [{ sku, quantity, unitCostFen: 1000 }] });
}

/** A SKU at WH1 in lots of so many units each, with their last days (null never ends). */
export async function lotsOf(
  ctx: Ctx,
  sku: string,
  lots: readonly (readonly [lot: string, expiresOn: string | null, quantity: number])[],
  location = 'WH1',
): Promise<void> {
  await aStock(ctx, sku, 0);
  const lines = lots.map(([lot, expiresOn, quantity]) => ({
    sku,
    quantity,
    unitCostFen: 1000,
    lot,
    expiresOn: expiresOn ?? undefined,
  }));
  await receiveStock(ctx, { cause: 'test', location, lines });
}
