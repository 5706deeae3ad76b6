import { randomUUID, randomUUIDv7 } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useWorld } from '../../../../test/world.ts';
import { system } from '../../../platform/ctx.ts';
import { closeDb, inTx, openDb, run } from '../../../platform/db.ts';
import { availabilityByPlace, availabilityOf } from '../availability.ts';
import { setSafetyStock } from '../channel/safety-stock.ts';
import { setChannelRule } from '../channel/set-channel-rule.ts';
import { findDrift } from '../drift/find-drift.ts';
import { lockLevels } from '../lock-levels.ts';
import { movePromise } from '../move-promise.ts';
import { promiseStock, promiseStocks } from '../promise-stock.ts';
import { stockLevelsOf } from '../queries.ts';
import { releasePromise, releaseUnits } from '../release-promise.ts';
import { blockLot, endRecall } from '../recall/recalls.ts';
import { shipPromised } from '../ship-promised.ts';
import { shipUnits } from '../ship-units.ts';
import { availableFor, levelKey } from '../stock.ts';
import { inventory } from '../tables.ts';
import { aStock, lotsOf } from '../testing.ts';
import { allocateLots } from './allocate-lots.ts';
import { allocationsOf } from './allocations.ts';

const world = useWorld();
const sell = (sku: string, quantity: number, { channel = 'shop', orderId = randomUUIDv7() as string, location = 'WH1' } = {}) =>
  world.run(async (ctx) => {
    await promiseStock(ctx, { orderId, channel, lines: [{ lineNo: 1, sku, location, quantity }] });
    return orderId;
  });
const available = async (sku: string, channel?: string, locations = ['WH1']) =>
  (await world.run((ctx) => availabilityOf(ctx.tx, { skus: [sku], locations, channel, at: ctx.now }))).get(sku);
const setAside = async (orderId: string) =>
  (await world.inTx((tx) => allocationsOf(tx, [orderId]))).map(({ lot, quantity }) => [lot, quantity]);
const rowsOf = (orderId: string) =>
  world.inTx((tx) =>
    inventory(tx)
      .selectFrom('reservation')
      .select(['location', 'quantity', 'shipped', 'state'])
      .where('order_id', '=', orderId)
      .orderBy('location')
      .execute(),
  );

test('a lot is sold until 23:59:59.999 of its last day in Shanghai, and by nobody from 00:00', async () => {
  await world.run((ctx) => lotsOf(ctx, 'milk', [['M1', '2026-11-22', 5]]));
  world.clock.set('2026-11-22T15:59:59.999Z');
  expect(await available('milk', 'shop')).toBe(5);
  await sell('milk', 1);
  world.clock.set('2026-11-22T16:00:00.000Z');
  expect(await available('milk', 'shop')).toBe(0);
  expect(await available('milk')).toBe(0);
  await expect(sell('milk', 1)).rejects.toMatchObject({ code: 'stock.insufficient' });
  expect((await world.run((ctx) => stockLevelsOf(ctx.tx, ['milk'], 'WH1', ctx.now)))[0]).toMatchObject({
    onHand: 5,
    promised: 1,
    unusable: 5,
    available: 0,
  });
  world.clock.set('2026-11-22T04:00:00Z');
});

test('a channel that asks for more life is offered fewer units than one that does not', async () => {
  await world.run(async (ctx) => {
    await lotsOf(ctx, 'yoghurt', [['near', '2026-11-25', 5], ['far', '2027-03-01', 2]]); // prettier-ignore
    await setChannelRule(ctx, { channel: 'market', sku: null, minimumLifeDays: 10, buffer: null });
    await setChannelRule(ctx, { channel: 'market', sku: 'yoghurt', minimumLifeDays: 30, buffer: 1 });
  });
  expect([await available('yoghurt', 'shop'), await available('yoghurt', 'market')]).toEqual([7, 1]);
  await expect(sell('yoghurt', 2, { channel: 'market' })).rejects.toMatchObject({ details: { lines: [{ available: 1 }] } });
  await sell('yoghurt', 1, { channel: 'market' });
});

