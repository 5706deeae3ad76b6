import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';

/** Says that the running set is another one: every process reads it anew once this transaction commits. */
export async function touchRevision(tx: Tx): Promise<void> {
  await run(tx, sql`update promotions.revision set token = gen_random_uuid()`);
}
