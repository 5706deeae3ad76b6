import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { hang, hangType } from '../../test/hanging-job.ts';
import { useWorld } from '../../test/world.ts';
import { isAnyoneWorking } from './heartbeat.ts';
import { enqueue } from './jobs.ts';
import { startWorker } from './worker.ts';

const world = useWorld();
const after: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of after.splice(0)) await end();
});
const sql = async (text: string): Promise<unknown[]> => (await world.db.pool.query(text)).rows;

/** A process of its own that holds the job, and has beaten once, by the time this answers. */
async function holdElsewhere(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../test/hanging-worker.ts'), world.db.url], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  after.push(async () => child.kill('SIGKILL'));
  const [said] = (await once(child.stdout!, 'data')) as [Buffer];
  expect(said.toString()).toContain('held');
  await expect.poll(() => sql('select from platform.worker'), { timeout: 20_000 }).not.toEqual([]);
  return child;
}

/** A worker of this process; `takenAt` is told when it gets the job. */
async function takeHere(): Promise<{ takenAt: number | undefined }> {
  const seen: { takenAt: number | undefined } = { takenAt: undefined };
  const worker = await startWorker({
    db: world.db,
    jobs: [
      hang(() => {
        seen.takenAt = performance.now();
        return Promise.resolve();
      }),
    ],
    reactions: [],
    schedules: [],
    clock: () => new Date(),
    logger: pino({ enabled: false }),
  });
  after.push(worker.stop);
  return seen;
}

test('the job of a worker that is killed -9 runs elsewhere within 20 seconds', { timeout: 60_000 }, async () => {
  await world.run((ctx) => enqueue(ctx.tx, hangType, {}));
  const child = await holdElsewhere();
  const here = await takeHere();
  await sleep(1500);
  expect(here.takenAt, 'a job that is held is nobody else’s').toBeUndefined();

  const killedAt = performance.now();
  child.kill('SIGKILL');
  await expect.poll(() => here.takenAt, { timeout: 25_000, interval: 50 }).toBeDefined();
  expect((here.takenAt ?? 0) - killedAt).toBeLessThan(20_000);
  await expect.poll(() => sql('select from graphile_worker.jobs'), { timeout: 5000 }).toEqual([]);
});

test(
  'a worker too busy to beat keeps its jobs as long as it lives; nobody counts on one that is gone',
  { timeout: 60_000 },
  async () => {
    await world.run((ctx) => enqueue(ctx.tx, hangType, {}));
    const child = await holdElsewhere();
    child.kill('SIGSTOP'); // it beats no more, and lives
    await sql(`update platform.worker set seen_at = now() - interval '30 seconds'`);
    await sql(`update graphile_worker._private_jobs set locked_at = now() - interval '30 seconds'`);
    expect(await isAnyoneWorking(world.db)).toBe(true);
    const here = await takeHere();
    await sleep(6500); // one beat and more
    expect(here.takenAt, 'taken from the living').toBeUndefined();

    child.kill('SIGKILL');
    await expect.poll(() => here.takenAt, { timeout: 10_000, interval: 50 }).toBeDefined();
    await after.pop()?.(); // the worker here stops by itself, as at Ctrl-C
    expect(await isAnyoneWorking(world.db)).toBe(false);
    expect(await sql('select from platform.worker')).toEqual([]);
  },
);

test('one that hangs for a minute loses its jobs, alive or not', { timeout: 60_000 }, async () => {
  await world.run((ctx) => enqueue(ctx.tx, hangType, {}));
  const child = await holdElsewhere();
  child.kill('SIGSTOP');
  await sql(`update platform.worker set seen_at = now() - interval '61 seconds'`);
  const here = await takeHere();
  await expect.poll(() => here.takenAt, { timeout: 10_000, interval: 50 }).toBeDefined();
});
