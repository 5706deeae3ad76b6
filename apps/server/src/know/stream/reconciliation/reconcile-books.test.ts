import { randomUUID } from 'node:crypto';
import { stream as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../../test/world.ts';
import { someSkus } from '../../../base/catalog/testing.ts';
import { addMs, dayOf } from '../../../platform/time.ts';
import { importOrders } from '../../../sell/orders/index.ts';
import { aStock } from '../../../supply/inventory/testing.ts';
import { storeBatches } from '../../collection/index.ts';
import { type Analytics, ask } from '../analytics.ts';
import { bucketStart } from '../late/lateness.ts';
import { filledAnalytics } from '../testing.ts';
import { listReconciliations } from './queries.ts';
import { reconcileNow } from './reconcile-books.ts';

const world = useWorld();
const noon = addMs(bucketStart('day', new Date()), 12 * 3_600_000);
const hourAgo = addMs(noon, -3_600_000);
world.clock.set(hourAgo.toISOString());
const day = dayOf(noon);
const orderIds: string[] = [];
const messageIds = [randomUUID(), randomUUID(), randomUUID()];

const partsOf = (analytics: Analytics) => ({ db: world.db, analytics, clock: world.clock.now });
const compare = async (analytics: Analytics) => {
  const outcome = await reconcileNow(partsOf(analytics), 8);
  const { items } = await world.inTx((tx) => listReconciliations(tx, { limit: 1 }));
  expect(items[0]!.outcome).toBe(outcome);
  return items[0]!;
};
const figures = async (analytics: Analytics) => ({
  steps: await ask(analytics, 'select kind, count() as n, sum(total_fen) as fen from order_step group by kind order by kind'),
  lines: await ask(
    analytics,
    'select kind, sum(quantity) as n, sum(amount_fen) as fen from order_line group by kind order by kind',
  ),
  day: await ask(analytics, 'select sum(paid_fen) as paid, sum(net_fen) as net, sum(orders) as orders from sales_day'),
  sku: await ask(analytics, 'select sum(paid_fen) as paid, sum(net_fen) as net, sum(sku_orders) as orders from sales_sku_day'),
  hour: await ask(analytics, 'select sum(paid_fen) as paid, sum(placed_fen) as placed, sum(orders) as orders from sales_hour'),
  minute: await ask(
    analytics,
    'select sum(paid_fen) as paid, sum(placed_fen) as placed, sum(orders) as orders from sales_minute',
  ),
  moves: await ask(analytics, 'select count() as n, sum(quantity) as units, sum(value_fen) as fen from stock_move'),
  stock: await ask(analytics, 'select sum(quantity) as units, sum(value_fen) as fen from stock_day'),
  total: await ask(analytics, 'select sum(quantity) as units, sum(value_fen) as fen from stock_total_day'),
  events: await ask(analytics, "select count() as n from behaviour where visitor_kind != 'house'"),
  eventSums: await ask(analytics, "select sum(events) as n from event_hour where visitor_kind != 'house'"),
});

const seen = (at: Date, messageId: string = randomUUID()) => ({
  messageId, type: 'track' as const, event: 'Product Viewed', visitorId: 'v', customerId: undefined, at: at.toISOString(),
  clientAt: undefined, sentAt: undefined, path: '/', language: undefined, campaign: undefined, properties: { sku: 'A' },
}); // prettier-ignore

async function fill(): Promise<Analytics> {
  await world.run(async (ctx) => {
    await someSkus(ctx, ['A', 'B']);
    await aStock(ctx, 'A', 40);
    const orders = ['R-1', 'R-2', 'R-3'].map((externalId) => ({
      channel: 'wholesale',
      externalId,
      placedAt: ctx.now,
      paidAt: ctx.now,
      lines: [
        { sku: 'A', quantity: 2, unitFen: 1130, taxRateBp: 1300, unitCostFen: 600 },
        { sku: 'B', quantity: 1, unitFen: 2260, taxRateBp: 1300, unitCostFen: 1500 },
      ],
    }));
    orderIds.push(...(await importOrders(ctx, { importId: 'r', orders })).map(({ orderId }) => orderId));
    const events = messageIds.map((messageId) => seen(ctx.now, messageId));
    await storeBatches(ctx, [{ source: 'shop', channel: 'shop', receivedAt: ctx.now, events }]);
  });
  const analytics = await filledAnalytics(world);
  world.clock.set(noon.toISOString());
  return analytics;
}

test('books and figures that are the same are found the same; whatever is lost, doubled or wrong is named and put right', async () => {
  const analytics = await fill();
  const { client } = analytics;
  expect(await compare(analytics)).toMatchObject({ outcome: 'equal', differences: [] });
  const right = await figures(analytics);

  // lost: a paid order's step, another's lines, an event, a movement. Doubled: an order's step. Wrong: sums of a day.
  const [first = '', second = '', third = ''] = orderIds;
  const gone = (query: string) => client.command({ query, query_params: { first, second, third, message: messageIds[0] } });
  await gone("delete from order_step where kind = 'paid' and order_id = {first:UUID}");
  await gone("delete from order_line where kind = 'paid' and order_id = {second:UUID} and sku = 'B'");
  await gone('delete from behaviour where message_id = {message:String}');
  await gone('delete from stock_move where true');
  await gone("insert into order_step select * from order_step where kind = 'paid' and order_id = {third:UUID}");
  await client.command({ query: 'truncate table sales_hour' });
  await client.command({ query: 'truncate table event_minute' });

  const found = await compare(analytics);
  expect(found).toMatchObject({ outcome: 'repaired', from: dayOf(addMs(noon, -7 * 86_400_000)), to: day });
  const named = (what: string, measure: string) => found.differences.find((one) => one.what === what && one.measure === measure);
  expect(named('orders', 'count')).toBeUndefined(); // one lost, another doubled
  expect(named('orders', 'distinct')).toMatchObject({
    expected: 3, found: 2, foundAfter: 3, ids: [first, third].toSorted(), repair: 'sent_again',
  }); // prettier-ignore
  expect(named('order_lines', 'amount_fen')).toMatchObject({
    day, expected: 13_560, found: 11_300, foundAfter: 13_560, ids: [second], repair: 'sent_again',
  }); // prettier-ignore
  expect(named('behaviour', 'count')).toMatchObject({ expected: 3, found: 2, foundAfter: 3, ids: [messageIds[0]] });
  expect(named('stock_moves', 'count')).toMatchObject({ expected: 1, found: 0, foundAfter: 1, repair: 'sent_again' });
  expect(named('sales_sums', 'sales_hour.paid_fen')).toMatchObject({ found: 0, repair: 'rebuilt' });

  expect(await figures(analytics)).toEqual(right);
  expect(await compare(analytics)).toMatchObject({ outcome: 'equal', differences: [] });
}, 60_000);

test('an order that the figures know and the books do not is taken out of them', async () => {
  const analytics = await filledAnalytics(world);
  const right = await figures(analytics);
  await analytics.client.command({
    query: `insert into order_line (kind, at, day, order_id, sku, quantity, amount_fen, tax_fen)
      values ('paid', {at:DateTime64(3, 'Asia/Shanghai')}, {day:Date}, generateUUIDv4(), 'A', 1, 500, 0)`,
    query_params: { at: hourAgo, day },
  });
  const found = await compare(analytics);
  expect(found.differences.find(({ measure }) => measure === 'units')).toMatchObject({
    expected: 9,
    found: 10,
    repair: 'removed',
  });
  expect(await figures(analytics)).toEqual(right);
});

test('what is paid but still under way is no difference; the comparison is an event and stands in the list for who may see it', async () => {
  const analytics = await filledAnalytics(world);
  world.clock.set(hourAgo.toISOString());
  await world.run((ctx) =>
    importOrders(ctx, {
      importId: 'way',
      orders: [
        {
          channel: 'wholesale',
          externalId: 'R-9',
          placedAt: hourAgo,
          paidAt: hourAgo,
          lines: [{ sku: 'A', quantity: 1, unitFen: 100 }],
        },
      ],
    }),
  );
  world.clock.set(noon.toISOString());
  expect(await compare(analytics)).toMatchObject({ outcome: 'equal', differences: [] });

  // nor is what stands in the late ledger, whether it arrived before the comparison looks or just now
  for (const receivedAt of [hourAgo, noon])
    await world.run((ctx) =>
      storeBatches(ctx, [{ source: 'shop', channel: 'shop', receivedAt, events: [seen(addMs(noon, -5 * 86_400_000))] }]),
    );
  await filledAnalytics(world);
  expect(await compare(analytics)).toMatchObject({ outcome: 'equal', differences: [] });

  await world.call(contract.startReconciliation, { body: { days: 3 } }, aStaff('analyst'));
  await expect(world.call(contract.startReconciliation, { body: { days: 3 } }, aStaff('analyst'))).rejects.toMatchObject({
    code: 'reconciliation.running',
  });
  const quality = await world.call(contract.getQuality, {}, aStaff('analyst'));
  expect(quality).toMatchObject({
    lateOpen: 2,
    lastReconciliation: { outcome: 'running', askedBy: 'Test analyst', finishedAt: null },
  });
  const { rows } = await world.db.pool.query("select count(*)::int as n from platform.event where name = 'stream.reconciled'");
  expect(rows[0].n).toBeGreaterThan(4);
});
