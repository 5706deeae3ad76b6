import { schedules as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { listStaffNames, staffActor, type StaffName } from '../../../base/identity/index.ts';
import type { Ctx, StaffActor } from '../../../platform/ctx.ts';
import { run, type Tx } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { staffOf } from '../board.ts';
import { getBoard, getQuestion, listBoards, listQuestions } from '../queries.ts';
import { mayManage, mayReceive } from './recipient.ts';

interface ScheduleRow {
  id: string;
  ownerId: string;
  ownerName: string;
  name: string;
  subject: contract.Subject;
  timing: contract.Timing;
  recipients: string[];
  nextAt: Date | null;
  version: number;
  lastDueAt: Date | null;
  lastCounts: Partial<Record<contract.DeliveryState, number>> | null;
}

const readSchedules = (tx: Tx, { id, receivedBy }: { id?: string; receivedBy?: string | undefined }): Promise<ScheduleRow[]> =>
  run(
    tx,
    sql<ScheduleRow>`select s.id, s.owner_id as "ownerId", s.owner_name as "ownerName", s.name, s.subject, s.timing, s.recipients,
        s.next_at as "nextAt", s.version, r.due_at as "lastDueAt", c.counts as "lastCounts"
      from boards.schedule s
      left join lateral (select id, due_at from boards.run where schedule_id = s.id order by started_at desc, id desc limit 1) r on true
      left join lateral (select jsonb_object_agg(state, n) as counts
        from (select state, count(*)::int as n from boards.delivery where run_id = r.id group by state) by_state) c on true
      where (${id ?? null}::uuid is null or s.id = ${id ?? null}) and (${receivedBy ?? null}::text is null or ${receivedBy ?? null} = any(s.recipients))
      order by s.created_at, s.id`,
  );

/** All schedules for who manages them, else those the asker receives. */
export async function listSchedules(ctx: Ctx): Promise<contract.Schedule[]> {
  const staff = staffOf(ctx.actor);
  const rows = await readSchedules(ctx.tx, { receivedBy: mayManage(staff) ? undefined : staff.id });
  return shown(ctx, staff, rows);
}

/** One schedule as the asker sees it. Refuses `schedule.not_found`. */
export async function getSchedule(ctx: Ctx, id: string): Promise<contract.Schedule> {
  const staff = staffOf(ctx.actor);
  const rows = await readSchedules(ctx.tx, { id, receivedBy: mayManage(staff) ? undefined : staff.id });
  const [schedule] = await shown(ctx, staff, rows);
  return schedule ?? refuse('schedule.not_found', { id });
}

async function shown(ctx: Ctx, staff: StaffActor, rows: readonly ScheduleRow[]): Promise<contract.Schedule[]> {
  const people = new Map((await listStaffNames(ctx.tx)).map((one) => [one.id, one]));
  const namesOf = new Map<string, ReadonlyMap<string, { zh: string; en: string }>>();
  for (const ownerId of new Set(rows.map((row) => row.ownerId)))
    namesOf.set(ownerId, await subjectsSeenBy(ctx.tx, await readerOf(ctx.tx, ownerId, staff)));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    subject: row.subject,
    timing: row.timing,
    recipients: row.recipients.map((id) => ({
      id,
      name: people.get(id)?.name ?? '',
      isActive: people.get(id)?.isActive ?? false,
    })),
    subjectName: namesOf.get(row.ownerId)?.get(keyOf(row.subject)) ?? null,
    ownerName: row.ownerName,
    isPaused: row.nextAt === null,
    nextAt: row.nextAt?.toISOString() ?? null,
    mayChange: mayManage(staff),
    version: row.version,
    last: row.lastDueAt === null ? null : { dueAt: row.lastDueAt.toISOString(), counts: countsOf(row.lastCounts) },
  }));
}

const keyOf = ({ kind, id }: contract.Subject): string => `${kind}:${id}`;

/** Boards and questions by their names, as one person sees them. */
async function subjectsSeenBy(tx: Tx, reader: StaffActor): Promise<Map<string, { zh: string; en: string }>> {
  const seen = new Map<string, { zh: string; en: string }>();
  for (const { id, name } of await listBoards(tx, reader)) seen.set(keyOf({ kind: 'board', id }), name);
  for (const { id, name } of await listQuestions(tx, reader)) seen.set(keyOf({ kind: 'question', id }), name);
  return seen;
}

const countsOf = (counts: ScheduleRow['lastCounts']) =>
  Object.fromEntries(contract.deliveryStates.map((state) => [state, counts?.[state] ?? 0])) as Record<
    contract.DeliveryState,
    number
  >;

/** With whose eyes the subject is read: its owner's; when their account is closed, `else`'s. */
export const readerOf = async (tx: Tx, ownerId: string, instead: StaffActor): Promise<StaffActor> =>
  (await staffActor(tx, ownerId)) ?? instead;

