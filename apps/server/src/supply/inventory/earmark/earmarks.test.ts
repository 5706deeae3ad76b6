import { randomUUIDv7 } from 'node:crypto';
import { lots as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { availabilityOf } from '../availability.ts';
import { findDrift } from '../drift/find-drift.ts';
import { movePromise } from '../move-promise.ts';
import { promiseStock } from '../promise-stock.ts';
import { receiveStock } from '../receive-stock.ts';
import { releasePromise, releaseUnits } from '../release-promise.ts';
import { shipUnits } from '../ship-units.ts';
import { inventory } from '../tables.ts';
import { aStock } from '../testing.ts';

const world = useWorld();
const staff = aStaff('operations');
const sell = (sku: string, quantity: number, channel: string, over: { insteadOf?: string; aheadOn?: string } = {}) =>
  world.run(async (ctx) => {
    const orderId: string = randomUUIDv7();
    const { insteadOf, aheadOn } = over;
    await promiseStock(ctx, { orderId, channel, insteadOf, lines: [{ lineNo: 1, sku, location: 'WH1', quantity, aheadOn }] });
    return orderId;
  });
const available = async (sku: string, channel: string) =>
  (await world.run((ctx) => availabilityOf(ctx.tx, { skus: [sku], locations: ['WH1'], channel, at: ctx.now }))).get(sku);
const open = (sku: string, units: number, over: object = {}) =>
  world.call(
    contract.openEarmark,
    {
      body: {
        kind: 'earmark',
        sku,
        location: 'WH1',
        channel: 'live',
        campaign: '双十二直播',
        units,
        endsAt: '2026-11-22T06:00:00Z',
        ...over,
      },
    },
    staff,
  );
const taken = async (sku: string) =>
  (await world.call(contract.listEarmarks, { query: { sku } }, staff)).items.map((one) => [
    one.kind,
    one.units,
    one.taken,
    one.state,
  ]);

test('earmarked units are the channel’s alone, used first, given back with a cancelled order, and everybody’s when the time is over', async () => {
  await world.run((ctx) => aStock(ctx, 'vase', 10));
  await open('vase', 6);
  expect([await available('vase', 'shop'), await available('vase', 'live')]).toEqual([4, 10]);
  await expect(sell('vase', 5, 'shop')).rejects.toMatchObject({ details: { lines: [{ available: 4 }] } });

  const hold = await sell('vase', 5, 'live');
  const orderId = await sell('vase', 5, 'live', { insteadOf: hold }); // the cart's hold becomes the order
  expect(await taken('vase')).toEqual([['earmark', 6, 5, 'active']]);
  await world.run((ctx) => releaseUnits(ctx, { orderId, lines: [{ lineNo: 1, quantity: 2, of: 5 }] }));
  expect(await taken('vase')).toEqual([['earmark', 6, 3, 'active']]);
  await world.run((ctx) =>
    shipUnits(ctx, [{ orderId, cause: 'parcel:v', lines: [{ lineNo: 1, sku: 'vase', location: 'WH1', quantity: 1 }] }]),
  );
  await world.run((ctx) => releasePromise(ctx, { orderId }));
  expect(await taken('vase')).toEqual([['earmark', 6, 1, 'active']]); // the shipped one is gone for good
  expect([await available('vase', 'shop'), await available('vase', 'live')]).toEqual([4, 9]);

  world.clock.set('2026-11-22T06:00:00Z');
  expect(await available('vase', 'shop')).toBe(9);
  expect((await taken('vase'))[0]).toEqual(['earmark', 6, 1, 'ended']);
  world.clock.set('2026-11-22T04:00:00Z');
  expect((await world.inTx(findDrift)).filter(({ sku }) => sku === 'vase')).toEqual([]);
});

test('no more is earmarked than is nobody’s, and twenty that ask at once never get more than there is', async () => {
  await world.run((ctx) => aStock(ctx, 'bowl', 10));
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => open('bowl', 3)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  expect(await available('bowl', 'shop')).toBe(1);
  await expect(open('bowl', 1, { endsAt: '2026-11-22T03:00:00Z' })).rejects.toMatchObject({ code: 'earmark.invalid_window' });
});

test('a quota is never exceeded by forty orders at once, and does not limit other channels', async () => {
  await world.run((ctx) => aStock(ctx, 'cup', 50));
  await open('cup', 7, { kind: 'quota', channel: 'flash' });
  const answers = await Promise.allSettled(Array.from({ length: 40 }, () => sell('cup', 1, 'flash')));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
  expect([await available('cup', 'flash'), await available('cup', 'shop')]).toEqual([0, 43]);
  const [first] = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  await world.run((ctx) => releasePromise(ctx, { orderId: first! }));
  expect(await available('cup', 'flash')).toBe(1);
});

test('an earmark ended early, or an order that moves elsewhere, gives its units back', async () => {
  await world.run(async (ctx) => {
    await aStock(ctx, 'tray', 5);
    await aStock(ctx, 'tray', 5, 'S01');
  });
  const { id } = await open('tray', 4);
  const orderId = await sell('tray', 3, 'live');
  await world.run((ctx) =>
    movePromise(ctx, { orderId, moves: [{ lineNo: 1, sku: 'tray', from: 'WH1', to: 'S01', quantity: 3 }] }),
  );
  expect(await taken('tray')).toEqual([['earmark', 4, 0, 'active']]);
  await world.call(contract.endEarmark, { params: { id } }, staff);
  expect(await available('tray', 'shop')).toBe(5);
  await expect(world.call(contract.endEarmark, { params: { id } }, staff)).rejects.toMatchObject({ code: 'earmark.wrong_state' });
});

test('what a person changes beyond the balance is listed with its author and stands in the audit log', async () => {
  await world.run((ctx) => aStock(ctx, 'lamp', 9));
  const keep = (units: number) => world.call(contract.setSafetyStock, { body: { sku: 'lamp', location: 'WH1', units } }, staff);
  expect(await keep(4)).toMatchObject({ units: 4, onHand: 9, available: 5 });
  const listed = () => world.call(contract.listSafetyStock, { query: { search: 'LAM' } }, staff);
  const { items } = await listed();
  expect(items).toMatchObject([{ sku: 'lamp', location: 'WH1', units: 4, changedAt: world.clock.now().toISOString() }]);
  const { id } = await open('lamp', 2, { kind: 'quota' });
  const ended = await world.call(contract.endEarmark, { params: { id } }, staff);
  expect(ended).toMatchObject({ state: 'ended', endedBy: items[0]?.changedBy });
  expect((await world.call(contract.listEarmarks, { query: { kind: 'earmark', sku: 'lamp' } }, staff)).items).toEqual([]);
  await keep(0);
  expect((await listed()).items).toEqual([]);

  const { rows } = await world.db.pool.query(
    `select payload -> 'what' as what, payload -> 'before' -> 'units' as "from", payload -> 'after' -> 'units' as "to"
     from platform.event where name = 'inventory.terms_changed' and payload ->> 'sku' = 'lamp' order by seq`,
  );
  expect(rows.map((row) => [row.what, row.from, row.to])).toEqual([
    ['safety_stock', 0, 4],
    ['quota', null, 2],
    ['quota', 2, null],
    ['safety_stock', 4, 0],
  ]);
});

test('what is sold ahead waits, is kept from everybody when it comes, and goes to the orders in the sequence of their placing', async () => {
  await world.run((ctx) => aStock(ctx, 'coat', 0));
  const set = (unitsMax: number) =>
    world.call(contract.setSaleAhead, { body: { sku: 'coat', location: 'WH1', fromDay: '2026-12-10', unitsMax } }, staff);
  await set(5);
  await expect(sell('coat', 1, 'shop')).rejects.toMatchObject({ code: 'stock.insufficient' });
  await expect(sell('coat', 1, 'shop', { aheadOn: '2026-12-09' })).rejects.toMatchObject({ code: 'stock.insufficient' });
  const [first, second] = [
    await sell('coat', 2, 'shop', { aheadOn: '2026-12-10' }),
    await sell('coat', 3, 'shop', { aheadOn: '2026-12-12' }),
  ];
  await expect(sell('coat', 1, 'shop', { aheadOn: '2026-12-10' })).rejects.toMatchObject({ code: 'stock.insufficient' });
  await expect(set(4)).rejects.toMatchObject({ code: 'ahead.below_promised', details: { promised: 5 } });
  await set(7);
  expect(await set(0)).toMatchObject({ unitsMax: 5, promised: 5 }); // ended for what is not sold
  const past = { sku: 'coat', location: 'WH1', fromDay: '2026-11-01', unitsMax: 1 };
  await expect(world.call(contract.setSaleAhead, { body: past }, staff)).rejects.toMatchObject({ code: 'ahead.day_passed' });

  await world.run((ctx) =>
    receiveStock(ctx, { cause: 'test', location: 'WH1', lines: [{ sku: 'coat', quantity: 4, unitCostFen: 100 }] }),
  );
  expect(await available('coat', 'shop')).toBe(0); // before anybody has looked
  await world.drain();
  const held = await world.inTx((tx) =>
    inventory(tx).selectFrom('reservation').select(['order_id', 'quantity', 'state']).where('sku', '=', 'coat').execute(),
  );
  expect(held).toEqual([{ order_id: first, quantity: 2, state: 'held' }]);
  expect(await available('coat', 'shop')).toBe(0); // two are there, three are waited for

  await world.run((ctx) => releasePromise(ctx, { orderId: second }));
  expect(await available('coat', 'shop')).toBe(2);
  await world.run((ctx) => releasePromise(ctx, { orderId: first }));
  expect(await available('coat', 'shop')).toBe(4);
  expect((await world.inTx(findDrift)).filter(({ sku }) => sku === 'coat')).toEqual([]);
});
