import type { Ctx } from '../../../platform/ctx.ts';
import { emitMany } from '../../../platform/events.ts';
import { dayOf } from '../../../platform/time.ts';
import { allocateLots } from '../../../supply/inventory/index.ts';
import { type Decision, keepDecisions, loadRouting, takeCapacity } from '../../../supply/routing/index.ts';
import { openFulfilments } from '../../../supply/warehouse/index.ts';
import { type LockedOrder, lockOrder, moveOrders, noteOrders } from '../change-order.ts';
import { orderReleased } from '../events.ts';
import { raiseHolds, releaseHolds } from '../hold/holds.ts';
import { checkStep } from '../order.ts';
import { factsFor, type LineToSend, linesToSend, unitsByLocation, unpromised } from './lines-to-send.ts';
import { parcelsOf, plansFor } from './plan-fulfilments.ts';

/**
 * Releases a paid order to the places that send it, whatever held it back; nothing goes where nothing is promised, and then it waits.
 * Refuses `order.not_found`, `order.wrong_state`.
 */
export async function releaseOrder(ctx: Ctx, input: { orderId: string; version?: number | undefined }): Promise<void> {
  const order = await lockOrder(ctx, input);
  checkStep(order.state, 'release');
  await releaseHolds(ctx, { orderIds: [order.id] });
  await releaseOrders(ctx, [order], 'person');
}

/**
 * Gives locked, paid orders to the places where they are promised, all with a few statements: fulfilments are opened or joined, lots set
 * aside, today's capacity taken. One that is not all promised yet, or that finds no capacity, waits with the reason and goes on by itself
 * later. A person's word goes before capacity. Answers those that were released.
 */
export async function releaseOrders(ctx: Ctx, orders: readonly LockedOrder[], by: 'rule' | 'person'): Promise<LockedOrder[]> {
  if (orders.length === 0) return [];
  const all = orders.toSorted((a, b) => a.placedAt.getTime() - b.placedAt.getTime() || (a.id < b.id ? -1 : 1));
  const lines = await linesToSend(
    ctx.tx,
    all.map(({ id }) => id),
  );
  const late = await waitForStock(ctx, all, lines);
  const full = by === 'person' ? new Set<string>() : await waitForCapacity(ctx, all, { lines, late });
  const free = all.filter(({ id }) => !late.has(id) && !full.has(id));
  if (free.length === 0) return [];

  await moveOrders(
    ctx,
    free.map((order) => ({ order, steps: [{ to: 'released', details: { by } }] })),
  );
  await keepDecisions(
    ctx,
    free.map((order) => firstDecision(order, lines)),
    { isFirst: true },
  );
  await send(ctx, free, lines);
  await emitMany(
    ctx,
    orderReleased,
    free.map(({ id }) => ({ orderId: id })),
  );
  await allocateLots(
    ctx,
    free.map(({ id }) => id),
  ); // last: hot rows are held shortest
  return free;
}

/** Opens the fulfilments of released orders and says on the timeline whose parcel another order shares. */
export async function send(ctx: Ctx, orders: readonly LockedOrder[], lines: ReadonlyMap<string, LineToSend[]>): Promise<void> {
  const facts = await factsFor(ctx.tx, lines.values());
  const opened = await openFulfilments(
    ctx,
    orders.flatMap((order) => plansFor(order, lines.get(order.id) ?? [], facts)),
  );
  await noteOrders(
    ctx,
    opened.flatMap(({ orderId, isJoined, number, location }) =>
      isJoined ? [{ orderId, what: 'merged' as const, details: { fulfilment: number, location } }] : [],
    ),
  );
}

/** Orders of which units were sold before they are there wait for them. */
async function waitForStock(
  ctx: Ctx,
  orders: readonly LockedOrder[],
  lines: ReadonlyMap<string, LineToSend[]>,
): Promise<Set<string>> {
  const waiting = orders.flatMap(({ id }) => {
    const open = (lines.get(id) ?? []).filter((line) => unpromised(line) > 0);
    if (open.length === 0) return [];
    const missing = open.map((line) => ({ lineNo: line.lineNo, sku: line.sku, units: unpromised(line) }));
    const expectedOn = open
      .flatMap((line) => line.expectedOn ?? [])
      .toSorted()
      .at(-1);
    return [
      {
        orderId: id,
        reason: 'back_order' as const,
        details: { lines: missing, ...(expectedOn !== undefined && { expectedOn }) },
      },
    ];
  });
  await raiseHolds(ctx, waiting);
  return new Set(waiting.map(({ orderId }) => orderId));
}

/** Orders for which a location has no place left today wait until it has, or are sent from elsewhere. */
async function waitForCapacity(
  ctx: Ctx,
  orders: readonly LockedOrder[],
  { lines, late }: { lines: ReadonlyMap<string, LineToSend[]>; late: ReadonlySet<string> },
): Promise<Set<string>> {
  const { locations } = await loadRouting(ctx.tx, dayOf(ctx.now));
  const limits = new Map(
    [...locations.values()].flatMap(({ location, dailyCapacity }) =>
      dailyCapacity === undefined ? [] : [[location, dailyCapacity] as const],
    ),
  );
  const claims = orders
    .filter(({ id }) => !late.has(id))
    .flatMap(({ id }) => locationsOf(lines.get(id) ?? []).map((location) => ({ orderId: id, location })));
  const missed = await takeCapacity(ctx, claims, limits);
  const byOrder = Map.groupBy(missed, ({ orderId }) => orderId);
  await raiseHolds(
    ctx,
    [...byOrder].map(([orderId, own]) => ({
      orderId,
      reason: 'no_capacity' as const,
      details: { locations: own.map(({ location }) => location) },
    })),
  );
  return new Set(byOrder.keys());
}

export const locationsOf = (lines: readonly LineToSend[]): string[] =>
  [...new Set(lines.flatMap((line) => [...unitsByLocation(line).keys()]))].toSorted();

/** The channel's first location had everything: nobody else was asked. */
const firstDecision = (order: LockedOrder, lines: ReadonlyMap<string, LineToSend[]>): Decision => ({
  orderId: order.id,
  origin: 'first_location',
  parcels: parcelsOf(lines.get(order.id) ?? []),
});
