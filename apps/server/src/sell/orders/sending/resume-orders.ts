import { sql } from 'kysely';
import * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { Refusal } from '../../../platform/fail.ts';
import { job, jobType } from '../../../platform/jobs.ts';
import { allocateLots, promiseStock, releaseUnits } from '../../../supply/inventory/index.ts';
import { keepDecisions, type Route, routeOrders } from '../../../supply/routing/index.ts';
import { fulfilmentsOf } from '../../../supply/warehouse/index.ts';
import { type LockedOrder, lockOrders } from '../change-order.ts';
import { releaseHolds } from '../hold/holds.ts';
import type { HoldReason } from '../order.ts';
import { goOn } from '../review/review-orders.ts';
import { factsFor, type LineToSend, linesToSend, routeLine, unitsByLocation, unpromised, withUnits } from './lines-to-send.ts';
import { recipientOf } from './plan-fulfilments.ts';
import { send } from './release-order.ts';
import { unitsAt } from './move-lines.ts';
import { couldGoToday, countPlaces } from './take-places.ts';
import { hasLeft, isInHouse, unitsOf } from './sent.ts';

export const resumeOrders = jobType('orders/resume-orders', z.object({}));

const atOnce = 500;
const waitsFor: readonly HoldReason[] = ['back_order', 'no_capacity', 'no_location'];

/**
 * Lets orders go on for which what they waited for has come: stock, a place that has it, capacity of a new day. The oldest first, each in a
 * transaction of its own; one that still has to wait stays as it is.
 */
export const resumeOrdersJob = job(resumeOrders, async ({ inTx, signal }) => {
  const waiting = await inTx((ctx) =>
    run(
      ctx.tx,
      sql<{ orderId: string }>`select order_id as "orderId" from orders.hold
        where released_at is null and reason = any(${[...waitsFor]}::text[]) group by order_id order by min(raised_at), order_id limit ${atOnce}`,
    ),
  );
  for (const { orderId } of waiting) {
    if (signal.aborted) return;
    try {
      await inTx((ctx) => resumeOrder(ctx, orderId));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; // somebody was quicker: the next run looks again
    }
  }
});

/** One order: what it lacks is promised wherever it is now, and it goes on when nothing is lacking. Answers whether it did. */
export async function resumeOrder(ctx: Ctx, orderId: string): Promise<boolean> {
  const order = (await lockOrders(ctx, [orderId])).get(orderId);
  if (order === undefined || !['paid', 'released', 'partly_shipped'].includes(order.state)) return false;
  const lines = (await linesToSend(ctx.tx, [orderId])).get(orderId) ?? [];
  const parcels = order.state === 'paid' ? [] : await fulfilmentsOf(ctx.tx, [orderId]);
  const shipped = unitsOf(parcels.filter(hasLeft));
  const lacking = lines.filter((line) => unpromised(line, shipped.get(line.lineNo)) > 0);
  const found = lacking.length === 0 ? undefined : await findFor(ctx, order, { lacking, shipped });
  if (lacking.length > 0 && found === undefined) return false;
  if (order.state !== 'paid' && found !== undefined && found.full.length > 0) return false;
  if (order.state === 'paid' && found === undefined && !(await couldGoToday(ctx, order, lines))) return false;

  await releaseHolds(ctx, { orderIds: [orderId], reasons: waitsFor });
  const promised = found === undefined ? lines : lines.map((line) => (lacking.includes(line) ? withUnits(line, unitsAt(found.parcels, line.lineNo)) : line)); // prettier-ignore
  if (found !== undefined) await keepDecisions(ctx, [{ orderId, origin: 'back_order', parcels: found.parcels, route: found }]);
  if (order.state !== 'paid') await sendRest(ctx, order, { promised, inHouse: parcels.filter(isInHouse) });
  if (order.state !== 'paid' && found !== undefined) await countPlaces(ctx, orderId, found.parcels.map(({ location }) => location)); // prettier-ignore
  if (found !== undefined) await promise(ctx, order, { lacking, found });
  if (order.state === 'paid') await goOn(ctx, [orderId]);
  else await allocateLots(ctx, [orderId]);
  return true;
}

interface Lacking {
  lacking: readonly LineToSend[];
  shipped: ReadonlyMap<number, number>;
}

/** Where all units of the lacking lines can be promised, counting what they hold already; undefined while nobody has them. */
async function findFor(ctx: Ctx, order: LockedOrder, { lacking, shipped }: Lacking): Promise<Route | undefined> {
  const facts = await factsFor(ctx.tx, [lacking]);
  const [found] = await routeOrders(ctx, {
    orders: [
      {
        region: recipientOf(order).region,
        channel: order.channel,
        lines: lacking.map((line) => routeLine(line, facts, line.quantity - (shipped.get(line.lineNo) ?? 0))),
        keeps: lacking.flatMap(({ promises }) => promises),
        only: order.pickupAt ?? undefined,
      },
    ],
  });
  return found;
}

/** Promises the lacking lines anew and whole, in place of what they hold. Refuses `stock.insufficient` when somebody was quicker. */
async function promise(
  ctx: Ctx,
  order: LockedOrder,
  { lacking, found }: { lacking: readonly LineToSend[]; found: Route },
): Promise<void> {
  const all = lacking.map(({ lineNo }) => ({ lineNo, quantity: 1, of: 1 })); // all of each line, also what waits for units to come
  await releaseUnits(ctx, { orderId: order.id, lines: all });
  await promiseStock(ctx, {
    orderId: order.id,
    channel: order.channel,
    lines: found.parcels.flatMap(({ location, lines }) => lines.map((line) => ({ ...line, location }))),
  });
}

/** Opens fulfilments for what is promised and in nobody's work yet. */
async function sendRest(
  ctx: Ctx,
  order: LockedOrder,
  { promised, inHouse }: { promised: readonly LineToSend[]; inHouse: Awaited<ReturnType<typeof fulfilmentsOf>> },
): Promise<void> {
  const rest = promised.map((line) => {
    const units = [...unitsByLocation(line)].map(([location, quantity]) => {
      const here = unitsOf(inHouse.filter((one) => one.location === location)).get(line.lineNo) ?? 0;
      return [location, quantity - here] as const;
    });
    return withUnits(line, new Map(units.filter(([, quantity]) => quantity > 0)));
  });
  if (rest.some((line) => line.promises.length > 0)) await send(ctx, [order], new Map([[order.id, rest]]));
}
