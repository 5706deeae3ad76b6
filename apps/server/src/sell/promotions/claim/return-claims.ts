import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { withdrawEarned } from '../coupon/earn-coupons.ts';
import { lockMeters } from './lock-meters.ts';

interface Returned {
  orderId: string;
  promotionId: string;
  code: string;
  customerKey: string;
  batchId: string | null;
  shard: number;
  countsCustomer: boolean;
  countsBatch: boolean;
  amountFen: number;
  units: number;
}

/**
 * Gives back what these orders took: budgets, uses, units and codes can be had again. Once an order, however often it is called and by
 * however many at a time; an order that took nothing costs one statement for the whole batch.
 */
export async function returnClaims(ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  const returned = orderIds.length === 0 ? [] : await writeReturns(ctx, orderIds);
  if (returned.length === 0) return;
  await lockMeters(ctx.tx, {
    promotionIds: [...new Set(returned.map((row) => row.promotionId))],
    codes: [...new Set(returned.flatMap((row) => (row.code === '' ? [] : row.code)))],
    claims: returned.map(({ promotionId, code, customerKey }) => ({
      promotionId,
      code: code === '' ? undefined : code,
      customerKey,
    })),
  });
  await giveBack(ctx, returned);
  await withdrawEarned(ctx, orderIds);
}

/** The ledger's key lets each be written once; a second caller waits for the first and finds nothing to do. */
const writeReturns = (ctx: Ctx, orderIds: readonly string[]): Promise<Returned[]> =>
  run(
    ctx.tx,
    sql<Returned>`insert into promotions.claim (order_id, promotion_id, coupon_code, kind, batch_id, shard, customer_key, counts_customer,
        counts_batch, amount_fen, uses, units, goods_fen, tax_fen, cost_fen, round, at)
      select order_id, promotion_id, coupon_code, 'returned', batch_id, shard, customer_key, counts_customer, counts_batch, -amount_fen, -1,
        -units, -goods_fen, -tax_fen, -cost_fen, round, ${ctx.now}
      from promotions.claim where order_id = any(${[...orderIds]}::uuid[]) and kind = 'taken' order by order_id, promotion_id, coupon_code
      on conflict do nothing
      returning order_id as "orderId", promotion_id as "promotionId", coupon_code as code, customer_key as "customerKey", batch_id as "batchId",
        shard, counts_customer as "countsCustomer", counts_batch as "countsBatch", -amount_fen as "amountFen", -units as units`,
  );

async function giveBack(ctx: Ctx, rows: readonly Returned[]): Promise<void> {
  await run(
    ctx.tx,
    sql`with given as materialized (
        select * from jsonb_to_recordset(${json(rows)}) as g ("promotionId" uuid, code text, "customerKey" text, "amountFen" bigint,
          units bigint, "batchId" uuid, shard smallint, "countsCustomer" boolean, "countsBatch" boolean)
      ), balanced as (
        insert into promotions.balance as b (promotion_id, shard)
        select "promotionId", shard from given group by 1, 2 order by 1, 2
        on conflict (promotion_id, shard) do update set
          spent_fen = b.spent_fen - (select sum("amountFen") from given where "promotionId" = b.promotion_id and shard = b.shard),
          uses = b.uses - (select count(*) from given where "promotionId" = b.promotion_id and shard = b.shard),
          units = b.units - (select sum(units) from given where "promotionId" = b.promotion_id and shard = b.shard)
      ), used as (
        update promotions.coupon c set uses = c.uses - u.uses
        from (select code, count(*) as uses from given where code <> '' group by code) u where c.code = u.code
      )
      update promotions.customer_use c set uses = c.uses - u.uses, units = c.units - u.units
      from (
        select scope, "customerKey", sum(uses) as uses, sum(units) as units from (
          select "promotionId" as scope, "customerKey", 1 as uses, units from given where "countsCustomer"
          union all select "batchId", "customerKey", 1, units from given where "countsBatch"
        ) counts group by 1, 2
      ) u where c.scope = u.scope and c.customer_key = u."customerKey"`,
  );
}
