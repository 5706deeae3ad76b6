import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { lots as contract } from '@tongshang/contract';
import { someSkus } from '../../../base/catalog/testing.ts';
import { run } from '../../../platform/db.ts';
import { promiseStock } from '../promise-stock.ts';
import { receiveStock } from '../receive-stock.ts';
import { returnStock } from '../return-stock.ts';
import { shipUnits } from '../ship-units.ts';
import { aStock } from '../testing.ts';
import { addMonths, isUnderWarranty } from './warranty.ts';

const world = useWorld();
const staff = aStaff('operations');
const receive = (sku: string, serials: readonly string[], cause = 'purchase:PR-1') =>
  world.run((ctx) =>
    receiveStock(ctx, { cause, location: 'WH1', lines: [{ sku, quantity: serials.length, unitCostFen: 5000, serials }] }),
  );
const buy = (sku: string, quantity: number, serials?: readonly string[]) =>
  world.run(async (ctx) => {
    const orderId: string = randomUUIDv7();
    await promiseStock(ctx, { orderId, channel: 'shop', lines: [{ lineNo: 1, sku, location: 'WH1', quantity }] });
    const line = { lineNo: 1, sku, location: 'WH1', quantity, serials };
    await shipUnits(ctx, [{ orderId, cause: `parcel:${orderId}`, lines: [line] }]);
    return orderId;
  });
const giveBack = (orderId: string, sku: string, quantity: number, serials?: readonly string[], isSellable = true) =>
  world.run((ctx) =>
    returnStock(ctx, {
      orderId,
      cause: 'return:R1',
      location: 'WH1',
      lines: [{ lineNo: 1, sku, quantity, unitCostFen: 5000, isSellable, serials }],
    }),
  );
const look = (sku: string, serial: string) => world.call(contract.getSerial, { params: { sku, serial } }, staff);
const aKettle = async (sku: string, ...serials: string[]) => {
  await world.run(async (ctx) => {
    await aStock(ctx, sku, 0);
    await someSkus(ctx, [sku], { isSerialised: true, warrantyMonths: 24 });
  });
  await receive(sku, serials);
};

test('an appliance has one owner at a time, a warranty to a day, and a history in which nothing is overwritten', async () => {
  await aKettle('kettle', 'K1', 'K2');
  const orderId = await buy('kettle', 1, ['K2']);
  expect(await look('kettle', 'K2')).toMatchObject({
    state: 'shipped',
    location: null,
    orderId,
    warrantyUntil: '2028-11-22',
    isUnderWarranty: true,
    history: [
      { what: 'shipped', orderId, cause: `parcel:${orderId}`, warrantyUntil: '2028-11-22' },
      { what: 'received', location: 'WH1', cause: 'purchase:PR-1' },
    ],
  });
  await giveBack(orderId, 'kettle', 1, ['K2']);
  const next = await buy('kettle', 1, ['K2']);
  const { history, orderId: owner } = await look('kettle', 'K2');
  expect(owner).toBe(next);
  expect(history.map(({ what, orderId: by }) => [what, by])).toEqual([
    ['shipped', next],
    ['returned', orderId],
    ['shipped', orderId],
    ['received', null],
  ]);
  await expect(world.inTx((tx) => run(tx, sql`update inventory.serial_event set cause = 'x'`))).rejects.toThrow('append-only');
});

test('only the order that owns an appliance gives it back: the right buyer’s return is taken, the wrong one’s leaves no trace', async () => {
  await aKettle('fridge', 'F1', 'F2', 'F3');
  const [right, wrong] = [await buy('fridge', 1, ['F1']), await buy('fridge', 1, ['F2'])];
  await expect(giveBack(wrong, 'fridge', 1, ['F1'])).rejects.toMatchObject({
    code: 'serial.not_sold_to_order',
    details: { sku: 'fridge', serial: 'F1' },
  });
  expect(await look('fridge', 'F1')).toMatchObject({ state: 'shipped', orderId: right });
  await giveBack(right, 'fridge', 1, ['F1']);
  expect(await look('fridge', 'F1')).toMatchObject({ state: 'in_stock', location: 'WH1', orderId: null, warrantyUntil: null });
  await expect(giveBack(right, 'fridge', 1, ['F1'])).rejects.toMatchObject({ code: 'serial.not_sold_to_order' });
});

test('of several appliances it must be said which one came back; when all do, they are known', async () => {
  await aKettle('oven', 'O1', 'O2', 'O3');
  const orderId = await buy('oven', 3);
  await expect(giveBack(orderId, 'oven', 1)).rejects.toMatchObject({
    code: 'serial.missing',
    details: { sku: 'oven', wanted: 1 },
  });
  await giveBack(orderId, 'oven', 1, ['O2'], false); // broken: with nobody, and not on the shelf
  expect(await look('oven', 'O2')).toMatchObject({ state: 'in_stock', location: null, orderId: null });
  await giveBack(orderId, 'oven', 2);
  expect([(await look('oven', 'O1')).orderId, (await look('oven', 'O3')).location]).toEqual([null, 'WH1']);
});

test('a number that stands elsewhere, is sold, or was scanned too few times does not ship; a sold number does not come in again', async () => {
  await aKettle('fan', 'A1', 'A2');
  await buy('fan', 1, ['A1']);
  await expect(buy('fan', 1, ['A1'])).rejects.toMatchObject({ code: 'serial.not_in_stock', details: { serial: 'A1' } });
  await receive('fan', ['A3']);
  await expect(buy('fan', 2, ['A2'])).rejects.toMatchObject({ code: 'serial.missing', details: { wanted: 2 } });
  await expect(receive('fan', ['A1'])).rejects.toMatchObject({ code: 'serial.taken', details: { serial: 'A1' } });
  await expect(receive('fan', ['A2'])).rejects.toMatchObject({ code: 'serial.taken' });
  const { items } = await world.call(contract.listSerials, { query: { sku: 'fan', state: 'in_stock' } }, staff);
  expect(items.map(({ serial }) => serial)).toEqual(['A2', 'A3']);
});

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2026-11-22', 24, '2028-11-22'],
  ['2026-12-05', 1, '2027-01-05'],
])('from %s a warranty of %i months runs to %s, that day included', (day, months, until) => {
  expect(addMonths(day, months)).toBe(until);
  expect([isUnderWarranty(until, until), isUnderWarranty(until, '2029-01-01')]).toEqual([true, false]);
});
