import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import type { Db } from './db.ts';
import { machineClock } from './time.ts';
import { migrateQueue } from './worker.ts';

const migrationsDir = join(import.meta.dirname, '../../migrations');

/** Brings a database forward: plain SQL files in order, each in a transaction, each once. An edited file is refused by its hash. */
export async function migrate(db: Db, dir = migrationsDir, now = machineClock()): Promise<string[]> {
  await migrateQueue(db);
  const client = await db.pool.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', ['tongshang.migrate']);
    await client.query('create schema if not exists platform');
    await client.query(`create table if not exists platform.migration
      (name text primary key, hash text not null, applied_at timestamptz not null default now())`);
    const done = await appliedHashes(client);
    const applied: string[] = [];
    for (const name of (await readdir(dir)).filter((file) => file.endsWith('.sql')).toSorted()) {
      const text = await readFile(join(dir, name), 'utf8');
      const hash = createHash('sha256').update(text).digest('hex');
      const before = done.get(name);
      if (before !== undefined && before !== hash)
        throw new Error(`${name} was edited after it was applied; write a new migration`);
      if (before !== undefined) continue;
      await applyOne(client, name, text, hash);
      applied.push(name);
    }
    await client.query(
      `select platform.ensure_event_partition(($1::timestamptz + make_interval(months => m))::date) from generate_series(0, 1) as m`,
      [now],
    );
    return applied;
  } finally {
    await client.query('select pg_advisory_unlock(hashtext($1))', ['tongshang.migrate']).catch(() => undefined);
    client.release();
  }
}

async function appliedHashes(client: PoolClient): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from platform.migration');
  return new Map(rows.map((row) => [row.name, row.hash]));
}

async function applyOne(client: PoolClient, name: string, text: string, hash: string): Promise<void> {
  const inTransaction = !text.startsWith('-- no-transaction');
  try {
    if (inTransaction) await client.query('begin');
    await client.query(text);
    await client.query('insert into platform.migration (name, hash) values ($1, $2)', [name, hash]);
    if (inTransaction) await client.query('commit');
  } catch (error) {
    if (inTransaction) await client.query('rollback');
    throw new Error(`migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
