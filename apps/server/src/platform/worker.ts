import { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import {
  Logger as QueueLogger,
  type Runner,
  run as runWorker,
  runMigrations,
  runOnce,
  parseCronItems,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import type { Logger } from 'pino';
import { system } from './ctx.ts';
import { type Db, inTx } from './db.ts';
import type { Reaction } from './events.ts';
import { freeJobsOf, startHeartbeat } from './heartbeat.ts';
import type { Job, Schedule } from './jobs.ts';
import { gatherReactions, reactTo } from './react-together.ts';
import { jobsTotal, traced } from './telemetry.ts';
import type { Clock } from './time.ts';

export interface WorkerParts {
  db: Db;
  jobs: readonly Job[];
  reactions: readonly Reaction[];
  schedules: readonly Schedule[];
  clock: Clock;
  logger: Logger;
}

const againMs = 500;
/** Under load a reaction waits so long for more events before it begins again; an event by itself waits for nothing. */
const gatherMs = 40;
/** Of the jobs that a process holds, so many work; the others are events that wait for their reaction's next transaction. */
const workAtOnceMax = 8;

export const migrateQueue = (db: Db): Promise<void> => runMigrations({ pgPool: db.pool, noHandleSignals: true, logger: quiet });

/** Runs jobs and reactions until stopped. The jobs of a worker that died are freed within 20 seconds. */
export async function startWorker(
  parts: WorkerParts,
  { concurrency = 24, gathers = true } = {},
): Promise<{ stop: () => Promise<void> }> {
  const stopping = new AbortController();
  const ids = new Set<string>();
  const events = new EventEmitter() as WorkerEvents;
  events.on('worker:create', ({ worker }) => ids.add(worker.workerId));
  events.on('pool:create', ({ workerPool }) => ids.add(workerPool.id));
  const open = (): Promise<Runner> =>
    runWorker({
      pgPool: parts.db.pool,
      concurrency,
      noHandleSignals: true,
      pollInterval: 500,
      preset: { worker: takeTogether(concurrency) },
      taskList: tasksOf(parts, stopping.signal, gathers ? gatherMs : 0),
      parsedCronItems: parseCronItems(
        parts.schedules.map(({ cron, type }) => ({
          task: type.name,
          match: cron,
          options: { backfillPeriod: 0, maxAttempts: 3 },
        })),
      ),
      events,
      logger: quiet,
    });
  let runner: Runner | undefined = await open();
  const heartbeat = await startHeartbeat(parts.db, parts.logger, ids);
  const running = (async () => {
    while (runner !== undefined) {
      await Promise.allSettled([runner.promise]);
      runner = undefined;
      if (stopping.signal.aborted) return;
      const lost = [...ids];
      ids.clear();
      parts.logger.warn(
        { workers: lost.length },
        'the queue gave up, as it does when the database goes while it signs jobs off; it is started again',
      );
      runner = await openAgain(parts, { lost, open, signal: stopping.signal });
      if (stopping.signal.aborted) await runner?.stop();
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await Promise.allSettled([runner?.stop()]); // one that gives up at this moment refuses to be stopped
      await running;
      await heartbeat.stop();
    },
  };
}

interface Again {
  /** Whoever held jobs before: nobody of them works any more, so what they hold is due at once. */
  lost: readonly string[];
  open: () => Promise<Runner>;
  signal: AbortSignal;
}

/** Starts the queue again as soon as the database answers; undefined when the house stops meanwhile. */
async function openAgain({ db, logger }: WorkerParts, { lost, open, signal }: Again): Promise<Runner | undefined> {
  while (!signal.aborted) {
    try {
      await freeJobsOf(db, lost);
      return await open();
    } catch (error) {
      logger.warn({ err: error }, 'the queue waits for the database');
      await setTimeout(againMs);
    }
  }
  return undefined;
}

/** Jobs are taken and signed off together: an order brings several, and each look at the queue costs as much as a small job. */
const takeTogether = (concurrency: number) => ({
  localQueue: { size: 2 * concurrency },
  completeJobBatchDelay: 20,
  failJobBatchDelay: 20,
});

/** Runs everything that is due, and what it queues in turn, to the end. Tests use it in place of a running worker. */
export async function drainQueue(parts: WorkerParts): Promise<void> {
  const taskList = tasksOf(parts, new AbortController().signal, 0);
  do await runOnce({ pgPool: parts.db.pool, concurrency: 1, noHandleSignals: true, taskList, logger: quiet });
  while (await isAnythingDue(parts.db));
}

/** The queue writes outcomes after it reports back: waits until no job is held any more, then looks. */
async function isAnythingDue(db: Db): Promise<boolean> {
  for (;;) {
    const { rows } = await db.pool.query<{ held: boolean; due: boolean }>(
      `select coalesce(bool_or(locked_at is not null), false) as held,
         coalesce(bool_or(locked_at is null and attempts < max_attempts and run_at <= now()), false) as due from graphile_worker.jobs`,
    );
    if (rows[0]?.held !== true) return rows[0]?.due === true;
    await setTimeout(5);
  }
}

function tasksOf({ db, jobs, reactions, clock, logger }: WorkerParts, signal: AbortSignal, waitMs: number): TaskList {
  const react = gatherReactions({ db, clock, logger }, waitMs);
  const atOnce = limit(workAtOnceMax);
  const reactionByName = new Map(reactions.map((reaction) => [reaction.name, reaction]));
  const tasks: Record<string, Task> = {
    'platform/react': async (payload) => {
      const { eventIds, reaction: name } = payload as { eventIds: string[]; reaction: string };
      const reaction = reactionByName.get(name);
      if (reaction === undefined) return; // a newer version of the house dropped it
      await (reaction.isMany ? react(reaction, eventIds) : atOnce(() => reactTo({ db, clock, logger }, reaction, eventIds)));
    },
  };
  for (const { type, work } of jobs) {
    tasks[type.name] = async (payload) => {
      const actor = system(type.name);
      const inOwnTx = <T>(inner: Parameters<typeof inTx<T>>[2]) => inTx(db, { actor, now: clock() }, inner);
      const isScheduled = typeof payload === 'object' && payload !== null && '_cron' in payload;
      await atOnce(() => work({ inTx: inOwnTx, now: clock, signal }, type.payload.parse(isScheduled ? {} : payload) as never));
    };
  }
  return Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, logged(name, task, logger)]));
}

/** So many at a time; the others wait, first come first served. */
function limit(most: number): (work: () => Promise<void>) => Promise<void> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      await work();
    } finally {
      const next = waiting.shift(); // takes over this one's place
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

type Task = NonNullable<TaskList[string]>;
const logged =
  (name: string, task: Task, logger: Logger): Task =>
  async (payload, helpers) => {
    try {
      await traced(`job ${name}`, () => Promise.resolve(task(payload, helpers)));
      jobsTotal.inc({ job: name, outcome: 'done' });
    } catch (error) {
      jobsTotal.inc({ job: name, outcome: 'failed' });
      logger.error({ err: error, job: name, jobId: helpers.job.id, attempt: helpers.job.attempts }, 'job failed');
      throw error;
    }
  };

const quiet = new QueueLogger(() => () => undefined);
