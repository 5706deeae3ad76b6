import type * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import { allocateLots, movePromise, releaseUnits } from '../../../supply/inventory/index.ts';
import { giveCapacityBack, keepDecisions, routeOrders, routesOf } from '../../../supply/routing/index.ts';
import type { fulfilmentRejected } from '../../../supply/warehouse/index.ts';
import { type LockedOrder, lockOrders, noteOrders } from '../change-order.ts';
import { raiseHolds } from '../hold/holds.ts';
import { factsFor, type LineToSend, linesToSend, routeLine, unitsByLocation, withUnits } from './lines-to-send.ts';
import { bookRejected } from './book-rejected.ts';
import { recipientOf } from './plan-fulfilments.ts';
import { send } from './release-order.ts';
import { moved, movesTo } from './move-lines.ts';
import { countPlaces } from './take-places.ts';

type Rejection = z.output<typeof fulfilmentRejected.payload>;

/**
 * A place says that it cannot send units: they are sent from elsewhere, never again from a place that refused them; where nobody else has
 * them the order waits, with the reason. Then the stock there is what the reason says it is.
 */
export async function takeRejection(ctx: Ctx, rejection: Rejection): Promise<void> {
  const ids = rejection.orders.map(({ orderId }) => orderId);
  const locked = await lockOrders(ctx, ids);
  const lines = await linesToSend(ctx.tx, ids);
  const before = await routesOf(ctx.tx, ids);
  for (const { orderId, lines: refused } of rejection.orders) {
    const order = locked.get(orderId);
    if (order === undefined || (order.state !== 'released' && order.state !== 'partly_shipped')) continue;
    const rejected = rejectedLines(lines.get(orderId) ?? [], refused, rejection.location);
    await sendElsewhere(ctx, order, {
      rejection,
      rejected,
      without: [rejection.location, ...refusersIn(before.get(orderId) ?? [])],
    });
  }
  await bookRejected(ctx, rejection);
}

/** Places that refused something of the order before. */
const refusersIn = (decisions: readonly { origin: string; reason: string | null }[]): string[] =>
  decisions.flatMap(({ origin, reason }) => (origin === 'rejection' ? (reason?.split(' ')[0] ?? []) : []));

interface RejectedLine {
  /** As if only the refused units were promised, and only there. */
  line: LineToSend;
  units: number;
  /** Units of the line that are promised anywhere. */
  held: number;
}

/** The units that were refused and are still promised there. */
function rejectedLines(
  lines: readonly LineToSend[],
  refused: readonly { lineNo: number; quantity: number }[],
  location: string,
): RejectedLine[] {
  return refused.flatMap(({ lineNo, quantity }) => {
    const line = lines.find((one) => one.lineNo === lineNo);
    if (line === undefined) return [];
    const places = unitsByLocation(line);
    const units = Math.min(quantity, places.get(location) ?? 0);
    const held = [...places.values()].reduce((sum, here) => sum + here, 0);
    return units === 0 ? [] : [{ line: withUnits(line, new Map([[location, units]])), units, held }];
  });
}

async function sendElsewhere(
  ctx: Ctx,
  order: LockedOrder,
  { rejection, rejected, without }: { rejection: Rejection; rejected: readonly RejectedLine[]; without: readonly string[] },
): Promise<void> {
  const { id: orderId } = order;
  const { location, reason, number } = rejection;
  await noteOrders(ctx, [{ orderId, what: 'rejected', details: { location, reason, fulfilment: number } }]);
  if (rejected.length === 0) return;
  const lines = rejected.map(({ line }) => line);
  const facts = await factsFor(ctx.tx, [lines]);
  const asked = rejected.map(({ line, units }) => routeLine(line, facts, units));
  const toRoute = { region: recipientOf(order).region, channel: order.channel, lines: asked, without };
  const [found] = order.pickupAt === null ? await routeOrders(ctx, { orders: [toRoute] }) : [];
  await giveCapacityBack(ctx, [orderId], [location]);
  if (found === undefined || found.full.length > 0) {
    await raiseHolds(ctx, [{ orderId, reason: 'no_location', details: { location, reason, skus: lines.map(({ sku }) => sku) } }]);
    const back = rejected.map(({ line, units, held }) => ({ lineNo: line.lineNo, quantity: units, of: held, location }));
    await releaseUnits(ctx, { orderId, lines: back });
    return;
  }
  await keepDecisions(ctx, [
    { orderId, origin: 'rejection', parcels: found.parcels, route: found, reason: `${location} ${reason}` },
  ]);
  const to = found.parcels.map((parcel) => parcel.location);
  await noteOrders(ctx, [{ orderId, what: 'rerouted', details: { from: [location], to, reason } }]);
  await send(ctx, [order], new Map([[orderId, moved(lines, found.parcels)]]));
  await countPlaces(ctx, orderId, to);
  await movePromise(ctx, { orderId, moves: movesTo(lines, found.parcels) });
  await allocateLots(ctx, [orderId]);
}