test('the buffer of a channel for all SKUs holds for SKUs that have no limits of their own, and safety stock for every channel', async () => {
  await world.run(async (ctx) => {
    await aStock(ctx, 'spoon', 10);
    await setSafetyStock(ctx, { sku: 'spoon', location: 'WH1', units: 2 });
    await setChannelRule(ctx, { channel: 'outlet', sku: null, minimumLifeDays: null, buffer: 3 });
  });
  expect([await available('spoon', 'shop'), await available('spoon', 'outlet')]).toEqual([8, 5]);
  await expect(sell('spoon', 6, { channel: 'outlet' })).rejects.toMatchObject({ details: { lines: [{ available: 5 }] } });
  await world.run((ctx) => setChannelRule(ctx, { channel: 'outlet', sku: null, minimumLifeDays: null, buffer: null }));
  await sell('spoon', 8, { channel: 'outlet' });
});

test('memory and SQL give one answer to what may be sold, for any lots, rules and channel', async () => {
  const lot = fc.record({
    days: fc.option(fc.integer({ min: -3, max: 30 }), { nil: null }),
    onHand: fc.integer({ min: 1, max: 9 }),
    allocated: fc.integer({ min: 0, max: 9 }),
    isRecalled: fc.boolean(),
  });
  const scene = fc.record({
    lots: fc.array(lot, { maxLength: 5 }),
    loose: fc.integer({ min: 0, max: 5 }),
    promised: fc.integer({ min: 0, max: 3 }),
    buffer: fc.integer({ min: 0, max: 3 }),
    rules: fc.uniqueArray(fc.record({ sku: fc.constantFrom('any', ''), days: fc.option(fc.integer({ min: 0, max: 20 })), buffer: fc.option(fc.integer({ min: 0, max: 3 })) }), { selector: ({ sku }) => sku, maxLength: 2 }),
    earmarks: fc.array(
      fc.record({ kind: fc.constantFrom('earmark', 'quota'), channel: fc.constantFrom('shop', 'live'), units: fc.integer({ min: 1, max: 4 }), startsIn: fc.integer({ min: -2, max: 1 }) }),
      { maxLength: 3 },
    ),
  }); // prettier-ignore
  // a SKU asks for more life than the rule for all: its lots must be found all the same
  const strictSku = { lots: [{ days: 5, onHand: 5, allocated: 0, isRecalled: false }], loose: 1, promised: 0, buffer: 0, earmarks: [],
    rules: [{ sku: 'any' as const, days: 10, buffer: null }, { sku: '' as const, days: 0, buffer: null }] }; // prettier-ignore
  await world.run((ctx) => aStock(ctx, 'any', 0));
  await fc.assert(
    fc.asyncProperty(scene, async ({ lots, loose, promised, buffer, rules, earmarks }) => {
      await world.run(async (ctx) => {
        const onHand = loose + lots.reduce((sum, one) => sum + one.onHand, 0);
        await run(ctx.tx, sql`delete from inventory.lot where sku = 'any'`);
        await run(ctx.tx, sql`delete from inventory.earmark where sku = 'any'`);
        await run(ctx.tx, sql`delete from inventory.channel_rule where channel = 'shop'`);
        await run(
          ctx.tx,
          sql`insert into inventory.stock (sku, location, on_hand, promised, buffer, has_limits)
          values ('any', 'WH1', ${onHand}, ${Math.min(promised, onHand)}, ${buffer}, true)
          on conflict (sku, location) do update set on_hand = excluded.on_hand, promised = excluded.promised, buffer = excluded.buffer`,
        );
        for (const [index, one] of lots.entries())
          await run(
            ctx.tx,
            sql`insert into inventory.lot (sku, location, code, expires_on, on_hand, allocated, is_recalled)
            values ('any', 'WH1', ${`L${index}`}, '2026-11-22'::date + ${one.days}::int, ${one.onHand}, ${Math.min(one.onHand, one.allocated)}, ${one.isRecalled})`,
          );
        for (const rule of rules)
          await run(
            ctx.tx,
            sql`insert into inventory.channel_rule values ('shop', ${rule.sku}, ${rule.days}, ${rule.buffer}, 'test', now())`,
          );
        for (const one of earmarks)
          await run(
            ctx.tx,
            sql`insert into inventory.earmark (kind, sku, location, channel, units, starts_at, ends_at, created_by, created_at)
            values (${one.kind}, 'any', 'WH1', ${one.channel}, ${one.units}, ${ctx.now}::timestamptz + ${one.startsIn} * interval '1 hour',
              ${ctx.now}::timestamptz + interval '2 hours', 'test', now())`,
          );
        for (const channel of ['shop', 'live', undefined]) {
          const levels = await lockLevels(ctx, [{ sku: 'any', location: 'WH1' }], channel === undefined ? [] : [channel]);
          const inMemory = availableFor(levels.get(levelKey({ sku: 'any', location: 'WH1' }))!, { channel, day: '2026-11-22' });
          const inSql = await availabilityOf(ctx.tx, { skus: ['any'], locations: ['WH1'], channel, at: ctx.now });
          expect(inSql.get('any')).toBe(inMemory);
          const byPlace = await availabilityByPlace(ctx.tx, { skus: ['any'], channel, at: ctx.now });
          expect(byPlace).toEqual(inMemory > 0 ? [{ sku: 'any', location: 'WH1', available: inMemory }] : []);
        }
      });
    }),
    { numRuns: 60, examples: [[strictSku]] },
  );
  await world.inTx((tx) => run(tx, sql`delete from inventory.channel_rule where channel = 'shop'`));
});

