import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { spelled } from '../coupon/code.ts';
import { type ClaimOutcome, decideClaims, type OrderToClaim } from './claims.ts';
import { type Locked, lockMeters } from './lock-meters.ts';

/**
 * Takes from budgets, limits and codes what these orders were given: each order all or nothing, in the order given, never a fen, use or
 * unit past a limit, however many processes place orders. An order that gets nothing keeps its outcome with the reason and must not be
 * placed at this price. Without any offer in the batch no statement runs.
 */
export async function claimOffers(ctx: Ctx, orders: readonly OrderToClaim[]): Promise<ClaimOutcome[]> {
  const claims = orders.flatMap(({ customerKey, applied }) =>
    applied.map(({ promotionId, couponCode }) => ({
      promotionId,
      code: couponCode === null ? undefined : spelled(couponCode),
      customerKey,
    })),
  );
  if (claims.length === 0) return orders.map(() => ({ isOk: true }));
  const meters = await lockMeters(ctx.tx, {
    promotionIds: [...new Set(claims.map((claim) => claim.promotionId))],
    codes: [...new Set(claims.flatMap((claim) => claim.code ?? []))],
    claims,
  });

  const outcomes = decideClaims(meters, orders);

  await writeClaims(
    ctx,
    orders.filter((_, index) => outcomes[index]?.isOk === true),
    meters,
  );
  return outcomes;
}

async function writeClaims(ctx: Ctx, orders: readonly OrderToClaim[], meters: Locked): Promise<void> {
  const shard = shardOf(orders[0]?.orderId ?? '');
  const rows = orders.flatMap(({ orderId, customerKey, applied, goodsFen, taxFen, costFen, round = 0 }) =>
    applied.map(({ promotionId, couponCode, amountFen, units }) => {
      const code = couponCode === null ? '' : spelled(couponCode);
      const batch = meters.batchOf.get(code);
      return {
        orderId, promotionId, code, customerKey, amountFen, units, goodsFen, taxFen, costFen, round,
        batchId: batch?.batchId ?? null,
        shard: meters.limited.has(promotionId) ? 0 : shard,
        countsCustomer: meters.perCustomer.has(promotionId),
        countsBatch: batch?.countsCustomer ?? false,
      };
    }),
  ); // prettier-ignore
  if (rows.length === 0) return;
  await run(
    ctx.tx,
    sql`with given as materialized (
        select * from jsonb_to_recordset(${json(rows)}) as g ("orderId" uuid, "promotionId" uuid, code text, "customerKey" text,
          "amountFen" bigint, units bigint, "goodsFen" bigint, "taxFen" bigint, "costFen" bigint, "batchId" uuid, shard smallint,
          "countsCustomer" boolean, "countsBatch" boolean, round smallint)
      ), claimed as (
        insert into promotions.claim (order_id, promotion_id, coupon_code, kind, batch_id, shard, customer_key, counts_customer, counts_batch,
          amount_fen, uses, units, goods_fen, tax_fen, cost_fen, round, at)
        select "orderId", "promotionId", code, 'taken', "batchId", shard, "customerKey", "countsCustomer", "countsBatch", "amountFen", 1, units,
          "goodsFen", "taxFen", "costFen", round, ${ctx.now}
        from given
      ), balanced as (
        insert into promotions.balance as b (promotion_id, shard, spent_fen, uses, units)
        select "promotionId", shard, sum("amountFen"), count(*), sum(units) from given group by 1, 2 order by 1, 2
        on conflict (promotion_id, shard) do update set spent_fen = b.spent_fen + excluded.spent_fen, uses = b.uses + excluded.uses,
          units = b.units + excluded.units
      ), used as (
        update promotions.coupon c set uses = c.uses + u.uses
        from (select code, count(*) as uses from given where code <> '' group by code) u where c.code = u.code
      )
      update promotions.customer_use c set uses = c.uses + u.uses, units = c.units + u.units
      from (
        select scope, "customerKey", sum(uses) as uses, sum(units) as units from (
          select "promotionId" as scope, "customerKey", 1 as uses, units from given where "countsCustomer"
          union all select "batchId", "customerKey", 1, units from given where "countsBatch"
        ) counts group by 1, 2
      ) u where c.scope = u.scope and c.customer_key = u."customerKey"`,
  );
}

/** Which of 16 rows a batch of orders adds to where a promotion has no end: random enough, and one for the whole batch. */
const shardOf = (orderId: string): number => Number.parseInt(orderId.at(-1) ?? '0', 16) || 0;
