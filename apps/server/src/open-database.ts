import { join } from 'node:path';
import { closeDb, type Db, openDb } from './platform/db.ts';
import { startPostgres } from './platform/embedded/postgres.ts';
import { migrate } from './platform/migrate.ts';

/**
 * The house's database for a command, brought forward: DATABASE_URL, or the embedded PostgreSQL, which is the one that `npm start` runs or
 * else one of our own for as long as this takes.
 */
export async function openHouseDatabase(name: string): Promise<{ db: Db } & AsyncDisposable> {
  const given = process.env['DATABASE_URL'];
  const dataDir = process.env['TONGSHANG_DATA_DIR'] ?? join(import.meta.dirname, '../../../data/local');
  const server = given ? undefined : await startPostgres({ dir: join(dataDir, 'postgres') });
  const db = openDb(given ?? server?.url ?? '', { connectionsMax: 4, name });
  await migrate(db);
  return {
    db,
    [Symbol.asyncDispose]: async () => {
      await closeDb(db);
      if (server?.adopted === false) await server.stop();
    },
  };
}
