import type { schedules as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { staffActor } from '../../../base/identity/index.ts';
import type { Ctx, StaffActor } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { emit } from '../../../platform/events.ts';
import { refuse } from '../../../platform/fail.ts';
import { staffOf } from '../board.ts';
import { getBoard, getQuestion } from '../queries.ts';
import { boards } from '../tables.ts';
import { scheduleChanged, scheduleCreated, schedulePaused, scheduleRemoved } from './events.ts';
import { getSchedule } from './queries.ts';
import { mayManage, mayReceive } from './recipient.ts';
import { nextAfter } from './timing.ts';

type Form = z.output<typeof contract.createSchedule.body>;

const schedulesMax = 200;

/**
 * A board or a question that one sees goes to staff from its next time on. Refuses `schedule.too_many`, `schedule.recipient_unfit`
 * {staffId}, `board.not_found`, `question.not_found`.
 */
export async function createSchedule(ctx: Ctx, form: Form): Promise<contract.Schedule> {
  const staff = managing(ctx);
  await run(ctx.tx, sql`select pg_advisory_xact_lock(hashtextextended('boards.schedules', 0))`);
  const [count] = await run(ctx.tx, sql<{ n: number }>`select count(*)::int as n from boards.schedule`);
  if ((count?.n ?? 0) >= schedulesMax) refuse('schedule.too_many', { most: schedulesMax });
  await checkForm(ctx, staff, form);
  const { id } = await boards(ctx.tx)
    .insertInto('schedule')
    .values({
      owner_id: staff.id,
      owner_name: staff.name,
      ...columnsOf(form),
      next_at: nextAfter(form.timing, ctx.now),
      created_at: ctx.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await emit(ctx, scheduleCreated, { scheduleId: id, ...form });
  return getSchedule(ctx, id);
}

/**
 * Changes it as it was seen; who changes it answers for it from now on: what it shows is what they see. Refuses `schedule.not_found`,
 * `schedule.changed`, and what `createSchedule` does.
 */
export async function changeSchedule(
  ctx: Ctx,
  { id, version, ...form }: Form & { id: string; version: number },
): Promise<contract.Schedule> {
  const staff = managing(ctx);
  const now = await lockSchedule(ctx, id);
  if (now.version !== version) refuse('schedule.changed', { id, version: now.version });
  await checkForm(ctx, staff, form);
  await boards(ctx.tx)
    .updateTable('schedule')
    .set({
      ...columnsOf(form),
      owner_id: staff.id,
      owner_name: staff.name,
      next_at: now.next_at === null ? null : nextAfter(form.timing, ctx.now),
      version: now.version + 1,
    })
    .where('id', '=', id)
    .execute();
  await emit(ctx, scheduleChanged, { scheduleId: id, ...form });
  return getSchedule(ctx, id);
}

/** Holds it, or lets it go on from its next time; nothing of the time between is sent. Refuses `schedule.not_found`. */
export async function pauseSchedule(ctx: Ctx, { id, isPaused }: { id: string; isPaused: boolean }): Promise<contract.Schedule> {
  managing(ctx);
  const now = await lockSchedule(ctx, id);
  if ((now.next_at === null) === isPaused) return getSchedule(ctx, id);
  await boards(ctx.tx)
    .updateTable('schedule')
    .set({ next_at: isPaused ? null : nextAfter(now.timing, ctx.now), version: now.version + 1 })
    .where('id', '=', id)
    .execute();
  await emit(ctx, schedulePaused, { scheduleId: id, isPaused });
  return getSchedule(ctx, id);
}

/** Deletes it with its history; a mail that is on its way is not called back. Refuses `schedule.not_found`. */
export async function removeSchedule(ctx: Ctx, { id }: { id: string }): Promise<void> {
  managing(ctx);
  const { name } = await lockSchedule(ctx, id);
  await boards(ctx.tx).deleteFrom('schedule').where('id', '=', id).execute();
  await emit(ctx, scheduleRemoved, { scheduleId: id, name });
}

export async function lockSchedule(ctx: Ctx, id: string) {
  const row = await boards(ctx.tx).selectFrom('schedule').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row ?? refuse('schedule.not_found', { id });
}

/** Whoever is limited to one store sends nobody the figures of others. */
function managing({ actor }: Ctx): StaffActor {
  const staff = staffOf(actor);
  return mayManage(staff) ? staff : refuse('auth.forbidden', { permission: 'metrics.export' });
}

async function checkForm({ tx }: Ctx, staff: StaffActor, { subject, recipients }: Form): Promise<void> {
  await (subject.kind === 'board' ? getBoard(tx, staff, subject.id) : getQuestion(tx, staff, subject.id));
  for (const staffId of recipients) {
    const recipient = await staffActor(tx, staffId);
    if (recipient === undefined || !mayReceive(recipient)) refuse('schedule.recipient_unfit', { staffId });
  }
}

const columnsOf = ({ name, subject, timing, recipients }: Form) => ({
  name,
  subject: json(subject) as never,
  timing: json(timing) as never,
  recipients,
});
