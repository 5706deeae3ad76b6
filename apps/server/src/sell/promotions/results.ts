import type { promotions as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { getPromotion } from './queries.ts';

type Results = z.input<typeof contract.getPromotionResults.reply>;

/**
 * What a promotion gave and what was sold with it, from the ledger: orders cancelled since count with what they gave back, on the day of
 * the order. Refuses `promotion.not_found`.
 */
export async function getResults(ctx: Ctx, id: string): Promise<Results> {
  const promotion = await getPromotion(ctx, id);
  const [sums] = await run(
    ctx.tx,
    sql<Omit<Results, 'promotion' | 'byDay'>>`with standing as (${standingOrders(id)})
      select (select coalesce(sum(uses), 0)::int from promotions.balance where promotion_id = ${id}) as uses,
        count(*)::int as orders,
        (select count(*)::int from (
          select from promotions.claim where promotion_id = ${id} group by order_id having sum(uses) <= 0
        ) gone) as "ordersReturned",
        count(distinct customer_key)::int as customers, coalesce(sum(spent), 0)::bigint as "spentFen", coalesce(sum(units), 0)::bigint as units,
        coalesce(sum(goods), 0)::bigint as "goodsFen", coalesce(sum(cost), 0)::bigint as "costFen",
        coalesce(sum(goods - tax - cost), 0)::bigint as "marginFen"
      from standing`,
  );
  const byDay = await run(
    ctx.tx,
    sql<Results['byDay'][number]>`with standing as (${standingOrders(id)})
      select to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, count(*)::int as orders, sum(units)::bigint as units,
        sum(spent)::bigint as "spentFen", sum(goods)::bigint as "goodsFen", sum(goods - tax - cost)::bigint as "marginFen"
      from standing group by 1 order by 1`,
  );
  if (sums === undefined) throw new Error('sums of no rows are a row');
  return { promotion, ...sums, byDay };
}

/** One row an order that took something and still stands; its goods count once, however many codes it gave. */
const standingOrders = (id: string) => sql`
  select order_id, min(customer_key) as customer_key, min(at) filter (where kind = 'taken') as at, sum(amount_fen) as spent, sum(units) as units,
    max(goods_fen) as goods, max(tax_fen) as tax, max(cost_fen) as cost
  from promotions.claim where promotion_id = ${id} group by order_id having sum(uses) > 0`;
