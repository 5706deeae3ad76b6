import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { inventory } from './tables.ts';

/** Refuses `location.not_found` for a place that is neither a warehouse nor a store of ours. */
export async function checkLocation(tx: Tx, location: string): Promise<void> {
  const known = await inventory(tx).selectFrom('location').select('code').where('code', '=', location).executeTakeFirst();
  if (known === undefined) refuse('location.not_found', { location });
}
