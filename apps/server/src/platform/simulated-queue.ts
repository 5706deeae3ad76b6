// The queue under simulated time: schedules and delayed jobs come due when the simulation says that it is their time.
import { setTimeout } from 'node:timers/promises';
import { parseCronItems } from 'graphile-worker';
import type { Db } from './db.ts';
import type { Schedule } from './jobs.ts';

const minuteMs = 60_000;

/**
 * What is due when time goes from `from` to `to`: a schedule whose time came, however often, is queued once, as a worker that was away
 * does it; delayed jobs up to then are due at once. Then waits until nothing is due or held any more.
 */
export async function runUpTo(db: Db, schedules: readonly Schedule[], { from, to }: { from: Date; to: Date }): Promise<void> {
  const names = schedulesBetween(schedules, from, to);
  if (names.length > 0)
    await db.pool.query(
      `select graphile_worker.add_job(name, json_build_object('_cron', json_build_object('ts', $2::text)), job_key => 'schedule:' || name, max_attempts => 3)
       from unnest($1::text[]) with ordinality as due (name, position) order by position`,
      [names, to.toISOString()],
    );
  await db.pool.query(
    `select graphile_worker.reschedule_jobs(ids, run_at => now()), pg_notify('jobs:insert', '') from
       (select array_agg(id) as ids from graphile_worker.jobs where run_at > now() and run_at <= $1 and locked_at is null) due where ids is not null`,
    [to],
  );
  await settle(db);
}

/** The names of the schedules with a minute in (from, to], in the order in which the house lists them. */
export function schedulesBetween(schedules: readonly Schedule[], from: Date, to: Date): string[] {
  const first = Math.floor(from.getTime() / minuteMs) + 1;
  const minutes = Array.from({ length: Math.max(0, Math.floor(to.getTime() / minuteMs) - first + 1) }, (_, i) =>
    digest(first + i),
  );
  const items = parseCronItems(schedules.map(({ cron, type }) => ({ task: type.name, match: cron })));
  return items.filter(({ match }) => minutes.some((minute) => match(minute))).map(({ task }) => task);
}

function digest(minute: number) {
  const at = new Date(minute * minuteMs);
  return {
    min: at.getUTCMinutes(),
    hour: at.getUTCHours(),
    date: at.getUTCDate(),
    month: at.getUTCMonth() + 1,
    dow: at.getUTCDay(),
  };
}

/** Waits until no job is held and none is due. A job that waits to be tried again is not due. */
async function settle(db: Db): Promise<void> {
  for (;;) {
    const { rows } = await db.pool.query<{ busy: boolean }>(
      `select exists (select from graphile_worker.jobs where locked_at is not null or (run_at <= now() and attempts < max_attempts)) as busy`,
    );
    if (rows[0]?.busy !== true) return;
    await setTimeout(4);
  }
}
