// The hand that holds a `stock-process.ts`: tells it what to do, and kills it.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../../../../test/world.ts';
import type { Call } from './stock-use-cases.ts';

/** What the process is told; when it is held, it stops before it commits, for ever. */
export interface Told {
  key: string;
  call: Call;
  now: string;
  isHeld: boolean;
}

export interface StockChild {
  /** Answers `done`, `held`, or the code of the refusal. */
  ask: (call: Call, over?: { key?: string; isHeld?: boolean }) => Promise<string>;
  /** kill -9; comes back when its connections have gone too, and nothing of it can happen any more. */
  kill: () => Promise<void>;
}

const program = join(import.meta.dirname, 'stock-process.ts');

/** Another server process at this world's database, ready to work. The table tells which of its transactions committed. */
export async function startStockChild(world: World): Promise<StockChild> {
  await world.db.pool.query('create table if not exists public.model_done (key uuid primary key, result jsonb)');
  const name = `child-${randomUUID()}`;
  const child = spawn(process.execPath, [program, world.db.url, name], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const waiting = new Map<string, (outcome: string) => void>();
  const isReady = Promise.withResolvers<void>();
  child.on('message', ({ key, outcome }: { key?: string; outcome: string }) => {
    if (key === undefined) isReady.resolve();
    else waiting.get(key)?.(outcome);
  });
  child.once('exit', (code) => {
    isReady.reject(new Error(`the stock process ended with ${String(code)}`));
    for (const settle of waiting.values()) settle('gone');
  });
  await isReady.promise;
  return {
    ask: (call, { key = randomUUID(), isHeld = false } = {}) => {
      const { promise, resolve } = Promise.withResolvers<string>();
      waiting.set(key, resolve);
      child.send({ key, call, now: world.clock.now().toISOString(), isHeld } satisfies Told);
      return promise;
    },
    kill: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      const open = async () =>
        (await world.db.pool.query('select from pg_stat_activity where application_name = $1', [name])).rowCount ?? 0;
      for (const end = Date.now() + 10_000; (await open()) > 0; await sleep(5))
        if (Date.now() > end) throw new Error('connections outlived their process by 10 s');
    },
  };
}

/** What a killed process had committed under this key: its answer, or nothing. */
export async function committed(world: World, key: string): Promise<{ result: unknown } | undefined> {
  const { rows } = await world.db.pool.query<{ result: unknown }>('select result from public.model_done where key = $1', [key]);
  return rows[0];
}
