import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { allocateLots, listLocations, movePromise } from '../../../supply/inventory/index.ts';
import { giveCapacityBack, keepDecisions, type Route, routeOrders } from '../../../supply/routing/index.ts';
import { withdrawLines } from '../../../supply/warehouse/index.ts';
import { type LockedOrder, lockOrder, noteOrders } from '../change-order.ts';
import { releaseHolds } from '../hold/holds.ts';
import { checkStep } from '../order.ts';
import { factsFor, type LineToSend, linesToSend, locationsOf, routeLine, unitsByLocation, unitsIn } from './lines-to-send.ts';
import { moved, movesTo } from './move-lines.ts';
import { goOn } from '../review/review-orders.ts';
import { recipientOf } from './plan-fulfilments.ts';
import { send } from './release-order.ts';
import { countPlaces } from './take-places.ts';

export interface RerouteOrder {
  orderId: string;
  /** From there, whatever the rules say. */
  location?: string | undefined;
  without?: readonly string[] | undefined;
  reason: string;
  version?: number | undefined;
}

/**
 * Sends what has not left yet from elsewhere: the promise moves as one, at no moment are the units anybody else's. Refuses
 * `order.not_found`, `order.wrong_state`, `location.not_found`, and `order.no_location` when nobody else has it.
 */
export async function rerouteOrder(ctx: Ctx, input: RerouteOrder): Promise<void> {
  const order = await lockOrder(ctx, input);
  checkStep(order.state, 'reroute');
  await checkLocation(ctx, input.location);
  const all = await linesToSend(ctx.tx, [order.id]);
  const lines = (all.get(order.id) ?? []).filter((line) => unitsByLocation(line).size > 0);
  const facts = await factsFor(ctx.tx, [lines]);
  const [found] = await routeOrders(ctx, {
    orders: [
      {
        region: recipientOf(order).region,
        channel: order.channel,
        lines: lines.map((line) => routeLine(line, facts, unitsIn(line))),
        keeps: lines.flatMap(({ promises }) => promises),
        without: input.without,
        only: input.location,
      },
    ],
  });
  if (found === undefined || lines.length === 0) return refuse('order.no_location', { orderId: order.id });

  if (order.state !== 'paid') await withdrawLines(ctx, { orderId: order.id, lines: inHouse(lines), reason: 'rerouted' });
  const from = locationsOf(lines);
  await note(ctx, order, { found, from, reason: input.reason });
  if (order.state !== 'paid') await send(ctx, [order], new Map([[order.id, moved(lines, found.parcels)]]));
  await giveCapacityBack(ctx, [order.id], from);
  if (order.state !== 'paid') await countPlaces(ctx, order.id, placesIn(found));
  await movePromise(ctx, { orderId: order.id, moves: movesTo(lines, found.parcels) });
  if (order.state !== 'paid') await allocateLots(ctx, [order.id]);
  else await goOn(ctx, [order.id]);
}

async function checkLocation(ctx: Ctx, location: string | undefined): Promise<void> {
  if (location === undefined) return;
  const { items } = await listLocations(ctx.tx);
  if (!items.some(({ code }) => code === location)) refuse('location.not_found', { location });
}

const placesIn = ({ parcels }: Route): string[] => parcels.map(({ location }) => location);

const inHouse = (lines: readonly LineToSend[]) =>
  lines.flatMap((line) =>
    [...unitsByLocation(line)].map(([location, quantity]) => ({ lineNo: line.lineNo, quantity, location })),
  );

async function note(
  ctx: Ctx,
  order: LockedOrder,
  { found, from, reason }: { found: Route; from: readonly string[]; reason: string },
): Promise<void> {
  const { id: orderId } = order;
  const to = placesIn(found);
  await keepDecisions(ctx, [{ orderId, origin: 'person', parcels: found.parcels, route: found, reason }]);
  await noteOrders(ctx, [{ orderId, what: 'rerouted', details: { from, to, reason } }]);
  if (order.attention !== null) await releaseHolds(ctx, { orderIds: [orderId], reasons: ['no_capacity', 'no_location'] });
}
