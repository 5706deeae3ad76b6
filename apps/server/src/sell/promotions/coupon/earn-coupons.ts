import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run, type Tx } from '../../../platform/db.ts';
import { randomCode } from './code.ts';

interface Earned {
  orderId: string;
  customerId: string;
  promotionId: string;
  endsAt: Date | null;
}

const earnedMax = 1_000_000;

/**
 * Gives members the coupons that their orders earned (`{ gives: 'coupon' }`), once the orders are paid: one an order and promotion, however
 * often it is called. Guests have nobody to give to. Without such a rule it costs one statement for the whole batch.
 */
export async function giveEarnedCoupons(ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  const earned = orderIds.length === 0 ? [] : await earnedBy(ctx.tx, orderIds);
  for (const [promotionId, rows] of Map.groupBy(earned, (row) => row.promotionId)) {
    const [batch] = await openBatch(ctx, promotionId);
    if (batch === undefined) continue; // stopped: nothing more is given
    const coupons = rows.map((row, index) => ({ ...row, code: randomCode(), place: batch.made + index + 1 }));
    const [told] = await run(
      ctx.tx,
      sql<{ given: number }>`with given as (
          insert into promotions.coupon (code, batch_id, position, customer_id, given_at, valid_to, earned_by)
          select code, ${batch.id}::uuid, place, "customerId", ${ctx.now}, "endsAt", "orderId"
          from jsonb_to_recordset(${json(coupons)}) as c (code text, place int, "customerId" uuid, "endsAt" timestamptz, "orderId" uuid)
          where place <= ${earnedMax} and not exists (
            select from promotions.coupon e where e.earned_by = c."orderId" and e.batch_id = ${batch.id}
          ) returning 1
        ) select count(*)::int as given from given`,
    );
    const made = Math.min(earnedMax, batch.made + rows.length);
    await run(
      ctx.tx,
      sql`update promotions.coupon_batch set made = ${made}, given = given + ${told?.given ?? 0} where id = ${batch.id}`,
    );
  }
}

/** An order that was called off takes back what it earned, if nobody used it yet. */
export async function withdrawEarned(ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  await run(
    ctx.tx,
    sql`update promotions.coupon set valid_to = ${ctx.now} where earned_by = any(${[...orderIds]}::uuid[]) and uses = 0`,
  );
}

const earnedBy = (tx: Tx, orderIds: readonly string[]): Promise<Earned[]> =>
  run(
    tx,
    sql<Earned>`select distinct t.order_id as "orderId", t.customer_key::uuid as "customerId", next.id as "promotionId", next.ends_at as "endsAt"
      from promotions.claim t
      join promotions.promotion p on p.id = t.promotion_id and p."then" ->> 'gives' = 'coupon'
      join promotions.promotion next on next.id = (p."then" ->> 'promotionId')::uuid and next.state <> 'ended'
      where t.order_id = any(${[...orderIds]}::uuid[]) and t.kind = 'taken' and t.customer_key ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
        and not exists (select from promotions.claim r where r.order_id = t.order_id and r.promotion_id = t.promotion_id
          and r.coupon_code = t.coupon_code and r.round = t.round and r.kind = 'returned')
      order by next.id, t.order_id`,
  );

/** The batch that grows by what orders earn, made when the first does; locked, so that its places are counted one after another. */
async function openBatch(ctx: Ctx, promotionId: string): Promise<{ id: string; made: number }[]> {
  await run(
    ctx.tx,
    sql`insert into promotions.coupon_batch (name, promotion_id, kind, size, uses_per_code, valid_from, is_earned, state, created_by_id, created_by, created_at)
      values ('下单送券', ${promotionId}, 'single', ${earnedMax}, 1, ${ctx.now}, true, 'ready', 'promotions', 'promotions', ${ctx.now})
      on conflict (promotion_id) where is_earned do nothing`,
  );
  return run(
    ctx.tx,
    sql<{ id: string; made: number }>`select id, made from promotions.coupon_batch
      where promotion_id = ${promotionId} and is_earned and state = 'ready' for update`,
  );
}
