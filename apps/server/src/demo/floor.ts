// The floor of the demo as it stands this minute: work in every state, made by the same use cases that people's buttons call.
import { sql } from 'kysely';
import type { House } from '../house.ts';
import type { Actor, Ctx } from '../platform/ctx.ts';
import { run } from '../platform/db.ts';
import { emit, reactOnce } from '../platform/events.ts';
import { addDays, addMs, dayOf } from '../platform/time.ts';
import { placeOrder } from '../sell/orders/index.ts';
import { paymentCaptured, takeAtTill } from '../sell/payments/index.ts';
import { stockLevelsOf } from '../supply/inventory/index.ts';
import { collectPickup, deliverFulfilments, fulfilmentsOf } from '../supply/warehouse/index.ts';
import { finishPacking } from '../supply/warehouse/finish-packing.ts';
import { finishPicking } from '../supply/warehouse/finish-picking.ts';
import { handOver } from '../supply/warehouse/hand-over.ts';
import { getFulfilment } from '../supply/warehouse/queries.ts';
import { rejectFulfilment } from '../supply/warehouse/reject-fulfilment.ts';
import { scanIntoParcel } from '../supply/warehouse/scan-into-parcel.ts';
import { startPicking } from '../supply/warehouse/start-picking.ts';
import { demoSkus } from './catalogue.ts';
import type { DemoCustomer } from './people.ts';

/** How far somebody has come with it. */
type Stage = 'open' | 'picking' | 'picked' | 'packed' | 'gone' | 'there' | 'rejected' | 'collected' | 'kept';

interface Work {
  stage: Stage;
  location: string;
  /** The buyer comes for it. */
  isPickup?: boolean;
  /** Days since the buyer placed it. */
  daysAgo?: number;
  /** Promised for so many days ago: late by now. */
  lateDays?: number;
}

const work: readonly Work[] = [
  ...Array.from({ length: 4 }, (): Work => ({ stage: 'open', location: 'WH1' })),
  { stage: 'open', location: 'WH1', daysAgo: 3, lateDays: 1 },
  { stage: 'picking', location: 'WH1' },
  { stage: 'picking', location: 'WH1' },
  { stage: 'picked', location: 'WH1' },
  { stage: 'picked', location: 'WH1' },
  { stage: 'packed', location: 'WH1' },
  { stage: 'packed', location: 'WH1' },
  { stage: 'gone', location: 'WH1' },
  { stage: 'gone', location: 'WH1', daysAgo: 6, lateDays: 2 },
  { stage: 'there', location: 'WH1', daysAgo: 2 },
  { stage: 'rejected', location: 'S01' },
  { stage: 'open', location: 'S02', isPickup: true },
  { stage: 'kept', location: 'S02', isPickup: true },
  { stage: 'kept', location: 'S01', isPickup: true },
  { stage: 'kept', location: 'S03', isPickup: true, daysAgo: 9 }, // nobody came: it lapses when the house starts
  { stage: 'collected', location: 'S02', isPickup: true },
];

interface Demo {
  house: House;
  customers: readonly DemoCustomer[];
  customerIds: ReadonlyMap<string, string>;
  worker: Actor;
}

/** Places orders of the shop, pays and releases them day by day, and lets the floor come as far with each as the list above says. */
export async function workOnFloor(ctx: Ctx, { house, customers, customerIds, worker }: Demo): Promise<void> {
  const shelves = await plentyAt(ctx);
  const placed: { one: Work; orderId: string; at: Date }[] = [];
  for (const [daysAgo, day] of [...Map.groupBy(work, ({ daysAgo = 0 }) => daysAgo)].toSorted(([a], [b]) => b - a)) {
    const at = (index: number) => addMs(ctx.now, -daysAgo * 86_400_000 - (work.length - index) * 90_000);
    for (const one of day) {
      const index = placed.length;
      const customer = customers[40 + index];
      const lines = (shelves.get(one.location) ?? []).splice(0, 1 + (index % 2)).map((sku) => ({ sku, quantity: 1 }));
      if (customer === undefined || lines.length === 0) continue;
      const orderId = await placePaid({ ...ctx, now: at(index) }, { customer, customerIds, lines, one });
      placed.push({ one, orderId, at: at(index) });
    }
    await tellOrders({ ...ctx, now: at(placed.length) }, house);
  }
  const fulfilments = await fulfilmentsOf(
    ctx.tx,
    placed.map(({ orderId }) => orderId),
  );
  for (const { one, orderId, at } of placed) {
    const own = fulfilments.find((fulfilment) => fulfilment.orderId === orderId);
    if (own !== undefined) await carryOn({ ...ctx, actor: worker, now: addMs(at, 80_000) }, own, { one, now: ctx.now });
  }
  await tellOrders(ctx, house);
}

