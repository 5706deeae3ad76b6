import { lots, recalls } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../test/world.ts';
import { upsertCategories, upsertProducts } from '../base/catalog/index.ts';
import { upsertCustomers } from '../base/customers/index.ts';
import { aPrice } from '../sell/pricing/testing.ts';
import { findDrift, receiveStock, saveLocations } from '../supply/inventory/index.ts';
import { categories } from './assortment.ts';
import { demoSkus, products } from './catalogue.ts';
import { layLots } from './lots.ts';
import { makeCustomers } from './people.ts';
import { createRandom } from './random.ts';

const world = useWorld();
const staff = aStaff('admin');

test('the demo has lots that end soon, a closed recall with its buyers, an earmark and a sale ahead, within a second', async () => {
  const customers = makeCustomers(createRandom(7), 30);
  const food = demoSkus.filter(({ item }) => item.line === 'food').slice(0, 12);
  await world.run(async (ctx) => {
    await saveLocations(ctx, [
      { code: 'WH1', name: '嘉兴中心仓', nameEn: 'Jiaxing warehouse', kind: 'warehouse' },
      { code: 'S01', name: '杭州湖滨店', nameEn: 'Hangzhou Hubin store', kind: 'store' },
    ]);
    await upsertCategories(
      ctx,
      categories.map((category, position) => ({ ...category, position })),
    );
    await upsertProducts(ctx, products());
    for (const { sku } of food) await aPrice(ctx, sku, 3000);
    const lines = food.map(({ sku }, index) => ({
      sku,
      quantity: 30 + index,
      unitCostFen: 1000,
      lot: 'OLD',
      expiresOn: '2027-09-01',
    }));
    await receiveStock(ctx, { cause: 'test', location: 'WH1', lines });
    await receiveStock(ctx, { cause: 'test', location: 'S01', lines });
  });
  const customerIds = await world.run(async (ctx) => {
    const rows = customers.map(({ externalId, name, phone }) => ({ externalId, name, phone, source: 'store' as const }));
    return new Map((await upsertCustomers(ctx, rows)).map(({ externalId, customerId }) => [externalId, customerId]));
  });
  const begun = performance.now();
  await world.run((ctx) => layLots(ctx, { customers, customerIds }));
  const elapsed = performance.now() - begun;
  process.stdout.write(`demo lots laid in ${elapsed.toFixed(0)} ms\n`);
  expect(elapsed).toBeLessThan(10_000); // under 1 s on a calm machine

  const shelf = await world.call(lots.listLotsOnShelf, { query: { withinDays: 20 } }, staff);
  expect(shelf.items.map(({ lot, daysLeft, state }) => [lot, daysLeft, state])).toEqual([
    ['FK261122', 1, 'recalled'],
    ['LQ2611221', 2, 'short'],
    ['LQ2611222', 8, 'short'],
    ['LQ2611223', 14, 'short'],
  ]);
  expect(shelf.items[1]?.tooShortFor).toEqual(['marketplace']);
  const { items } = await world.call(recalls.listRecalls, { query: {} }, staff);
  const recall = await world.call(recalls.getRecall, { params: { id: items[0]!.id } }, staff);
  expect(recall).toMatchObject({
    state: 'closed',
    lot: 'FK261122',
    trace: { totals: { received: 10, onHand: 7, withBuyers: 3, delivered: 3 } },
  });
  expect(recall.trace.buyers.every(({ name, phone }) => name !== null && phone?.includes('****'))).toBe(true);
  expect((await world.call(lots.listEarmarks, { query: {} }, staff)).items).toMatchObject([
    { channel: 'livestream', units: 20, taken: 0, state: 'active' },
  ]);
  expect((await world.call(lots.listSalesAhead, { query: {} }, staff)).items).toMatchObject([{ unitsMax: 60, promised: 0 }]);
  expect(await world.inTx(findDrift)).toEqual([]);
});