/** The board or the question, as this person sees it; undefined when there is none for them. */
export async function findSubject(tx: Tx, reader: StaffActor, subject: contract.Subject) {
  try {
    return subject.kind === 'board' ? await getBoard(tx, reader, subject.id) : await getQuestion(tx, reader, subject.id);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'board.not_found' || error.code === 'question.not_found');

/** Staff to whom figures may go, by name. */
export async function listRecipients(tx: Tx): Promise<z.input<typeof contract.listRecipients.reply>> {
  const fit: z.input<typeof contract.listRecipients.reply>['items'] = [];
  for (const person of await listStaffNames(tx)) {
    const staff = person.isActive ? await staffActor(tx, person.id) : undefined;
    if (staff !== undefined && mayReceive(staff)) fit.push(toRecipient(person, staff));
  }
  return { items: fit };
}

const toRecipient = ({ id, name, location }: StaffName, { role }: StaffActor) => ({ id, name, role, location });

interface RunRow {
  id: string;
  dueAt: Date;
  startedAt: Date;
  byName: string | null;
  missed: Date[];
  missedCount: number;
  deliveries: contract.Run['deliveries'];
}

/** Runs of a schedule, newest first; who does not manage it sees what went to them. Refuses `schedule.not_found`. */
export async function listRuns(
  ctx: Ctx,
  { id, after, limit }: { id: string; after?: string | undefined; limit: number },
): Promise<z.input<typeof contract.listRuns.reply>> {
  await getSchedule(ctx, id);
  const rows = await readRuns(ctx, { scheduleId: id, after, limit: limit + 1 });
  const items = rows.slice(0, limit).map(toRun);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.startedAt}_${last.id}` : null };
}

/** One run as it is now. */
export async function getRun(ctx: Ctx, { scheduleId, runId }: { scheduleId: string; runId: string }): Promise<contract.Run> {
  const [row] = await readRuns(ctx, { scheduleId, runId, limit: 1 });
  return row === undefined ? refuse('schedule.not_found', { id: scheduleId }) : toRun(row);
}

interface Wanted {
  scheduleId: string;
  runId?: string;
  after?: string | undefined;
  limit: number;
}

function readRuns(ctx: Ctx, { scheduleId, runId, after, limit }: Wanted): Promise<RunRow[]> {
  const staff = staffOf(ctx.actor);
  const own = mayManage(staff) ? null : staff.id;
  const [at, id] = after === undefined ? [null, null] : afterOf(after);
  return run(
    ctx.tx,
    sql<RunRow>`select r.id, r.due_at as "dueAt", r.started_at as "startedAt", r.by_name as "byName", r.missed, r.missed_count as "missedCount",
        d.deliveries
      from boards.run r
      join lateral (
        select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'staffId', d.staff_id, 'name', d.name, 'state', d.state, 'reason', d.reason,
          'answer', d.answer, 'attempts', d.attempts, 'sentAt', d.sent_at, 'store', nullif(d.store, ''),
          'hasFiles', exists (select 1 from boards.run_file f where f.run_id = d.run_id and f.store = d.store and f.language = d.language))
          order by d.name, d.id), '[]') as deliveries
        from boards.delivery d where d.run_id = r.id and (${own}::text is null or d.staff_id = ${own})
      ) d on true
      where r.schedule_id = ${scheduleId} and (${runId ?? null}::uuid is null or r.id = ${runId ?? null})
        and (${own}::text is null or d.deliveries <> '[]')
        and (${at}::timestamptz is null or (r.started_at, r.id) < (${at}::timestamptz, ${id}::uuid))
      order by r.started_at desc, r.id desc limit ${limit}`,
  );
}

function afterOf(after: string): [string, string] {
  const [, at, id] = /^([0-9TZ:.-]{20,30})_([0-9a-f-]{36})$/.exec(after) ?? [];
  return at === undefined || id === undefined ? refuse('request.invalid', { issues: [] }) : [at, id];
}

const toRun = ({ byName, ...row }: RunRow): contract.Run => ({
  ...row,
  byName,
  isByHand: byName !== null,
  dueAt: row.dueAt.toISOString(),
  startedAt: row.startedAt.toISOString(),
  missed: row.missed.map((at) => at.toISOString()),
  deliveries: row.deliveries.map((one) => ({ ...one, sentAt: one.sentAt === null ? null : new Date(one.sentAt).toISOString() })),
});

/** A file that was made for a recipient: one's own, or any for who manages. Refuses `schedule.file_not_found`. */
export async function getDeliveryFile(
  ctx: Ctx,
  { id, kind }: { id: string; kind: 'pdf' | 'xlsx' },
): Promise<{ title: string; bytes: Buffer }> {
  const staff = staffOf(ctx.actor);
  const own = mayManage(staff) ? null : staff.id;
  const here = staff.location ?? null;
  const [row] = await run(
    ctx.tx,
    sql<{ title: string; bytes: Buffer }>`select f.title, ${kind === 'pdf' ? sql`f.pdf` : sql`f.xlsx`} as bytes
      from boards.delivery d join boards.run_file f on f.run_id = d.run_id and f.store = d.store and f.language = d.language
      where d.id = ${id} and (${own}::text is null or d.staff_id = ${own}) and (${here}::text is null or f.store = ${here})`,
  );
  return row ?? refuse('schedule.file_not_found', { id });
}
