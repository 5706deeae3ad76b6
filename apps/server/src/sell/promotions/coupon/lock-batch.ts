import { sql } from 'kysely';
import { run, type Tx } from '../../../platform/db.ts';

/** Who gives codes to many waits for those who take one, and they for him; takers do not wait for one another, only for themselves. */
export async function lockBatch(tx: Tx, batchId: string, who: 'giving' | { taker: string }): Promise<void> {
  if (who === 'giving') {
    await run(tx, sql`select pg_advisory_xact_lock(hashtextextended('promotions.batch', hashtext(${batchId})))`);
    return;
  }
  await run(tx, sql`select pg_advisory_xact_lock_shared(hashtextextended('promotions.batch', hashtext(${batchId})))`);
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended('promotions.taker', hashtext(${`${batchId}${who.taker}`})))`);
}
