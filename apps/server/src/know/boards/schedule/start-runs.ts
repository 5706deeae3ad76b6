import { sql } from 'kysely';
import * as z from 'zod';
import type { schedules as contract } from '@tongshang/contract';
import { listStaffNames } from '../../../base/identity/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { job, jobType } from '../../../platform/jobs.ts';
import { addMs } from '../../../platform/time.ts';
import { staffOf } from '../board.ts';
import { boards } from '../tables.ts';
import { getRun } from './queries.ts';
import { mayManage } from './recipient.ts';
import { lockSchedule } from './save-schedule.ts';
import { queueDelivery } from './queue-delivery.ts';
import { dueAt } from './timing.ts';

const atOnce = 20;
const byHandEveryMs = 60_000;

export const startRuns = jobType('boards/start-runs', z.object({}));

/** Each minute: what is due goes out. A due time starts one run, however many workers look. */
export const startRunsJob = job(startRuns, async ({ inTx, signal }) => {
  while (!signal.aborted && (await inTx(startDueRuns)) === atOnce);
});

/** Starts the schedules that are due, and answers how many there were: the latest time of each, the ones before it named as missed. */
async function startDueRuns(ctx: Ctx): Promise<number> {
  const rows = await run(
    ctx.tx,
    sql<{ id: string; timing: contract.Timing; recipients: string[]; nextAt: Date }>`
      select id, timing, recipients, next_at as "nextAt" from boards.schedule
      where next_at <= ${ctx.now} order by next_at, id limit ${atOnce} for update skip locked`,
  );
  for (const { id, timing, recipients, nextAt } of rows) {
    const { at, missed, missedCount, next } = dueAt(timing, nextAt, ctx.now);
    await boards(ctx.tx).updateTable('schedule').set({ next_at: next }).where('id', '=', id).execute();
    await startRun(ctx, { scheduleId: id, dueAt: at, missed, missedCount, byName: null, recipients });
  }
  return rows.length;
}

/** Sends a schedule now, beside its days. Refuses `schedule.not_found`, and `request.too_many` within a minute of the last time. */
export async function sendNow(ctx: Ctx, { id }: { id: string }): Promise<contract.Run> {
  const staff = staffOf(ctx.actor);
  if (!mayManage(staff)) refuse('auth.forbidden', { permission: 'metrics.export' });
  const { recipients } = await lockSchedule(ctx, id);
  const [last] = await run(
    ctx.tx,
    sql<{ at: Date | null }>`select max(started_at) as at from boards.run where schedule_id = ${id} and by_name is not null`,
  );
  const waitMs = last?.at ? last.at.getTime() + byHandEveryMs - ctx.now.getTime() : 0;
  if (waitMs > 0) refuse('request.too_many', { retryInSeconds: Math.ceil(waitMs / 1000) });
  const runId = await startRun(ctx, {
    scheduleId: id, dueAt: ctx.now, missed: [], missedCount: 0, byName: staff.name, recipients,
  }); // prettier-ignore
  return getRun(ctx, { scheduleId: id, runId: runId ?? refuse('schedule.not_found', { id }) });
}

interface NewRun {
  scheduleId: string;
  dueAt: Date;
  missed: Date[];
  missedCount: number;
  byName: string | null;
  recipients: readonly string[];
}

/** The run and a waiting delivery for each recipient, in the caller's transaction; undefined when this due time was started before. */
async function startRun(
  ctx: Ctx,
  { scheduleId, dueAt: at, missed, missedCount, byName, recipients }: NewRun,
): Promise<string | undefined> {
  const [started] = await run(
    ctx.tx,
    sql<{ id: string }>`insert into boards.run (schedule_id, due_at, started_at, by_name, missed, missed_count)
      values (${scheduleId}, ${at}, ${ctx.now}, ${byName}, ${missed}::timestamptz[], ${missedCount})
      on conflict do nothing returning id`,
  );
  if (started === undefined) return undefined;
  const names = new Map((await listStaffNames(ctx.tx)).map(({ id, name }) => [id, name]));
  const deliveries = await boards(ctx.tx)
    .insertInto('delivery')
    .values(recipients.map((staffId) => ({ run_id: started.id, staff_id: staffId, name: names.get(staffId) ?? '' })))
    .returning('id')
    .execute();
  for (const { id } of deliveries) await queueDelivery(ctx.tx, id);
  return started.id;
}

const filesKeptMs = 35 * 86_400_000;
const runsKeptMs = 400 * 86_400_000;

export const tidyRuns = jobType('boards/tidy-runs', z.object({}));

/** Each night: files of 35 days ago and runs of 400 days ago go. */
export const tidyRunsJob = job(tidyRuns, ({ inTx }) =>
  inTx(async ({ tx, now }) => {
    await boards(tx).deleteFrom('run_file').where('made_at', '<', addMs(now, -filesKeptMs)).execute();
    await boards(tx).deleteFrom('run').where('started_at', '<', addMs(now, -runsKeptMs)).execute();
  }),
);
