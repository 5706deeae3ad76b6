import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { run } from '../../platform/db.ts';
import { allocateLots } from './lot/allocate-lots.ts';
import { moveStock } from './move-stock.ts';
import { promiseStock } from './promise-stock.ts';
import { findDrift } from './drift/find-drift.ts';
import { agedStock, stockLevelsOf } from './queries.ts';
import { receiveStock } from './receive-stock.ts';
import { setOpeningStock } from './set-opening-stock.ts';
import { shipPromised } from './ship-promised.ts';
import { inventory } from './tables.ts';
import { aStock } from './testing.ts';

const world = useWorld();
const levelOf = async (sku: string) => (await world.inTx((tx) => stockLevelsOf(tx, [sku], 'WH1')))[0];
const move = (sku: string, quantity: number) =>
  world.run((ctx) => moveStock(ctx, { kind: 'adjustment', cause: 'test', moves: [{ sku, location: 'WH1', quantity }] }));

test('balances stay the sum of their movements under parallel moves', async () => {
  await world.run((ctx) => aStock(ctx, 'jar', 100));
  await Promise.all(Array.from({ length: 40 }, (_, index) => move('jar', index % 2 ? -2 : 1)));
  expect(await levelOf('jar')).toMatchObject({ onHand: 80 });
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('units promised to an order cannot leave for another reason', async () => {
  await world.run((ctx) => aStock(ctx, 'pan', 5));
  await world.run((ctx) =>
    promiseStock(ctx, {
      orderId: randomUUID(),
      channel: 'shop',
      lines: [{ lineNo: 1, sku: 'pan', location: 'WH1', quantity: 4 }],
    }),
  );
  await expect(move('pan', -2)).rejects.toMatchObject({
    code: 'stock.insufficient',
    details: { lines: [{ sku: 'pan', available: 1 }] },
  });
  expect(await levelOf('pan')).toMatchObject({ onHand: 5, promised: 4 });
});

test('shipping takes the lot that expires first, serial numbers change hands, and a second call ships nothing', async () => {
  await world.run((ctx) => aStock(ctx, 'tea', 0));
  await world.run((ctx) =>
    receiveStock(ctx, {
      cause: 'test',
      location: 'WH1',
      lines: [
        { sku: 'tea', quantity: 5, unitCostFen: 2000, lot: 'L-late', expiresOn: '2027-06-01', serials: ['T1', 'T2', 'T3'] },
        { sku: 'tea', quantity: 2, unitCostFen: 2000, lot: 'L-soon', expiresOn: '2027-01-01' },
      ],
    }),
  );
  const orderId = randomUUID();
  await world.run((ctx) =>
    promiseStock(ctx, { orderId, channel: 'shop', lines: [{ lineNo: 1, sku: 'tea', location: 'WH1', quantity: 3 }] }),
  );

  const [shipped] = await world.run((ctx) => shipPromised(ctx, { orderId, cause: 'order:1' }));
  const again = await world.run((ctx) => shipPromised(ctx, { orderId, cause: 'order:1' }));

  expect(shipped).toMatchObject({ quantity: 3, unitCostFen: 2000, lots: ['L-soon', 'L-late'], serials: ['T1', 'T2', 'T3'] });
  expect(again).toEqual([]);
  expect(await levelOf('tea')).toMatchObject({ onHand: 4, promised: 0 });
  const lots = await world.inTx((tx) => inventory(tx).selectFrom('lot').select(['code', 'on_hand']).orderBy('code').execute());
  expect(lots).toEqual([
    { code: 'L-late', on_hand: 4 },
    { code: 'L-soon', on_hand: 0 },
  ]);
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('setting a counted level twice moves stock once', async () => {
  await world.run((ctx) => aStock(ctx, 'rice', 7));
  const set = () =>
    world.run((ctx) =>
      setOpeningStock(ctx, { cause: 'import:1', rows: [{ sku: 'rice', location: 'WH1', onHand: 12, unitCostFen: 500 }] }),
    );
  expect(await set()).toEqual(['changed']);
  expect(await set()).toEqual(['unchanged']);
  expect(await levelOf('rice')).toMatchObject({ onHand: 12, unitCostFen: 792 });
});

test('movements can be neither changed nor deleted', async () => {
  await world.run((ctx) => aStock(ctx, 'wok', 1));
  await expect(world.inTx((tx) => run(tx, sql`update inventory.movement set quantity = 2 where sku = 'wok'`))).rejects.toThrow(
    'append-only',
  );
  await expect(world.inTx((tx) => run(tx, sql`delete from inventory.movement where sku = 'wok'`))).rejects.toThrow('append-only');
});

test('stock is old when what came in since does not cover it', async () => {
  world.clock.set('2026-06-01T04:00:00Z');
  await world.run((ctx) => aStock(ctx, 'scarf', 10));
  world.clock.set('2026-11-22T04:00:00Z');
  await world.run((ctx) => aStock(ctx, 'scarf', 4));
  await move('scarf', -6);
  const aged = await world.inTx((tx) => agedStock(tx, new Date('2026-08-24T04:00:00Z')));
  expect(aged.find((row) => row.sku === 'scarf')).toMatchObject({ onHand: 8, agedUnits: 4 });
});

test('units of a lot that are set aside for an order cannot leave for another reason, though others of the SKU could', async () => {
  await world.run((ctx) => aStock(ctx, 'ham', 5));
  const lot = { sku: 'ham', quantity: 3, unitCostFen: 100, lot: 'H1', expiresOn: '2027-01-01' };
  await world.run((ctx) => receiveStock(ctx, { cause: 'test', location: 'WH1', lines: [lot] }));
  const orderId = randomUUID();
  const line = { lineNo: 1, sku: 'ham', location: 'WH1', quantity: 2 };
  await world.run((ctx) => promiseStock(ctx, { orderId, channel: 'shop', lines: [line] }));
  await world.run((ctx) => allocateLots(ctx, [orderId]));
  const take = (quantity: number) =>
    world.run((ctx) =>
      moveStock(ctx, {
        kind: 'adjustment',
        cause: 'test',
        moves: [{ sku: 'ham', location: 'WH1', lot: 'H1', quantity: -quantity }],
      }),
    );
  await expect(take(2)).rejects.toMatchObject({ code: 'stock.insufficient', details: { lines: [{ lot: 'H1' }] } });
  await take(1);
  expect(await levelOf('ham')).toMatchObject({ onHand: 7, promised: 2 });
});