test('the last usable unit beside an expired one goes to exactly one of forty orders from two processes’ pools', async () => {
  await world.run((ctx) => lotsOf(ctx, 'cream', [['old', '2026-11-01', 9], ['good', '2026-12-01', 1]])); // prettier-ignore
  const other = openDb(world.db.url, { connectionsMax: 10, name: 'second-house' });
  try {
    const open = [world.db, other].flatMap(({ pool }) => Array.from({ length: 10 }, () => pool.query('select pg_sleep(0.1)')));
    await Promise.all(open); // all connections stand: everybody starts at once
    const answers = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) =>
        inTx(index % 2 ? other : world.db, { actor: system('test'), now: world.clock.now() }, (ctx) =>
          promiseStock(ctx, {
            orderId: randomUUID(),
            channel: 'shop',
            lines: [{ lineNo: 1, sku: 'cream', location: 'WH1', quantity: 1 }],
          }),
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  } finally {
    await closeDb(other);
  }
  expect((await world.inTx(findDrift)).filter(({ sku }) => sku === 'cream')).toEqual([]);
});

test('a line takes two lots, first expired first, in the sequence in which the orders were placed, however they are released', async () => {
  await world.run((ctx) => lotsOf(ctx, 'oats', [['B', '2027-02-01', 5], ['A', '2027-01-01', 3]])); // prettier-ignore
  const [first, second] = [await sell('oats', 4), await sell('oats', 3)];
  expect(await world.run((ctx) => allocateLots(ctx, [second, first]))).toEqual([]);
  expect(await setAside(first)).toEqual([['A', 3], ['B', 1]]); // prettier-ignore
  expect(await setAside(second)).toEqual([['B', 3]]);
  expect(await world.run((ctx) => allocateLots(ctx, [first]))).toEqual([]); // again: as it is
  expect(await setAside(first)).toEqual([['A', 3], ['B', 1]]); // prettier-ignore

  const [shipped] = await world.run((ctx) => shipPromised(ctx, { orderId: first, cause: 'order:1' }));
  expect(shipped).toMatchObject({ quantity: 4, lots: ['A', 'B'] });
  expect(await setAside(first)).toEqual([]);
  await world.run((ctx) => releasePromise(ctx, { orderId: second }));
  expect(await available('oats', 'shop')).toBe(4);
  const lots = await world.inTx((tx) =>
    inventory(tx).selectFrom('lot').select(['code', 'on_hand', 'allocated']).where('sku', '=', 'oats').orderBy('code').execute(),
  );
  expect(lots).toEqual([
    { code: 'A', on_hand: 0, allocated: 0 },
    { code: 'B', on_hand: 4, allocated: 0 },
  ]);
});

