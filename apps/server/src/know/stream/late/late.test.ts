import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { useWorld } from '../../../../test/world.ts';
import { someSkus } from '../../../base/catalog/testing.ts';
import { inTx } from '../../../platform/db.ts';
import { system } from '../../../platform/ctx.ts';
import { emit } from '../../../platform/events.ts';
import { addMs, dayOf } from '../../../platform/time.ts';
import { importOrders, orderPaid } from '../../../sell/orders/index.ts';
import { storeBatches } from '../../collection/index.ts';
import { type Analytics, ask } from '../analytics.ts';
import { rebuildAnalytics } from '../rebuild.ts';
import { stream } from '../tables.ts';
import { filledAnalytics } from '../testing.ts';
import { leaveLate, takeLate } from './decide-late.ts';
import { bucketStart } from './lateness.ts';
import { listLate, listReopened } from './queries.ts';

const world = useWorld();
const hourMs = 3_600_000;
/** Today at noon by the machine: sums by the minute are kept 14 days. */
const noon = addMs(bucketStart('day', new Date()), 12 * hourMs);
world.clock.set(noon.toISOString());
const ago = (ms: number): Date => addMs(noon, -ms);

const viewed = (at: Date, over: { campaign?: string } = {}) => ({
  messageId: randomUUID(), type: 'track' as const, event: 'Product Viewed', visitorId: 'v-1', customerId: undefined, at: at.toISOString(),
  clientAt: undefined, sentAt: undefined, path: '/', language: undefined, campaign: over.campaign, properties: { sku: 'A' },
}); // prettier-ignore
const send = (receivedAt: Date, ...times: Date[]) =>
  world.run((ctx) => storeBatches(ctx, [{ source: 'shop', channel: 'shop', receivedAt, events: times.map((at) => viewed(at)) }]));
const counts = async (analytics: Analytics) => ({
  raw: await ask(analytics, 'select day, count() as n from behaviour group by day order by day'),
  day: await ask(analytics, 'select day, sum(events) as n from event_day group by day order by day'),
  hour: await ask(analytics, 'select day, sum(events) as n from event_hour group by day order by day'),
  minute: await ask(analytics, 'select day, sum(events) as n from event_minute group by day order by day'),
});
const reopened = async () => {
  const { items } = await world.inTx((tx) => listReopened(tx, { limit: 200 }));
  return items.map(({ grain, startsAt, version, before, after }) => ({ grain, startsAt, version, before, after })).toReversed();
};
const ledger = () => world.inTx((tx) => listLate(tx, { limit: 200 }));

test('an event three hours late opens its minute and its hour again, not the day that is still open; on time it opens nothing', async () => {
  await send(noon, ago(1_000), ago(3 * hourMs));
  const analytics = await filledAnalytics(world);
  expect(await reopened()).toEqual([
    { grain: 'minute', startsAt: ago(3 * hourMs).toISOString(), version: 2, before: { events: 0 }, after: { events: 1 } },
    { grain: 'hour', startsAt: ago(3 * hourMs).toISOString(), version: 2, before: { events: 0 }, after: { events: 1 } },
  ]);
  expect((await counts(analytics)).day).toEqual([{ day: dayOf(noon), n: 2 }]);
});

test('one of the day before opens minute, hour and day again, each as its next version with the figure before and after', async () => {
  await send(ago(24 * hourMs), ago(24 * hourMs));
  await filledAnalytics(world);
  const known = (await reopened()).length;
  await send(noon, ago(24 * hourMs));
  await filledAnalytics(world);
  await send(noon, ago(24 * hourMs - 1_000));
  const analytics = await filledAnalytics(world);
  const day = bucketStart('day', ago(24 * hourMs)).toISOString();
  const startsAt = ago(24 * hourMs).toISOString();
  expect((await reopened()).slice(known)).toEqual([
    ...['minute', 'hour'].map((grain) => ({ grain, startsAt, version: 2, before: { events: 1 }, after: { events: 2 } })),
    { grain: 'day', startsAt: day, version: 2, before: { events: 1 }, after: { events: 2 } },
    ...['minute', 'hour'].map((grain) => ({ grain, startsAt, version: 3, before: { events: 2 }, after: { events: 3 } })),
    { grain: 'day', startsAt: day, version: 3, before: { events: 2 }, after: { events: 3 } },
  ]);
  expect((await counts(analytics)).day).toContainEqual({ day: dayOf(ago(24 * hourMs)), n: 3 });
});

