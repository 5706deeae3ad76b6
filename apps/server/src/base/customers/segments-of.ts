import { type RawBuilder, sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';

/** The segments of these customers, by code; who is in none has an empty list. */
export async function segmentsOf(tx: Tx, customerIds: readonly string[]): Promise<Map<string, string[]>> {
  if (customerIds.length === 0) return new Map();
  const rows = await run(
    tx,
    sql<{ id: string; segments: string[] }>`
      select g.id, ${segmentsIn(sql`g.id`)} as segments from unnest(${[...new Set(customerIds)]}::uuid[]) as g (id)`,
  );
  return new Map(rows.map((row) => [row.id, row.segments]));
}

/** A customer's segments as part of another module's statement, which saves it a round trip without naming our tables. */
export const segmentsIn = (customerId: RawBuilder<unknown>): RawBuilder<string[]> =>
  sql<string[]>`array(select m.segment from customers.segment_member m where m.customer_id = ${customerId} order by m.segment)`;

/** Everybody in a segment; undefined when there is no such segment. */
export async function customersIn(tx: Tx, segment: string): Promise<string[] | undefined> {
  const [found] = await run(
    tx,
    sql<{
      ids: string[];
    }>`select array(select m.customer_id from customers.segment_member m where m.segment = s.code order by m.customer_id) as ids
      from customers.segment s where s.code = ${segment}`,
  );
  return found?.ids;
}