test('what expired or was recalled since it was set aside is not shipped, and the order gets another lot', async () => {
  await world.run((ctx) => lotsOf(ctx, 'juice', [['J1', '2026-11-22', 2], ['J2', '2027-01-01', 2]])); // prettier-ignore
  const orderId = await sell('juice', 2);
  await world.run((ctx) => allocateLots(ctx, [orderId]));
  world.clock.set('2026-11-23T04:00:00Z');
  await expect(world.run((ctx) => shipPromised(ctx, { orderId, cause: 'order:j' }))).rejects.toMatchObject({
    code: 'lot.not_usable',
    details: { sku: 'juice', lot: 'J1', expiresOn: '2026-11-22' },
  });
  expect(await rowsOf(orderId)).toMatchObject([{ state: 'held', quantity: 2, shipped: 0 }]);
  expect(await world.run((ctx) => allocateLots(ctx, [orderId]))).toEqual([]);
  expect(await setAside(orderId)).toEqual([['J2', 2]]);

  const { id } = await world.run((ctx) => blockLot(ctx, { sku: 'juice', lot: 'J2', reason: 'glass' }));
  await expect(world.run((ctx) => shipPromised(ctx, { orderId, cause: 'order:j' }))).rejects.toMatchObject({
    details: { lot: 'J2', isRecalled: true },
  });
  expect(await world.run((ctx) => allocateLots(ctx, [orderId]))).toEqual([
    { orderId, lineNo: 1, sku: 'juice', location: 'WH1', quantity: 2 },
  ]);
  await world.run((ctx) => endRecall(ctx, { id, to: 'lifted', reason: 'false alarm' }));
  expect((await world.run((ctx) => shipPromised(ctx, { orderId, cause: 'order:j' })))[0]).toMatchObject({ lots: ['J2'] });
  world.clock.set('2026-11-22T04:00:00Z');
});

test('a scanned lot ships in place of the one set aside, but not units that are set aside for others', async () => {
  await world.run((ctx) => lotsOf(ctx, 'nuts', [['N1', '2027-01-01', 2], ['N2', '2027-02-01', 3]])); // prettier-ignore
  const [mine, others] = [await sell('nuts', 2), await sell('nuts', 2)];
  await world.run((ctx) => allocateLots(ctx, [mine, others]));
  const ship = (lot: string, quantity: number) =>
    world.run((ctx) =>
      shipUnits(ctx, [
        {
          orderId: mine,
          cause: 'parcel:n',
          lines: [{ lineNo: 1, sku: 'nuts', location: 'WH1', quantity, lots: [{ lot, quantity }] }],
        },
      ]),
    );
  await expect(ship('N2', 2)).rejects.toMatchObject({ code: 'lot.not_usable', details: { lot: 'N2' } });
  expect(await ship('N2', 1)).toMatchObject([[{ quantity: 1, lots: ['N2'] }]]);
  expect([await setAside(mine), await setAside(others)]).toEqual([[['N1', 1]], [['N2', 2]]]);
});

test('part of a promise ships once for a document, however often it is told; the rest stays promised', async () => {
  await world.run((ctx) => aStock(ctx, 'plate', 10));
  const orderId = await sell('plate', 5);
  const ship = (cause: string, quantity: number) =>
    world.run((ctx) => shipUnits(ctx, [{ orderId, cause, lines: [{ lineNo: 1, sku: 'plate', location: 'WH1', quantity }] }]));
  const told = await Promise.all([ship('parcel:1', 2), ship('parcel:1', 2), ship('parcel:1', 2)]);
  for (const answer of told) expect(answer).toMatchObject([[{ lineNo: 1, quantity: 2, unitCostFen: 1000 }]]);
  expect(await rowsOf(orderId)).toEqual([{ location: 'WH1', quantity: 3, shipped: 2, state: 'held' }]);
  await expect(ship('parcel:2', 4)).rejects.toMatchObject({ code: 'stock.insufficient', details: { lines: [{ available: 3 }] } });
  await ship('parcel:2', 3);
  expect(await rowsOf(orderId)).toEqual([{ location: 'WH1', quantity: 3, shipped: 5, state: 'shipped' }]);
  expect((await world.run((ctx) => stockLevelsOf(ctx.tx, ['plate'], 'WH1', ctx.now)))[0]).toMatchObject({
    onHand: 5,
    promised: 0,
  });
  expect((await world.inTx(findDrift)).filter(({ sku }) => sku === 'plate')).toEqual([]);
});

