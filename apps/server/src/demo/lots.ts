// Lots of the demo as they stand today: some that end soon, one that was recalled, units kept for a livestream, one sale ahead.
import type { Ctx } from '../platform/ctx.ts';
import { addDays, addMs, dayOf, startOfDay } from '../platform/time.ts';
import { placeStoreOrder } from '../sell/orders/place-store-order.ts';
import { finishRecall, startRecall } from '../sell/recalls/index.ts';
import { openEarmark, receiveStock, setChannelRule, setSaleAhead, stockLevelsOf } from '../supply/inventory/index.ts';
import { demoSkus } from './catalogue.ts';
import type { DemoCustomer } from './people.ts';

interface Demo {
  customers: readonly DemoCustomer[];
  customerIds: ReadonlyMap<string, string>;
}

/** Whatever a person of the warehouse sees on the pages of lots, recalls and earmarks, made by the use cases behind their buttons. */
export async function layLots(ctx: Ctx, { customers, customerIds }: Demo): Promise<void> {
  const today = dayOf(ctx.now);
  const levels = await stockLevelsOf(ctx.tx, demoSkus.filter(({ item }) => item.line === 'food').map(({ sku }) => sku), 'WH1', ctx.now); // prettier-ignore
  const food = levels.toSorted((a, b) => b.available - a.available);
  await setChannelRule(ctx, { channel: 'marketplace', sku: null, minimumLifeDays: 15, buffer: null });
  const soon = food.slice(4, 7).map(({ sku, unitCostFen }, index) => {
    const lot = `LQ${today.slice(2).replaceAll('-', '')}${index + 1}`;
    return { sku, quantity: 12, unitCostFen, lot, expiresOn: addDays(today, 2 + index * 6) };
  });
  await receiveStock(ctx, { cause: 'opening', location: 'WH1', lines: soon });
  await recallOne(ctx, { sku: food[7]?.sku, unitCostFen: food[7]?.unitCostFen ?? 0, customers, customerIds });

  const [live, , , ahead] = food;
  const midnight = startOfDay(addDays(today, 7)).toISOString();
  if (live !== undefined && live.available >= 20)
    await openEarmark(ctx, { kind: 'earmark', sku: live.sku, location: 'WH1', channel: 'livestream', campaign: '双十二直播', units: 20, endsAt: midnight }); // prettier-ignore
  if (ahead !== undefined)
    await setSaleAhead(ctx, { sku: ahead.sku, location: 'WH1', fromDay: addDays(today, 14), unitsMax: 60 });
}

interface Recalled extends Demo {
  sku: string | undefined;
  unitCostFen: number;
}

/** A lot of which three were sold at the till of 湖滨; then its seal was found to be loose, and everybody was told. */
async function recallOne(ctx: Ctx, { sku, unitCostFen, customers, customerIds }: Recalled): Promise<void> {
  if (sku === undefined) return;
  const lot = `FK${dayOf(ctx.now).slice(2).replaceAll('-', '')}`;
  const before = { ...ctx, now: addMs(ctx.now, -26 * 3_600_000) };
  const expiresOn = addDays(dayOf(ctx.now), 1); // the first to go
  await receiveStock(before, { cause: 'opening', location: 'S01', lines: [{ sku, quantity: 10, unitCostFen, lot, expiresOn }] });
  for (const { externalId } of customers.slice(20, 23))
    await placeStoreOrder(before, {
      store: 'S01',
      customerId: customerIds.get(externalId),
      lines: [{ sku, quantity: 1 }],
      payment: 'card',
      source: 'demo',
    });
  const { id } = await startRecall(ctx, { sku, lot, reason: '封口不严，可能漏气' });
  await finishRecall(ctx, { id, to: 'closed', reason: '已通知全部买家，门店余货已下架' });
}
