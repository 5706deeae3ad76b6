// Who works, and who has died. A process of workers beats in a table and holds a lock that PostgreSQL lets go the moment the process is
// gone, however it went. The table alone would take a slow worker for a dead one; the lock alone would take a restarted database for it.
import { randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Db } from './db.ts';

const beatMs = 5_000;
/** Two beats missed and the lock free: dead. With the next beat of another its jobs are free 17 s after the last sign of life at most. */
const missedMs = 12_000;
/** Silent for so long, whatever it holds: hung, or its machine vanished and the connection has not noticed. */
const hungMs = 60_000;
const lockClass = 7_745_301;

const isLocked = `exists (select from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = ${lockClass}::oid
  and l.objid = w.lock_key::oid and l.database = (select oid from pg_database where datname = current_database()))`;
/** After a restart of the database nobody has had the time to take the lock again. */
const isDead = `(w.seen_at < now() - $2 * interval '1 ms' or (w.seen_at < now() - $1 * interval '1 ms' and not ${isLocked}
  and pg_postmaster_start_time() < now() - $1 * interval '1 ms'))`;

export interface Heartbeat {
  /** Takes the workers out of the table. Their jobs must have been given back. */
  stop: () => Promise<void>;
}

/** Beats for the workers named in `ids`, which may change, and frees the jobs of those who died. The first beat is done when it answers. */
export async function startHeartbeat(db: Db, logger: Logger, ids: ReadonlySet<string>): Promise<Heartbeat> {
  const stopping = new AbortController();
  const lockKey = randomInt(1, 2 ** 31 - 1);
  let client: pg.PoolClient | undefined;
  const letGo = (): void => {
    client?.release(true);
    client = undefined;
  };
  const beat = async (): Promise<void> => {
    try {
      client ??= await connectLocked(db, lockKey);
      await beatOnce(client, { ids: [...ids], lockKey, logger });
    } catch (error) {
      letGo();
      logger.error({ err: error }, 'heartbeat failed');
    }
  };
  await beat();
  const beating = (async () => {
    while (!stopping.signal.aborted) {
      await sleep(beatMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (!stopping.signal.aborted) await beat();
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await beating;
      letGo();
      await db.pool.query('delete from platform.worker where id = any($1::text[])', [[...ids]]).catch(() => undefined); // others notice in a while
    },
  };
}

/** Whether a worker lives that will do what is queued. */
export async function isAnyoneWorking(db: Db): Promise<boolean> {
  const { rows } = await db.pool.query<{ is: boolean }>(
    `select exists (select from platform.worker w where w.seen_at > now() - $1 * interval '1 ms' and ${isLocked}) as is`,
    [hungMs],
  );
  return rows[0]?.is === true;
}

export const freeJobsOf = (db: Db, ids: readonly string[]) =>
  db.pool.query('select graphile_worker.force_unlock_workers($1::text[])', [ids]);

async function connectLocked(db: Db, lockKey: number): Promise<pg.PoolClient> {
  const client = await db.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1::int, $2::int)', [lockClass, lockKey]);
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function beatOnce(
  client: pg.PoolClient,
  { ids, lockKey, logger }: { ids: readonly string[]; lockKey: number; logger: Logger },
): Promise<void> {
  await client.query(
    `insert into platform.worker (id, host, lock_key, started_at, seen_at) select id, $2, $3, now(), now() from unnest($1::text[]) as id
     on conflict (id) do update set seen_at = now(), lock_key = excluded.lock_key`,
    [ids, hostname(), lockKey],
  );
  const { rows } = await client.query<{ workers: number }>(
    `with dead as (delete from platform.worker w where ${isDead} returning id),
     nameless as (select distinct locked_by as id from graphile_worker.jobs where locked_at < now() - $2 * interval '1 ms'),
     gone as (select id from dead union select id from nameless where id not in (select id from platform.worker))
     select count(*)::int as workers, graphile_worker.force_unlock_workers(array_agg(id)) from gone having count(*) > 0`,
    [missedMs, hungMs],
  );
  const [freed] = rows;
  if (freed !== undefined) logger.warn({ workers: freed.workers }, 'freed the jobs of dead workers');
}