test('a promise moves to other places whole or not at all, and never becomes anybody else’s on the way', async () => {
  await world.run(async (ctx) => {
    await aStock(ctx, 'lamp', 5);
    await aStock(ctx, 'lamp', 2, 'S01');
  });
  const orderId = await sell('lamp', 5);
  const move = (quantity: number) =>
    world.run((ctx) => movePromise(ctx, { orderId, moves: [{ lineNo: 1, sku: 'lamp', from: 'WH1', to: 'S01', quantity }] }));
  await expect(move(3)).rejects.toMatchObject({
    code: 'stock.insufficient',
    details: { lines: [{ location: 'S01', available: 2 }] },
  });
  expect(await rowsOf(orderId)).toEqual([{ location: 'WH1', quantity: 5, shipped: 0, state: 'held' }]);
  await move(2);
  expect(await rowsOf(orderId)).toEqual([
    { location: 'S01', quantity: 2, shipped: 0, state: 'held' },
    { location: 'WH1', quantity: 3, shipped: 0, state: 'held' },
  ]);
  expect([await available('lamp', 'shop'), await available('lamp', 'shop', ['S01'])]).toEqual([2, 0]);
  await world.run((ctx) => releaseUnits(ctx, { orderId, lines: [{ lineNo: 1, quantity: 2, of: 5 }] }));
  expect(await rowsOf(orderId)).toMatchObject([
    { location: 'S01', state: 'released' },
    { location: 'WH1', quantity: 3, state: 'held' },
  ]);
  expect((await world.inTx(findDrift)).filter(({ sku }) => sku === 'lamp')).toEqual([]);
});

test('100 promises that move between two places in opposite directions end where they were sent, without a deadlock', async () => {
  await world.run(async (ctx) => {
    await aStock(ctx, 'chair', 150);
    await aStock(ctx, 'chair', 150, 'S01');
  });
  const orders = await Promise.all(
    Array.from({ length: 100 }, (_, index) => sell('chair', 1, { location: index % 2 ? 'WH1' : 'S01' })),
  );
  const moves = await Promise.allSettled(
    orders.map((orderId, index) => {
      const [from, to] = index % 2 ? ['WH1', 'S01'] : ['S01', 'WH1'];
      return world.run((ctx) =>
        movePromise(ctx, { orderId, moves: [{ lineNo: 1, sku: 'chair', from: from!, to: to!, quantity: 1 }] }),
      );
    }),
  );
  expect(moves.filter(({ status }) => status === 'rejected')).toEqual([]);
  expect([await available('chair', 'shop'), await available('chair', 'shop', ['S01'])]).toEqual([100, 100]);
  expect((await world.inTx(findDrift)).filter(({ sku }) => sku === 'chair')).toEqual([]);
});

test('a promise of SKUs without lots costs the two statements it always did, and one more where lots limit it', async () => {
  await world.run(async (ctx) => {
    await aStock(ctx, 'plain', 100);
    await lotsOf(ctx, 'dated', [['D1', '2027-01-01', 100]]);
  });
  const db = openDb(world.db.url, { connectionsMax: 1, name: 'counting' });
  const client = await db.pool.connect();
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  let asked = 0;
  client.query = ((...given: unknown[]) => {
    asked += 1;
    return query(...given);
  }) as typeof client.query;
  client.release();
  const statements = async (...skus: string[]) => {
    asked = 0;
    await inTx(db, { actor: system('test'), now: world.clock.now() }, (ctx) =>
      promiseStocks(
        ctx,
        Array.from({ length: 20 }, () => ({
          orderId: randomUUID(),
          channel: 'shop',
          lines: skus.map((sku, index) => ({ lineNo: index + 1, sku, location: 'WH1', quantity: 1 })),
        })),
        new Map(),
      ),
    );
    return asked - 2; // begin and commit
  };
  expect([await statements('plain'), await statements('plain', 'dated')]).toEqual([2, 3]);
  await closeDb(db);
});
