import type { routing as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import type { Tx } from '../../../platform/db.ts';
import { addDays, dayOf, startOfDay } from '../../../platform/time.ts';
import { checkLocations, type Route, routeOrders, type Rules } from '../../../supply/routing/index.ts';
import { type LockedOrder, ordersBy } from '../change-order.ts';
import { orders } from '../tables.ts';
import { factsFor, type LineToSend, linesToSend, routeLine } from '../sending/lines-to-send.ts';
import { recipientOf } from '../sending/plan-fulfilments.ts';
import type { Finding, ReviewRule } from './review.ts';
import { judgeOrders, signsOf } from './review-orders.ts';
import { loadReviewRules } from './review-rules.ts';

type Asked = z.output<typeof contract.dryRun.body>;
type Reply = z.input<typeof contract.dryRun.reply>;
type Outcome = Reply['now'];

const ordersMax = 2000;
const examplesMax = 50;

interface Judged {
  order: LockedOrder;
  route: Route | undefined;
  holds: Finding[];
}

/**
 * What other rules would have made of a day's orders, beside the rules in force: on today's stock, each order as if it were the only one,
 * all paid in full. Nothing is written. Refuses `location.not_found`.
 */
export async function dryRun(ctx: Ctx, { day = addDays(dayOf(ctx.now), -1), routing, review }: Asked): Promise<Reply> {
  if (routing !== undefined) await checkLocations(ctx, routing);
  const placed = await ordersOn(ctx.tx, day);
  const lines = await linesToSend(
    ctx.tx,
    placed.map(({ id }) => id),
  );
  const { rules } = await loadReviewRules(ctx.tx);
  const now = await judge(ctx, { placed, lines, routing: undefined, review: rules });
  const then = await judge(ctx, { placed, lines, routing, review: review?.rules ?? rules });
  const changed = now.flatMap((one, index) => {
    const other = then[index];
    return other === undefined || keyOf(one) === keyOf(other) ? [] : [{ one, other }];
  });
  return {
    day,
    orders: placed.length,
    now: sumUp(now),
    then: sumUp(then),
    changed: changed.length,
    examples: changed.slice(0, examplesMax).map(({ one, other }) => ({
      orderId: one.order.id,
      number: one.order.number,
      totalFen: one.order.totalFen,
      now: sideOf(one),
      then: sideOf(other),
    })),
  };
}

/** The last orders of the day that were to be sent, the newest first. */
async function ordersOn(tx: Tx, day: string): Promise<LockedOrder[]> {
  const rows = await orders(tx)
    .selectFrom('order')
    .select('id')
    .where('placed_at', '>=', startOfDay(day))
    .where('placed_at', '<', startOfDay(addDays(day, 1)))
    .where('channel', '<>', 'store')
    .where('recipient_name', 'is not', null)
    .orderBy('placed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(ordersMax)
    .execute();
  const found = await ordersBy(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id }) => found.get(id) ?? []);
}

interface Rulebook {
  placed: readonly LockedOrder[];
  lines: ReadonlyMap<string, LineToSend[]>;
  routing: Rules | undefined;
  review: readonly ReviewRule[];
}

async function judge(ctx: Ctx, { placed, lines, routing, review }: Rulebook): Promise<Judged[]> {
  const facts = await factsFor(ctx.tx, lines.values());
  const routes = await routeOrders(ctx, {
    rules: routing,
    isAlone: true,
    orders: placed.map((order) => {
      const own = (lines.get(order.id) ?? []).filter(({ quantity }) => quantity > 0);
      return {
        region: recipientOf(order).region,
        channel: order.channel,
        lines: own.map((line) => routeLine(line, facts)),
        keeps: own.flatMap(({ promises }) => promises),
      };
    }),
  });
  const signs = await signsOf(
    ctx.tx,
    placed.map(({ id }) => id),
    ctx.now,
  );
  const balances = new Map(placed.map(({ id, totalFen }) => [id, { receivedFen: totalFen, refundedFen: 0 }]));
  const found = judgeOrders(placed, { rules: review, balances, signs });
  return placed.map((order, index) => ({ order, route: routes[index], holds: found.get(order.id) ?? [] }));
}

const placesOf = ({ route }: Judged): string[] => (route?.parcels ?? []).map(({ location }) => location).toSorted();
const keyOf = (one: Judged): string => JSON.stringify([placesOf(one), one.holds.map(({ reason }) => reason)]);
const sideOf = (one: Judged) => ({
  locations: placesOf(one),
  holds: one.holds.map(({ reason }) => reason),
  decidedBy: one.route?.decidedBy ?? null,
});

function sumUp(judged: readonly Judged[]): Outcome {
  const reasons = Map.groupBy(
    judged.flatMap(({ holds }) => holds.map(({ reason }) => reason)),
    (reason) => reason,
  );
  const places = Map.groupBy(judged.flatMap(placesOf), (location) => location);
  return {
    held: judged.filter(({ holds }) => holds.length > 0).length,
    holds: [...reasons].map(([reason, own]) => ({ reason, orders: own.length })).toSorted((a, b) => b.orders - a.orders),
    split: judged.filter((one) => placesOf(one).length > 1).length,
    parcels: judged.reduce((sum, one) => sum + placesOf(one).length, 0),
    unroutable: judged.filter(({ route }) => route === undefined).length,
    locations: [...places]
      .map(([location, own]) => ({ location, parcels: own.length }))
      .toSorted((a, b) => b.parcels - a.parcels),
  };
}
