import { sql } from 'kysely';
import { run, type Tx } from '../../../platform/db.ts';

export interface Drift {
  what: 'promotion' | 'coupon' | 'customer';
  key: string;
  kept: string;
  booked: string;
}

/** Balances, uses of codes and counts of customers that are not the sum of the ledger. None, unless a row was corrupted. */
export const findDrift = (tx: Tx): Promise<Drift[]> =>
  run(
    tx,
    sql<Drift>`with booked as (
        select promotion_id, shard, sum(amount_fen) as spent, sum(uses) as uses, sum(units) as units from promotions.claim group by 1, 2
      ), counted as (
        select scope, customer_key, sum(uses) as uses, sum(units) as units from (
          select promotion_id as scope, customer_key, uses, units from promotions.claim where counts_customer
          union all select batch_id, customer_key, uses, units from promotions.claim where counts_batch
        ) counts group by 1, 2
      )
      select 'promotion' as what, promotion_id || '/' || shard as key, concat_ws('/', b.spent_fen, b.uses, b.units) as kept,
        concat_ws('/', coalesce(k.spent, 0), coalesce(k.uses, 0), coalesce(k.units, 0)) as booked
      from promotions.balance b full join booked k using (promotion_id, shard)
      where (b.spent_fen, b.uses, b.units) is distinct from (coalesce(k.spent, 0), coalesce(k.uses, 0), coalesce(k.units, 0))
      union all
      select 'coupon', coalesce(c.code, k.code), c.uses::text, k.uses::text
      from (select code, uses from promotions.coupon where uses > 0) c
      full join (select coupon_code as code, sum(uses) as uses from promotions.claim where coupon_code <> '' group by 1) k using (code)
      where coalesce(c.uses, 0) <> coalesce(k.uses, 0)
      union all
      select 'customer', scope || '/' || customer_key, concat_ws('/', c.uses, c.units), concat_ws('/', k.uses, k.units)
      from promotions.customer_use c full join counted k using (scope, customer_key)
      where (coalesce(c.uses, 0), coalesce(c.units, 0)) <> (coalesce(k.uses, 0), coalesce(k.units, 0))`,
  );
