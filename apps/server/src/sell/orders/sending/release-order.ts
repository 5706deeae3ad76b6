import type { Ctx } from '../../../platform/ctx.ts';
import { emitMany } from '../../../platform/events.ts';
import { allocateLots, lockLevels, movePromise } from '../../../supply/inventory/index.ts';
import { type Decision, keepDecisions } from '../../../supply/routing/index.ts';
import { openFulfilments } from '../../../supply/warehouse/index.ts';
import { type LockedOrder, lockOrder, moveOrders, noteOrders } from '../change-order.ts';
import { orderReleased } from '../events.ts';
import { raiseHolds, releaseHolds } from '../hold/holds.ts';
import { checkStep } from '../order.ts';
import { factsFor, type LineToSend, linesToSend, locationsOf, unpromised } from './lines-to-send.ts';
import { moved, movesTo } from './move-lines.ts';
import { parcelsOf, plansFor } from './plan-fulfilments.ts';
import { countPlaces, type PassedOver, takePlaces } from './take-places.ts';

type Lines = ReadonlyMap<string, LineToSend[]>;

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
 * aside, today's capacity taken, elsewhere where a place is full. One that is not all promised yet, or for which all places are full, waits
 * with the reason and goes on by itself later. A person's word goes before capacity. Answers those that were released.
 */
export async function releaseOrders(ctx: Ctx, orders: readonly LockedOrder[], by: 'rule' | 'person'): Promise<LockedOrder[]> {
  if (orders.length === 0) return [];
  const all = orders.toSorted((a, b) => a.placedAt.getTime() - b.placedAt.getTime() || (a.id < b.id ? -1 : 1));
  const lines = await linesToSend(
    ctx.tx,
    all.map(({ id }) => id),
  );
  const late = await waitForStock(ctx, all, lines);
  const whole = all.filter(({ id }) => !late.has(id));
  const { passedOver, waiting } = await placesFor(ctx, whole, { lines, by });
  const free = whole.filter(({ id }) => !waiting.has(id));
  if (free.length === 0) return [];
  const sent = withPassedOver(lines, passedOver);

  await moveOrders(
    ctx,
    free.map((order) => ({ order, steps: [{ to: 'released', details: { by } }] })),
  );
  await keepDecisions(
    ctx,
    free.map((order) => firstDecision(order, sent)),
    { isFirst: true },
  );
  await send(ctx, free, sent);
  await emitMany(
    ctx,
    orderReleased,
    free.map(({ id }) => ({ orderId: id })),
  );
  await movePromises(ctx, passedOver, { before: lines, after: sent });
  await allocateLots(
    ctx,
    free.map(({ id }) => id),
  ); // last: hot rows are held shortest
  return free;
}

/** A person's word goes before capacity: the places are counted, and not asked. */
async function placesFor(
  ctx: Ctx,
  orders: readonly LockedOrder[],
  { lines, by }: { lines: Lines; by: 'rule' | 'person' },
): Promise<Awaited<ReturnType<typeof takePlaces>>> {
  if (by === 'rule') return takePlaces(ctx, orders, lines);
  for (const { id } of orders) await countPlaces(ctx, id, locationsOf(lines.get(id) ?? []));
  return { passedOver: [], waiting: new Set() };
}

const withPassedOver = (lines: Lines, passedOver: readonly PassedOver[]): Lines =>
  new Map([...lines, ...passedOver.map(({ order: { id }, route }) => [id, moved(lines.get(id) ?? [], route.parcels)] as const)]);

/** Pins the promises to where the orders go out from now: all balances are locked first, in the one order. */
async function movePromises(
  ctx: Ctx,
  passedOver: readonly PassedOver[],
  { before, after }: { before: Lines; after: Lines },
): Promise<void> {
  if (passedOver.length === 0) return;
  await lockLevels(
    ctx,
    [...before.values(), ...after.values()].flat().flatMap(({ promises }) => promises),
  );
  for (const { order, route } of passedOver)
    await movePromise(ctx, { orderId: order.id, moves: movesTo(before.get(order.id) ?? [], route.parcels) });
}

/** Opens the fulfilments of released orders and says on the timeline whose parcel another order shares. */
export async function send(ctx: Ctx, orders: readonly LockedOrder[], lines: Lines): Promise<void> {
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
async function waitForStock(ctx: Ctx, orders: readonly LockedOrder[], lines: Lines): Promise<Set<string>> {
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

/** The channel's first location had everything: nobody else was asked. */
const firstDecision = (order: LockedOrder, lines: Lines): Decision => ({
  orderId: order.id,
  origin: 'first_location',
  parcels: parcelsOf(lines.get(order.id) ?? []),
});
