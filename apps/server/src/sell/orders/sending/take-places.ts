import type { Ctx } from '../../../platform/ctx.ts';
import { addDays, dayOf } from '../../../platform/time.ts';
import {
  type CapacityClaim, giveCapacityBack, keepDecisions, loadRouting, type Route, routeOrders, type Routing, routesOf, takeCapacity,
} from '../../../supply/routing/index.ts'; // prettier-ignore
import { type LockedOrder, noteOrders } from '../change-order.ts';
import { raiseHolds } from '../hold/holds.ts';
import { factsFor, type LineToSend, locationsOf, routeLine, unitsIn } from './lines-to-send.ts';
import { recipientOf } from './plan-fulfilments.ts';

type Lines = ReadonlyMap<string, LineToSend[]>;

/** An order that goes out from elsewhere, since where it is promised has no place left today. */
export interface PassedOver {
  order: LockedOrder;
  route: Route;
}

/**
 * Takes each order a place in today's work where it is promised. A location that is full is passed over: the next one by the rules takes
 * the order, while the rule of capacity is on. Where all are full, or a person chose the place, it waits with the reason and the day on
 * which it goes on by itself. Answers those that go out from elsewhere (their promise has still to move) and those that wait.
 */
export async function takePlaces(
  ctx: Ctx,
  orders: readonly LockedOrder[],
  lines: Lines,
): Promise<{ passedOver: PassedOver[]; waiting: Set<string> }> {
  const routing = await loadRouting(ctx.tx, dayOf(ctx.now));
  const claims = orders.flatMap(({ id }) => claimsFor(id, locationsOf(lines.get(id) ?? [])));
  const missed = Map.groupBy(await takeCapacity(ctx, claims, limitsOf(routing)), ({ orderId }) => orderId);
  if (missed.size === 0) return { passedOver: [], waiting: new Set() };
  const short = orders.filter(({ id }) => missed.has(id));
  await giveCapacityBack(ctx, [...missed.keys()]); // of an order that waits, no place waits with it
  const passedOver = await passOver(ctx, short, { lines, routing });
  const gone = new Set(passedOver.map(({ order }) => order.id));
  const waiting = [...missed].filter(([orderId]) => !gone.has(orderId));
  const until = addDays(dayOf(ctx.now), 1);
  await raiseHolds(
    ctx,
    waiting.map(([orderId, own]) => ({
      orderId,
      reason: 'no_capacity' as const,
      details: { locations: own.map(({ location }) => location), until },
    })),
  );
  return { passedOver, waiting: new Set(waiting.map(([orderId]) => orderId)) };
}

/** Whether an order that waits for capacity could go today, here or elsewhere; a look, nothing is taken. */
export async function couldGoToday(ctx: Ctx, order: LockedOrder, lines: readonly LineToSend[]): Promise<boolean> {
  const routing = await loadRouting(ctx.tx, dayOf(ctx.now));
  const isFull = (location: string) => {
    const { dailyCapacity, usedToday = 0 } = routing.locations.get(location) ?? {};
    return dailyCapacity !== undefined && usedToday >= dailyCapacity;
  };
  if (!locationsOf(lines).some(isFull)) return true;
  return (await waysFor(ctx, [order], { lines: new Map([[order.id, [...lines]]]), routing })).length > 0;
}

/** Counts the places of an order that is sent from elsewhere while it is on its way out: its word has been given. */
export async function countPlaces(ctx: Ctx, orderId: string, locations: readonly string[]): Promise<void> {
  const limits = limitsOf(await loadRouting(ctx.tx, dayOf(ctx.now)));
  await takeCapacity(ctx, claimsFor(orderId, locations), limits, { isForced: true });
}

const claimsFor = (orderId: string, locations: readonly string[]): CapacityClaim[] =>
  [...new Set(locations)].map((location) => ({ orderId, location }));

const limitsOf = ({ locations }: Routing): Map<string, number> =>
  new Map(
    [...locations.values()].flatMap(({ location, dailyCapacity }) =>
      dailyCapacity === undefined ? [] : [[location, dailyCapacity]],
    ),
  );

interface Known {
  lines: Lines;
  routing: Routing;
}

async function passOver(ctx: Ctx, short: readonly LockedOrder[], { lines, routing }: Known): Promise<PassedOver[]> {
  const ways = await waysFor(ctx, short, { lines, routing });
  const claims = ways.flatMap(({ order, route }) => claimsFor(order.id, route.parcels.map(({ location }) => location))); // prettier-ignore
  const missed = new Set((await takeCapacity(ctx, claims, limitsOf(routing))).map(({ orderId }) => orderId));
  await giveCapacityBack(ctx, [...missed]);
  const found = ways.filter(({ order }) => !missed.has(order.id));
  await keepDecisions(
    ctx,
    found.map(({ order, route }) => ({ orderId: order.id, origin: 'capacity', parcels: route.parcels, route })),
  );
  await noteOrders(
    ctx,
    found.map(({ order, route }) => ({
      orderId: order.id,
      what: 'rerouted',
      details: {
        from: locationsOf(lines.get(order.id) ?? []),
        to: route.parcels.map(({ location }) => location),
        reason: 'no_capacity',
      },
    })),
  );
  return found;
}

/** Where orders could go out from today instead; a pick-up, and what a person sent somewhere, stays. */
async function waysFor(ctx: Ctx, short: readonly LockedOrder[], { lines, routing }: Known): Promise<PassedOver[]> {
  if (!routing.rules.some(({ kind, isOn }) => kind === 'capacity' && isOn)) return [];
  const before = await routesOf(
    ctx.tx,
    short.map(({ id }) => id),
  );
  const movable = short.filter(({ id, pickupAt }) => pickupAt === null && before.get(id)?.[0]?.origin !== 'person');
  const facts = await factsFor(
    ctx.tx,
    movable.map(({ id }) => lines.get(id) ?? []),
  );
  const routes = await routeOrders(ctx, {
    orders: movable.map((order) => {
      const own = (lines.get(order.id) ?? []).filter((line) => unitsIn(line) > 0);
      return {
        region: recipientOf(order).region,
        channel: order.channel,
        lines: own.map((line) => routeLine(line, facts, unitsIn(line))),
        keeps: own.flatMap(({ promises }) => promises),
      };
    }),
  });
  return movable.flatMap((order, index) => {
    const route = routes[index];
    return route === undefined || route.full.length > 0 ? [] : [{ order, route }];
  });
}
