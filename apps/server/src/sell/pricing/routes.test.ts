import { pricing as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { aProduct, someSkus } from '../../base/catalog/testing.ts';
import { run } from '../../platform/db.ts';
import { endMarkdowns, scheduleMarkdowns } from './markdowns.ts';
import { marginFloors, pricesAt } from './prices-at.ts';
import { type PriceRow, setPrices } from './set-prices.ts';
import { aPrice } from './testing.ts';

const world = useWorld();
const marketer = aStaff('marketer');
let sku = '';
let n = 0;

beforeEach(async () => {
  sku = `price-${(n += 1)}`;
  await world.run(async (ctx) => {
    await someSkus(ctx, [sku], { costFen: 10_000, taxRateBp: 1300 }); // floor: 118.65
    await aPrice(ctx, sku, 20_000);
  });
});

const inHours = (hours: number) => new Date(world.clock.now().getTime() + hours * 3_600_000);
const priceOf = async (at = world.clock.now(), channel = 'shop') =>
  (await world.inTx((tx) => pricesAt(tx, { skus: [sku], channel, at }))).get(sku);
const set = (rows: PriceRow[]) => world.run((ctx) => setPrices(ctx, rows));
const setList = (body: { amountFen: number; channel?: string; validFrom?: string; sku?: string }) =>
  world.call(contract.setListPrice, { body: { sku, ...body } }, marketer);
const markDown = (body: { amountFen: number; from?: number; to?: number; sku?: string; cause?: string }) =>
  world.call(contract.scheduleMarkdowns, {
    body: { cause: body.cause ?? `spring-${sku}`, rows: [{ sku: body.sku ?? sku, amountFen: body.amountFen }], validFrom: inHours(body.from ?? 1).toISOString(), validTo: inHours(body.to ?? 24).toISOString() },
  }, marketer); // prettier-ignore
const windowsOf = () =>
  world.inTx((tx) =>
    run(
      tx,
      sql<{
        amount: number;
        from: Date;
        to: Date | null;
      }>`select amount_fen as amount, valid_from as "from", valid_to as "to" from pricing.price where sku = ${sku} order by valid_from`,
    ),
  );
const news = () =>
  world.inTx((tx) =>
    run(tx, sql`select id from platform.event where name = 'pricing.price_changed' and payload->'skus' ? ${sku}`),
  );

test('a new list price holds from its instant, the one before it until then, and both stay in the history', async () => {
  const reply = await setList({ amountFen: 25_000, validFrom: inHours(2).toISOString() });
  expect(reply).toMatchObject({ kind: 'list', amountFen: 25_000, state: 'scheduled', createdBy: 'Test marketer', validTo: null });
  expect((await priceOf(inHours(1.999)))?.amountFen).toBe(20_000);
  expect((await priceOf(inHours(2)))?.amountFen).toBe(25_000);
  const history = await world.call(contract.listPrices, { params: { sku } }, marketer);
  expect(history.items.map(({ amountFen, state }) => [amountFen, state])).toEqual([
    [25_000, 'scheduled'],
    [20_000, 'running'],
  ]);
  expect(history.current).toMatchObject({ amountFen: 20_000, floorFen: 11_865, costFen: 10_000 });
});

test('a channel price holds in its channel alone', async () => {
  await setList({ amountFen: 18_000, channel: 'store' });
  expect((await priceOf(undefined, 'store'))?.amountFen).toBe(18_000);
  expect((await priceOf(undefined, 'shop'))?.amountFen).toBe(20_000);
});

test('a price under the margin floor is refused with the floor, and nothing changes', async () => {
  const before = [await windowsOf(), await news()];
  await expect(setList({ amountFen: 11_864 })).rejects.toMatchObject({
    code: 'price.below_floor',
    details: { sku, amountFen: 11_864, floorFen: 11_865 },
  });
  await expect(markDown({ amountFen: 11_864 })).rejects.toMatchObject({
    code: 'price.below_floor',
    details: { sku, floorFen: 11_865, skus: [sku] },
  });
  expect([await windowsOf(), await news()]).toEqual(before);
  expect((await setList({ amountFen: 11_865 })).amountFen).toBe(11_865);
});

test('a price from the past and an empty, past or crossing mark-down are refused', async () => {
  await expect(setList({ amountFen: 20_000, validFrom: inHours(-1).toISOString() })).rejects.toMatchObject({
    code: 'price.invalid_window',
  });
  await expect(markDown({ amountFen: 15_000, from: 2, to: 2 })).rejects.toMatchObject({ code: 'price.invalid_window' });
  await expect(markDown({ amountFen: 15_000, from: -9, to: 0 })).rejects.toMatchObject({ code: 'price.invalid_window' });
  await markDown({ amountFen: 15_000, from: 1, to: 5 });
  await expect(markDown({ amountFen: 14_000, from: 4, to: 6 })).rejects.toMatchObject({
    code: 'price.invalid_window',
    details: { skus: [sku] },
  });
  expect(await markDown({ amountFen: 14_000, from: 5, to: 6 })).toEqual({ scheduled: 1 });
});

test('an unknown SKU is refused everywhere, a mark-down without a price too', async () => {
  await expect(setList({ sku: 'nothing', amountFen: 1 })).rejects.toMatchObject({
    code: 'sku.not_found',
    details: { sku: 'nothing' },
  });
  await expect(markDown({ sku: 'nothing', amountFen: 1 })).rejects.toMatchObject({ code: 'sku.not_found' });
  await expect(world.call(contract.listPrices, { params: { sku: 'nothing' } }, marketer)).rejects.toMatchObject({
    code: 'sku.not_found',
  });
  await world.run((ctx) => someSkus(ctx, [`${sku}-bare`]));
  await expect(markDown({ sku: `${sku}-bare`, amountFen: 1 })).rejects.toMatchObject({
    code: 'price.missing',
    details: { sku: `${sku}-bare` },
  });
});

test('a mark-down lowers the price in its window and ends at once when it is ended, also before it begins', async () => {
  await markDown({ amountFen: 15_000, from: 1, to: 10 });
  expect(await priceOf(inHours(0.5))).toMatchObject({ amountFen: 20_000 });
  expect(await priceOf(inHours(1))).toMatchObject({ amountFen: 15_000, listFen: 20_000, kind: 'markdown', validTo: inHours(10) });
  expect(await priceOf(inHours(10))).toMatchObject({ amountFen: 20_000 });
  const start = world.clock.now();
  world.clock.advance(3 * 3_600_000);
  expect(await world.call(contract.endMarkdowns, { body: { cause: `spring-${sku}` } }, marketer)).toEqual({ ended: 1 });
  expect(await priceOf()).toMatchObject({ amountFen: 20_000 });
  expect(await world.run((ctx) => endMarkdowns(ctx, { cause: `spring-${sku}` }))).toBe(0);
  await markDown({ amountFen: 15_000, from: 1, to: 10, cause: `later-${sku}` });
  expect(await world.run((ctx) => endMarkdowns(ctx, { cause: `later-${sku}` }))).toBe(1);
  expect((await windowsOf()).filter((row) => row.amount === 15_000)).toHaveLength(1);
  world.clock.set(start.toISOString());
});

test('one row under the floor keeps every row of a mark-down out', async () => {
  const other = `${sku}-b`;
  await world.run(async (ctx) => { await someSkus(ctx, [other], { costFen: 10_000 }); await aPrice(ctx, other, 20_000); });
  const rows = [{ sku, amountFen: 15_000 }, { sku: other, amountFen: 100 }];
  await expect(world.run((ctx) => scheduleMarkdowns(ctx, { cause: 'x', rows, validFrom: inHours(1), validTo: inHours(2) }))).rejects.toMatchObject({ details: { skus: [other] } });
  expect(await windowsOf()).toHaveLength(1);
}); // prettier-ignore

test('bulk prices: a repeat changes nothing and announces nothing, a history lands in order whatever the order of its rows', async () => {
  const history = [3, 1, 2].map((day) => ({ sku, amountFen: day * 100, validFrom: inHours(day * 24) }));
  expect(await set(history)).toEqual(['changed', 'changed', 'changed']);
  const before = [await windowsOf(), await news()];
  expect(await set(history)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  expect([await windowsOf(), await news()]).toEqual(before);
  for (const day of [1, 2, 3]) expect((await priceOf(inHours(day * 24 + 12)))?.amountFen).toBe(day * 100);
  expect(
    await set([
      { sku, amountFen: 20_000 },
      { sku: sku, channel: 'store', amountFen: 1 },
    ]),
  ).toEqual(['unchanged', 'new']);
});

test('a price that goes up and comes back to what it was keeps all three windows', async () => {
  await set([
    { sku, amountFen: 30_000, validFrom: inHours(1) },
    { sku, amountFen: 20_000, validFrom: inHours(2) },
  ]);
  expect((await windowsOf()).map((row) => row.amount)).toEqual([20_000, 30_000, 20_000]);
});

test('forty writers of the same window at once: every one lands or finds it done, windows never overlap, one price holds', async () => {
  const writes = Array.from({ length: 40 }, (_, i) => set([{ sku, amountFen: 21_000 + (i % 4) }]));
  const markdowns = Array.from({ length: 10 }, () => markDown({ amountFen: 15_000 }));
  const answers = await Promise.allSettled([...writes, ...markdowns]);
  const refused = answers.filter((answer) => answer.status === 'rejected').map((answer) => answer.reason.code);
  expect(refused).toEqual(Array.from({ length: 9 }, () => 'price.invalid_window'));
  const holding = (await windowsOf()).filter(
    (row) => row.from <= world.clock.now() && (row.to === null || row.to > world.clock.now()),
  );
  expect(holding).toHaveLength(1);
});

test('writers of the same SKUs in opposite order never wait for each other in a ring', async () => {
  const skus = Array.from({ length: 30 }, (_, i) => `ring-${sku}-${i}`);
  await world.run((ctx) => someSkus(ctx, skus));
  const answers = await Promise.allSettled(
    Array.from({ length: 12 }, (_, i) =>
      set((i % 2 === 0 ? skus : skus.toReversed()).map((one) => ({ sku: one, amountFen: 100 + i }))),
    ),
  );
  expect(answers.filter((answer) => answer.status === 'rejected')).toEqual([]);
});

test('ten thousand prices land in seconds', async () => {
  const skus = Array.from({ length: 10_000 }, (_, i) => `many-${i}`);
  await world.run((ctx) => someSkus(ctx, skus));
  const start = performance.now();
  const outcomes = await set(skus.map((one, i) => ({ sku: one, amountFen: i })));
  expect(outcomes.every((outcome) => outcome === 'new')).toBe(true);
  expect(performance.now() - start).toBeLessThan(30_000); // 2.4 s on an idle machine
}, 60_000);

test('the list of current prices is found by words, narrowed by category and paged by SKU', async () => {
  await world.run(async (ctx) => {
    await aProduct(ctx, { code: 'L1', name: '云雾绿茶', category: 'tea', variants: [{ sku: 'L1-A', costFen: 100 }, { sku: 'L1-B', costFen: 100 }] });
    await aPrice(ctx, 'L1-A', 500);
  }); // prettier-ignore
  const found = await world.call(contract.listCurrentPrices, { query: { search: 'lvcha' } }, marketer);
  expect(found.items.map(({ sku: one, amountFen }) => [one, amountFen])).toEqual([
    ['L1-A', 500],
    ['L1-B', null],
  ]);
  const first = await world.call(contract.listCurrentPrices, { query: { category: 'tea', limit: 1 } }, marketer);
  expect(first).toMatchObject({ items: [{ sku: 'L1-A' }], next: 'L1-A' });
  expect(
    await world.call(contract.listCurrentPrices, { query: { category: 'tea', limit: 1, after: 'L1-A' } }, marketer),
  ).toMatchObject({ items: [{ sku: 'L1-B' }], next: null });
});

test('who may see prices may not set them', async () => {
  const analyst = aStaff('analyst');
  await expect(world.call(contract.setListPrice, { body: { sku, amountFen: 99_999 } }, analyst)).rejects.toMatchObject({
    code: 'auth.forbidden',
  });
  expect((await world.call(contract.listPrices, { params: { sku } }, analyst)).items).toHaveLength(1);
});

test('the margin floor of a SKU that does not exist is absent', async () => {
  expect(await world.inTx((tx) => marginFloors(tx, [sku, 'nothing']))).toEqual(new Map([[sku, 11_865]]));
});
