import { pricing as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { aStaff, type BodyOf, useWorld } from '../../../test/world.ts';
import { someSkus } from '../../base/catalog/testing.ts';
import { run } from '../../platform/db.ts';
import { pricesBetween } from './price-history.ts';
import { pricesAt, pricesFor } from './prices-at.ts';
import { aPrice } from './testing.ts';

const world = useWorld();
const marketer = aStaff('marketer');
let sku = '';
let n = 0;

beforeEach(async () => {
  sku = `listed-${(n += 1)}`;
  world.clock.set('2026-11-22T04:00:00Z');
  await world.run(async (ctx) => {
    await someSkus(ctx, [sku], { costFen: 1000, taxRateBp: 1300 }); // floor: 11.87
    await aPrice(ctx, sku, 10_000);
  });
});

type Row = Omit<BodyOf<typeof contract.setListPrice>, 'sku'>;
const inHours = (hours: number) => new Date(world.clock.now().getTime() + hours * 3_600_000);
const iso = (hours: number) => inHours(hours).toISOString();
const set = (row: Row) => world.call(contract.setListPrice, { body: { sku, ...row } }, marketer);
const forCart = async (at = world.clock.now(), channel = 'shop') =>
  (await world.inTx((tx) => pricesFor(tx, { skus: [sku], channel, at }))).get(sku) ?? [];
const short = (prices: Awaited<ReturnType<typeof forCart>>) =>
  prices.map(({ kind, group, fromQuantity, amountFen }) => [kind, group, fromQuantity, amountFen].filter((one) => one !== null).join(' ')).toSorted(); // prettier-ignore
const changes = (query = {}) => world.call(contract.listPriceChanges, { query: { search: sku, ...query } }, marketer);
const turns = async (query = {}) =>
  (await changes(query)).items.map(({ at, what, price, beforeFen }) => [(Date.parse(at) - world.clock.now().getTime()) / hour, what, price.amountFen, beforeFen].join(' ')); // prettier-ignore
const hour = 3_600_000;
const stored = () =>
  world.inTx((tx) =>
    run(tx, sql`select kind, amount_fen, valid_from, valid_to from pricing.price where sku = ${sku} order by id`),
  );
const news = async () =>
  (await world.inTx((tx) => run(tx, sql`select id from platform.event where name = 'pricing.price_changed' and payload->'skus' ? ${sku}`))).length; // prettier-ignore

test('a cart sees every price in force for its SKUs: of groups, of members and from a quantity on, the channel’s own before the general one', async () => {
  await set({ amountFen: 9500, channel: 'shop' });
  await set({ amountFen: 9400, channel: 'store' });
  await set({ amountFen: 9000, kind: 'group', group: 'gold' });
  await set({ amountFen: 8900, kind: 'group', group: 'gold', channel: 'shop' });
  await set({ amountFen: 8500, kind: 'group', group: 'gold', fromQuantity: 10 });
  await set({ amountFen: 8800, kind: 'member' });
  await set({ amountFen: 9900, fromQuantity: 5 });
  await set({ amountFen: 9100, kind: 'group', group: 'silver', channel: 'shop' });
  expect(short(await forCart())).toEqual(['channel 1 9500', 'group gold 1 8900', 'group gold 10 8500', 'group silver 1 9100', 'list 1 10000', 'list 5 9900', 'member 1 8800']); // prettier-ignore
  expect(short(await forCart(undefined, 'store'))).toContain('group gold 1 9000');
});

test('what one unit costs everybody is never a group’s, a member’s or a quantity’s price', async () => {
  await set({ amountFen: 2000, kind: 'group', group: 'gold' });
  await set({ amountFen: 2000, kind: 'member' });
  await set({ amountFen: 2000, fromQuantity: 2 });
  const one = (await world.inTx((tx) => pricesAt(tx, { skus: [sku], channel: 'shop', at: world.clock.now() }))).get(sku);
  expect(one).toMatchObject({ amountFen: 10_000, kind: 'list' });
  const [tens, at] = [`${sku}-tens`, world.clock.now()];
  await world.run((ctx) => someSkus(ctx, [tens]));
  await world.call(contract.setListPrice, { body: { sku: tens, amountFen: 2000, fromQuantity: 10 } }, marketer);
  expect(await world.inTx((tx) => pricesAt(tx, { skus: [tens], channel: 'shop', at }))).toEqual(new Map());
});

test('a price holds from its first instant until just before its end', async () => {
  const made = await set({ amountFen: 9000, kind: 'group', group: 'gold', validFrom: iso(1), validTo: iso(2) });
  expect(made).toMatchObject({ kind: 'group', group: 'gold', fromQuantity: 1, state: 'scheduled', validTo: iso(2) });
  const has = async (at: Date) => short(await forCart(at)).includes('group gold 1 9000');
  const ms = (hours: number, more: number) => new Date(inHours(hours).getTime() + more);
  expect([await has(ms(1, -1)), await has(ms(1, 0)), await has(ms(2, -1)), await has(ms(2, 0))]).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('the same price with another end is another price', async () => {
  await set({ amountFen: 9000, kind: 'member', validFrom: iso(1), validTo: iso(5) });
  expect(await set({ amountFen: 9000, kind: 'member', validFrom: iso(1), validTo: iso(3) })).toMatchObject({ validTo: iso(3) });
  expect(await turns({ kind: 'member' })).toEqual(['1 begins 9000 ', '3 ends 9000 9000']);
});

test('what changes when: begins with what held before, ends with nothing after, a handover told once', async () => {
  await set({ amountFen: 11_000, validFrom: iso(3) });
  await set({ amountFen: 9000, kind: 'member', validFrom: iso(1), validTo: iso(2) });
  await set({ amountFen: 8000, kind: 'group', group: 'gold', validFrom: iso(1) });
  await set({ amountFen: 7000, kind: 'group', group: 'gold', validFrom: iso(4) });
  expect((await turns()).toSorted()).toEqual([
    '1 begins 8000 ', '1 begins 9000 ', '2 ends 9000 9000', '3 begins 11000 10000', '4 begins 7000 8000',
  ]); // prettier-ignore
  expect(await turns({ kind: 'group', before: iso(4) })).toEqual(['1 begins 8000 ']);
  expect(await turns({ group: 'gold', kind: 'group' })).toHaveLength(2);
  expect(await turns({ search: 'nothing-like-it' })).toEqual([]);
  const first = await changes({ limit: 2 });
  const second = await changes({ limit: 2, after: first.next ?? '' });
  const third = await changes({ limit: 2, after: second.next ?? '' });
  const all = [first, second, third].flatMap((page) => page.items.map((item) => item.price.id + item.what));
  expect([new Set(all).size, third.next]).toEqual([5, null]);
  expect(first.items[0]).toMatchObject({ name: sku });
});

test('a scheduled price that is called off never holds, and what it would have ended runs on', async () => {
  const soon = await set({ amountFen: 11_000, validFrom: iso(1) });
  const later = await set({ amountFen: 12_000, validFrom: iso(2) });
  await world.call(contract.cancelPrice, { params: { id: soon.id } }, marketer);
  const base = async (hours: number) => (await forCart(inHours(hours))).find((price) => price.kind === 'list')?.amountFen;
  expect([await base(1.5), await base(2)]).toEqual([10_000, 12_000]);
  await world.call(contract.cancelPrice, { params: { id: later.id } }, marketer);
  expect(await base(9)).toBe(10_000);
  expect(await turns()).toEqual([]);
  await expect(world.call(contract.cancelPrice, { params: { id: later.id } }, marketer)).rejects.toMatchObject({
    code: 'price.not_found',
  });
});

test('a price that had an end of its own keeps it when its successor is called off', async () => {
  await set({ amountFen: 9000, kind: 'member', validFrom: iso(1), validTo: iso(5) });
  const next = await set({ amountFen: 8000, kind: 'member', validFrom: iso(3) });
  const member = async (hours: number) => (await forCart(inHours(hours))).find((price) => price.kind === 'member')?.amountFen;
  expect([await member(2), await member(4), await member(6)]).toEqual([9000, 8000, 8000]);
  await world.call(contract.cancelPrice, { params: { id: next.id } }, marketer);
  expect([await member(4), await member(5)]).toEqual([9000, undefined]);
});

test('a running price cannot be called off, a scheduled one not ended, the list price for everybody never', async () => {
  const running = await set({ amountFen: 9000, kind: 'member' });
  const scheduled = await set({ amountFen: 9000, kind: 'group', group: 'gold', validFrom: iso(1) });
  const base = (await world.call(contract.listPrices, { params: { sku } }, marketer)).items.find(
    (price) => price.kind === 'list',
  );
  const before = [await stored(), await news()];
  const refused = (state: string) => ({ code: 'price.wrong_state', details: { state } });
  await expect(world.call(contract.cancelPrice, { params: { id: running.id } }, marketer)).rejects.toMatchObject(
    refused('running'),
  );
  await expect(world.call(contract.endPrice, { params: { id: scheduled.id } }, marketer)).rejects.toMatchObject(
    refused('scheduled'),
  );
  await expect(world.call(contract.endPrice, { params: { id: base?.id ?? '' } }, marketer)).rejects.toMatchObject(
    refused('running'),
  );
  await expect(world.call(contract.endPrice, { params: { id: crypto.randomUUID() } }, marketer)).rejects.toMatchObject({ code: 'price.not_found' }); // prettier-ignore
  expect([await stored(), await news()]).toEqual(before);
});

test('a running price ends at once when it is ended', async () => {
  const member = await set({ amountFen: 9000, kind: 'member' });
  world.clock.advance(hour);
  await world.call(contract.endPrice, { params: { id: member.id } }, marketer);
  expect(short(await forCart())).toEqual(['list 1 10000']);
  const history = await world.call(contract.listPrices, { params: { sku } }, marketer);
  expect(history.items.find((price) => price.id === member.id)).toMatchObject({ state: 'ended', validTo: iso(0) });
});

test('many rows land together or not at all, a repeat sets nothing and announces nothing', async () => {
  const other = `${sku}-b`;
  await world.run((ctx) => someSkus(ctx, [other], { costFen: 1000, taxRateBp: 1300 }));
  const rows: BodyOf<typeof contract.setPriceRows>['rows'] = [
    { sku, amountFen: 9000, kind: 'group', group: 'gold' },
    { sku, amountFen: 8000, kind: 'group', group: 'gold', fromQuantity: 10, validFrom: iso(1), validTo: iso(2) },
    { sku: other, amountFen: 5000 },
  ];
  const setRows = (some: typeof rows) =>
    world.call(contract.setPriceRows, { body: { cause: 'autumn list', rows: some } }, marketer);
  const before = [await stored(), await news()];
  await expect(setRows([...rows, { ...rows[2]!, sku: 'nothing' }])).rejects.toMatchObject({
    code: 'sku.not_found',
    details: { sku: 'nothing' },
  });
  await expect(setRows([...rows, { ...rows[2]!, amountFen: 1186 }])).rejects.toMatchObject({ code: 'price.below_floor', details: { floorFen: 1187, skus: [other] } }); // prettier-ignore
  await expect(setRows([...rows, { ...rows[1]!, validTo: iso(1) }])).rejects.toMatchObject({ code: 'price.invalid_window' });
  expect([await stored(), await news()]).toEqual(before);
  expect(await setRows(rows)).toEqual({ set: 3, unchanged: 0 });
  const after = [await stored(), await news()];
  expect(await setRows(rows)).toEqual({ set: 0, unchanged: 3 });
  expect([await stored(), await news()]).toEqual(after);
  expect(await turns({ cause: 'autumn list' })).toHaveLength(2);
});

test('an end that is not after the beginning, a past beginning and an end of the list price for everybody are refused', async () => {
  const refused = { code: 'price.invalid_window' };
  await expect(set({ amountFen: 9000, kind: 'member', validFrom: iso(1), validTo: iso(1) })).rejects.toMatchObject(refused);
  await expect(set({ amountFen: 9000, kind: 'member', validFrom: iso(-1) })).rejects.toMatchObject(refused);
  await expect(set({ amountFen: 9000, validTo: iso(1) })).rejects.toMatchObject({
    ...refused,
    details: { sku, validTo: iso(1) },
  });
  await expect(set({ amountFen: 9000, kind: 'group' })).rejects.toMatchObject({ code: 'request.invalid' });
  await expect(set({ amountFen: 9000, group: 'gold' })).rejects.toMatchObject({ code: 'request.invalid' });
});

test('twenty writers of one group’s price at once: windows never overlap and one price holds', async () => {
  const writes = Array.from({ length: 20 }, (_, i) => set({ amountFen: 9000 + (i % 5), kind: 'group', group: 'gold' }));
  expect((await Promise.allSettled(writes)).map((one) => one.status)).toEqual(writes.map(() => 'fulfilled'));
  expect((await forCart()).filter((price) => price.kind === 'group')).toHaveLength(1);
});

test('a price that is ended or called off by twenty people at once is so once', async () => {
  const price = await set({ amountFen: 9000, kind: 'member', validFrom: iso(1) });
  const calls = Array.from({ length: 20 }, () => world.call(contract.cancelPrice, { params: { id: price.id } }, marketer));
  const answers = await Promise.allSettled(calls);
  expect(answers.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  for (const one of answers) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'price.not_found' });
});

test('prices of other currencies stay out of a cart', async () => {
  await set({ amountFen: 9000, kind: 'member' });
  const inYen = await world.inTx((tx) => pricesFor(tx, { skus: [sku], channel: 'shop', at: world.clock.now(), currency: 'JPY' }));
  expect(inYen.get(sku)).toBeUndefined();
  expect(await world.inTx((tx) => pricesFor(tx, { skus: [], channel: 'shop', at: world.clock.now() }))).toEqual(new Map());
});

test('prices of many channels and instants read at once are what each would read alone', async () => {
  await set({ amountFen: 9500, channel: 'shop', validFrom: iso(1) });
  await set({ amountFen: 9000, kind: 'group', group: 'gold', validFrom: iso(1), validTo: iso(3) });
  await set({ amountFen: 8900, kind: 'group', group: 'gold', channel: 'store', fromQuantity: 2 });
  await set({ amountFen: 8800, kind: 'member', validFrom: iso(2) });
  await set({ amountFen: 8700, kind: 'member', channel: 'shop', validFrom: iso(3) });
  const between = await world.inTx((tx) => pricesBetween(tx, { skus: [sku], from: inHours(0), to: inHours(4) }));
  for (const hours of [0, 1, 2, 3, 4])
    for (const channel of ['shop', 'store', 'live'])
      expect(short(between(sku, { channel, at: inHours(hours) }))).toEqual(short(await forCart(inHours(hours), channel)));
});