test('an order told five hours late opens the buckets of each of its lines again, with money, units and orders', async () => {
  const paidAt = ago(5 * hourMs);
  const orderId = await world.run(async (ctx) => {
    await someSkus(ctx, ['A', 'B']);
    const lines = [
      { sku: 'A', quantity: 2, unitFen: 1130, taxRateBp: 1300, unitCostFen: 600 },
      { sku: 'B', quantity: 1, unitFen: 2260, taxRateBp: 1300, unitCostFen: 1500 },
    ];
    const order = { channel: 'wholesale', externalId: 'W-1', placedAt: paidAt, paidAt, lines };
    return (await importOrders(ctx, { importId: 'w', orders: [order] }))[0]!.orderId;
  });
  await filledAnalytics(world);
  const known = (await reopened()).length;
  await world.run((ctx) => emit(ctx, orderPaid, { orderId, totalFen: 4520 }));
  await filledAnalytics(world);
  const found = (await reopened()).slice(known).filter(({ before }) => 'paidFen' in before);
  expect(found.map(({ grain }) => grain).toSorted()).toEqual(['hour', 'hour', 'minute', 'minute']);
  expect(found).toContainEqual({
    grain: 'hour', startsAt: bucketStart('hour', paidAt).toISOString(), version: 2,
    before: { paidFen: 2260, netFen: 2000, netUnits: 2, orders: 1 }, after: { paidFen: 4520, netFen: 4000, netUnits: 4, orders: 2 },
  }); // prettier-ignore
});

test('what comes more than 72 hours late stands in the ledger with its amounts and moves no figure, until an analyst takes it in', async () => {
  const at = ago(90 * hourMs);
  await send(at, at);
  const analytics = await filledAnalytics(world);
  const published = await counts(analytics);
  const known = (await reopened()).length;
  await send(noon, at, addMs(at, 1_000), ago(72 * hourMs - 1_000));
  await filledAnalytics(world);
  const { items, sums } = await ledger();
  expect(items).toMatchObject([{ what: 'behaviour', day: dayOf(at), entries: 2, state: 'open', channel: 'shop', amountFen: 0 }]);
  expect(sums).toEqual([{ state: 'open', ledger: 1, entries: 2, amountFen: 0 }]);
  expect((await counts(analytics)).day).toContainEqual(published.day.find((row) => (row as { day: string }).day === dayOf(at)));

  const [entry] = items;
  const decide = { id: entry!.id, version: 1, reason: '门店断网三天' };
  await world.run((ctx) => leaveLate(ctx, decide));
  await expect(world.run((ctx) => takeLate(ctx, decide))).rejects.toMatchObject({ code: 'late_entry.changed' });
  await world.run((ctx) => takeLate(ctx, { ...decide, version: 2 }));
  await expect(world.run((ctx) => takeLate(ctx, { ...decide, version: 3 }))).rejects.toMatchObject({
    code: 'late_entry.wrong_state',
  });
  await filledAnalytics(world);
  expect((await counts(analytics)).day).toContainEqual({ day: dayOf(at), n: 3 });
  const taken = (await reopened()).slice(known);
  expect(taken.filter(({ grain }) => grain === 'day')).toContainEqual(
    expect.objectContaining({ version: 2, before: { events: 1 }, after: { events: 3 } }),
  );
});

test('batches sent again, and a rebuild from zero, change no figure, version or entry of the ledger', async () => {
  const analytics = await filledAnalytics(world);
  const all = async () => ({ counts: await counts(analytics), reopened: await reopened(), ledger: await ledger() });
  const before = await all();
  expect(before.reopened.length).toBeGreaterThan(10);
  await world.inTx((tx) => stream(tx).updateTable('batch').set({ inserted_at: null }).execute());
  await filledAnalytics(world);
  expect(await all()).toEqual(before);
  await rebuildAnalytics({ db: world.db, analytics, clock: world.clock.now });
  await filledAnalytics(world);
  expect(await all()).toEqual(before);
});

test('an order has the campaign by which its visitor came before paying, also after a rebuild; what came later does not count', async () => {
  const [paidAt, visitorId] = [ago(hourMs), 'v-campaign'];
  const touch = (campaign: string, at: Date, receivedAt: Date) =>
    inTx(world.db, { actor: system('test'), now: receivedAt }, (ctx) =>
      storeBatches(ctx, [{ source: 'shop', channel: 'shop', receivedAt, events: [{ ...viewed(at, { campaign }), visitorId }] }]),
    );
  const order = (externalId: string) =>
    world.run((ctx) =>
      importOrders(ctx, {
        importId: externalId,
        orders: [
          { channel: 'shop', externalId, placedAt: paidAt, paidAt, visitorId, lines: [{ sku: 'A', quantity: 1, unitFen: 1000 }] },
        ],
      }),
    );
  world.clock.set(ago(2 * hourMs).toISOString());
  await touch('spring', ago(2 * hourMs), ago(2 * hourMs));
  await filledAnalytics(world);
  world.clock.set(noon.toISOString());
  await touch('autumn', ago(hourMs + 60_000), noon); // sent later than the payment, though it happened before
  await order('C-1');
  const analytics = await filledAnalytics(world);
  const campaigns = () =>
    ask(analytics, "select campaign, sum(paid_fen) as fen from sales_sku_day where channel = 'shop' group by campaign");
  expect(await campaigns()).toEqual([{ campaign: 'spring', fen: 1000 }]);
  await rebuildAnalytics({ db: world.db, analytics, clock: world.clock.now });
  await filledAnalytics(world);
  expect(await campaigns()).toEqual([{ campaign: 'spring', fen: 1000 }]);
});
