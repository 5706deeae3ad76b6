import type { Tx } from '../../platform/db.ts';
import { collection } from './tables.ts';

/** The server source that a secret write key belongs to; a browser's key is public and stands for nobody. */
export const findServer = (tx: Tx, writeKey: string): Promise<{ name: string } | undefined> =>
  collection(tx)
    .selectFrom('source')
    .select('name')
    .where('write_key', '=', writeKey)
    .where('kind', '=', 'server')
    .where('is_active', '=', true)
    .executeTakeFirst();
