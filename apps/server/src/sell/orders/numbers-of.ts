import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';

/** The numbers people know these orders by; one that does not exist is absent. */
export async function numbersOf(tx: Tx, orderIds: readonly string[]): Promise<Map<string, string>> {
  if (orderIds.length === 0) return new Map();
  const rows = await run(
    tx,
    sql<{ id: string; number: string }>`select id, number from orders."order" where id = any(${[...orderIds]}::uuid[])`,
  );
  return new Map(rows.map(({ id, number }) => [id, number]));
}
