import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';

/** Of these customers, those without an order that stands: their next one is their first. */
export async function firstOrderers(tx: Tx, customerIds: readonly string[]): Promise<Set<string>> {
  if (customerIds.length === 0) return new Set();
  const rows = await run(
    tx,
    sql<{ id: string }>`select id::text from unnest(${[...new Set(customerIds)]}::uuid[]) as id
      where not exists (select from orders."order" o where o.customer_id = id and o.state <> 'cancelled')`,
  );
  return new Set(rows.map((row) => row.id));
}
