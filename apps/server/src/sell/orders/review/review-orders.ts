import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { run, type Tx } from '../../../platform/db.ts';
import { addMs } from '../../../platform/time.ts';
import { lockBalances } from '../../payments/index.ts';
import { type LockedOrder, lockOrders } from '../change-order.ts';
import { stops } from '../hold/hold.ts';
import { holdsOf, raiseHolds } from '../hold/holds.ts';
import { recipientOf } from '../sending/plan-fulfilments.ts';
import { releaseOrders } from '../sending/release-order.ts';
import { type Finding, review, type ReviewedOrder, type ReviewRule } from './review.ts';
import { loadReviewRules } from './review-rules.ts';

/**
 * What happens to orders once they are paid: each is reviewed by the rules; those that nothing holds are released, all with a few
 * statements, the others wait with every reason that was found. Told twice, it has one effect.
 */
export async function reviewOrders(ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  const paid = await lockPaid(ctx, orderIds);
  if (paid.length === 0) return;
  const found = await findHolds(ctx, paid);
  await raiseHolds(
    ctx,
    paid.flatMap(({ id }) => (found.get(id) ?? []).map((finding) => ({ ...finding, orderId: id }))),
  );
  await releaseFree(ctx, paid);
}

/** Orders that only waited for what has just ended go on; those that something else still holds do not. Safe to call for any. */
export async function goOn(ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  await releaseFree(ctx, await lockPaid(ctx, orderIds));
}

async function lockPaid(ctx: Ctx, orderIds: readonly string[]): Promise<LockedOrder[]> {
  if (orderIds.length === 0) return [];
  return [...(await lockOrders(ctx, orderIds)).values()].filter((order) => order.state === 'paid');
}

async function releaseFree(ctx: Ctx, paid: readonly LockedOrder[]): Promise<void> {
  const holds = await holdsOf(
    ctx.tx,
    paid.map(({ id }) => id),
    { isOpen: true },
  );
  const free = paid.filter(({ id }) => !(holds.get(id) ?? []).some(({ reason }) => stops(reason)));
  await releaseOrders(ctx, free, 'rule');
}

/** Everything that the rules in force find about these orders, by order. */
async function findHolds(ctx: Ctx, paid: readonly LockedOrder[]): Promise<Map<string, Finding[]>> {
  const { rules } = await loadReviewRules(ctx.tx);
  const ids = paid.map(({ id }) => id);
  const balances = await lockBalances(ctx.tx, ids);
  const signs = rules.some(({ kind, isOn }) => kind === 'risk_score' && isOn) ? await signsOf(ctx.tx, ids, ctx.now) : new Map();
  return judgeOrders(paid, { rules, balances, signs });
}

export interface Signs {
  units: number;
  ordersToday: number;
  isFirst: boolean;
}

export function judgeOrders(
  orders: readonly LockedOrder[],
  {
    rules,
    balances,
    signs,
  }: {
    rules: readonly ReviewRule[];
    balances: ReadonlyMap<string, { receivedFen: number; refundedFen: number }>;
    signs: ReadonlyMap<string, Signs>;
  },
): Map<string, Finding[]> {
  return new Map(
    orders.map((order) => {
      const money = balances.get(order.id);
      const reviewed: ReviewedOrder = {
        recipient: recipientOf(order),
        isPickup: order.pickupAt !== null,
        note: order.note ?? '',
        owedFen: order.totalFen - order.cancelledFen,
        heldFen: (money?.receivedFen ?? 0) - (money?.refundedFen ?? 0),
        isGuest: order.customerId === null,
        ...(signs.get(order.id) ?? { units: 0, ordersToday: 1, isFirst: false }),
      };
      return [order.id, review(reviewed, rules)];
    }),
  );
}

/** How much and how often the buyers of these orders buy, with one statement. */
export async function signsOf(tx: Tx, orderIds: readonly string[], now: Date): Promise<Map<string, Signs>> {
  const rows = await run(
    tx,
    sql<Signs & { orderId: string }>`select o.id as "orderId",
        (select coalesce(sum(quantity), 0)::int from orders.line l where l.order_id = o.id) as units,
        case when o.customer_id is null then 1 else (select count(*)::int from orders."order" e where e.customer_id = o.customer_id
          and e.placed_at > ${addMs(now, -86_400_000)} and e.state <> 'cancelled') end as "ordersToday",
        o.customer_id is not null and not exists (select from orders."order" e where e.customer_id = o.customer_id
          and (e.placed_at, e.id) < (o.placed_at, o.id) and e.state <> 'cancelled') as "isFirst"
      from orders."order" o where o.id = any(${[...orderIds]}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.orderId, row]));
}
