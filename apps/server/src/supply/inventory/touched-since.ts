import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';

/** A point in the database's history: everything written by transactions that were open then or came later is `touched` since. */
export async function stockHorizon(tx: Tx): Promise<string> {
  const [row] = await run(tx, sql<{ horizon: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`);
  return row?.horizon ?? '0';
}

/**
 * SKUs whose stock may be another since a horizon: rows written since, whoever wrote them, and what earmarks of the time between begin or
 * end. One pass over the stock, for who looks once a minute and not for every change.
 */
export async function stockTouchedSince(
  tx: Tx,
  { horizon, from, to }: { horizon: string; from: Date; to: Date },
): Promise<string[]> {
  const rows = await run(
    tx,
    sql<{ sku: string }>`select sku from inventory.stock s where age(s.xmin) <= age(${horizon}::xid8::xid)
      union select sku from inventory.earmark where starts_at > ${from} and starts_at <= ${to}
      union select sku from inventory.earmark where ends_at > ${from} and ends_at <= ${to}`,
  );
  return rows.map(({ sku }) => sku);
}
