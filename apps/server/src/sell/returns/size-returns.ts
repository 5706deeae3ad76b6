import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import { addDays, startOfDay } from '../../platform/time.ts';

/** What came back of a product because it did not fit. */
export interface SizeReturns {
  productId: string;
  /** As it was called when it was sold. */
  name: string;
  returns: number;
  units: number;
  /** The frozen share of what was paid for these units, fen. */
  amountFen: number;
}

/** Returns received in these days because of their size, by product; the dearest first, 500 at most. */
export const sizeReturns = (tx: Tx, { from, to }: { from: string; to: string }): Promise<SizeReturns[]> =>
  run(
    tx,
    sql<SizeReturns>`select l.product_id as "productId", (array_agg(l.name order by r.received_at desc))[1] as name,
        count(distinct r.id)::int as returns,
        sum(l.quantity)::int as units, sum(l.amount_fen)::bigint as "amountFen"
      from returns.return r join returns.line l on l.return_id = r.id
      where r.reason in ('too_small', 'too_large') and r.received_at >= ${startOfDay(from)} and r.received_at < ${startOfDay(addDays(to, 1))}
        and l.product_id is not null
      group by l.product_id order by "amountFen" desc, l.product_id limit 500`,
  );