/** Clothes of which there is more than enough: they need no lot and no number. */
async function plentyAt(ctx: Ctx): Promise<Map<string, string[]>> {
  const clothes = demoSkus.filter(({ item }) => item.line === 'apparel').map(({ sku }) => sku);
  const levels = (await stockLevelsOf(ctx.tx, clothes)).filter(({ available }) => available > 5);
  return new Map([...Map.groupBy(levels, ({ location }) => location)].map(([place, own]) => [place, own.map(({ sku }) => sku)]));
}

interface Placing {
  customer: DemoCustomer;
  customerIds: Demo['customerIds'];
  lines: { sku: string; quantity: number }[];
  one: Work;
}

async function placePaid(ctx: Ctx, { customer, customerIds, lines, one }: Placing): Promise<string> {
  const { name, phone, region, address, externalId } = customer;
  const { orderId, number, totalFen } = await placeOrder(ctx, {
    channel: 'shop',
    location: one.location,
    customerId: customerIds.get(externalId),
    lines,
    recipient: { name, phone, region, address },
    provider: 'till',
    source: 'demo',
    ...(one.isPickup === true && { pickupAt: one.location }),
    ...(one.lateDays !== undefined && { promisedOn: addDays(dayOf(ctx.now), (one.daysAgo ?? 0) - one.lateDays) }),
  });
  const paid = { orderId, reference: number, method: 'card' as const, amountFen: totalFen, currency: 'CNY' };
  const paymentId = await takeAtTill(ctx, paid);
  if (paymentId !== undefined) await emit(ctx, paymentCaptured, { paymentId, orderId, amountFen: totalFen });
  return orderId;
}

/** What the worker would do when it starts: orders hear what happened to their money and their parcels. */
async function tellOrders(ctx: Ctx, house: House): Promise<void> {
  for (;;) {
    const untold = await run(
      ctx.tx,
      sql<{ id: string; reaction: string }>`select e.id, r.name as reaction from platform.event e
        join platform.reaction r on r.event = e.name and r.name like 'orders.%'
        where e.xid = pg_current_xact_id() and not exists (
          select from platform.reaction_done d where d.event_id = e.id and d.reaction = r.name) order by e.seq`,
    );
    if (untold.length === 0) return;
    for (const [name, own] of Map.groupBy(untold, ({ reaction }) => reaction)) {
      const reaction = house.reactions.find((candidate) => candidate.name === name);
      if (reaction === undefined) return;
      const ids = own.map(({ id }) => id);
      await reactOnce({ ...ctx, actor: { kind: 'system', name } }, reaction, ids);
    }
  }
}

async function carryOn(
  ctx: Ctx,
  { fulfilmentId, pickupCode }: { fulfilmentId: string; pickupCode: string | null },
  { one: { stage, location }, now }: { one: Work; now: Date },
): Promise<void> {
  if (stage === 'open') return;
  if (stage === 'rejected') return rejectFulfilment(ctx, { fulfilmentId, reason: 'no_staff' });
  const pickListId = await startPicking(ctx, { location, fulfilmentIds: [fulfilmentId], maximum: 1 });
  if (stage === 'picking') return;
  await finishPicking(ctx, { pickListId, shortages: [] });
  if (stage === 'picked') return;
  const { lines } = await getFulfilment(ctx, fulfilmentId);
  for (const { sku, quantity } of lines) await scanIntoParcel(ctx, { fulfilmentId, code: sku, quantity });
  await finishPacking(ctx, { fulfilmentId });
  if (stage === 'packed' || stage === 'kept') return;

  const today = { ...ctx, now }; // units leave now: the history of stock runs forward
  if (stage === 'collected') return void (await collectPickup(today, { location, code: pickupCode ?? '' }));
  const { carrier } = await getFulfilment(ctx, fulfilmentId);
  await handOver(today, { location, carrier: carrier ?? '', fulfilmentIds: [fulfilmentId] });
  if (stage === 'there') await deliverFulfilments(today, [{ fulfilmentId }]);
}
