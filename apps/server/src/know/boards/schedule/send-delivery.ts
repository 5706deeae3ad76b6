import type { schedules as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import { staffActor, staffMail } from '../../../base/identity/index.ts';
import type { Ctx, StaffActor } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { emit } from '../../../platform/events.ts';
import { Refusal } from '../../../platform/fail.ts';
import { type Job, job, type JobRun } from '../../../platform/jobs.ts';
import type { Mailer } from '../../../platform/mail.ts';
import { addMs } from '../../../platform/time.ts';
import { type Scope, scopeOf } from '../../metrics/index.ts';
import { boards } from '../tables.ts';
import { figuresMailed } from './events.ts';
import { fileName, mailText } from './mail-text.ts';
import { type Files, makeFiles } from './make-files.ts';
import { queueDelivery, sendDelivery } from './queue-delivery.ts';
import type { OpenFigures } from './read-figures.ts';
import { mayReceive } from './recipient.ts';
import type { Language } from './sheet.ts';

export interface SendingParts {
  openFigures: OpenFigures;
  /** undefined: no mail server is set; files are made and kept. */
  mailer: Mailer | undefined;
  consoleOrigin: string;
}

/** Whoever works on a mail has it for so long; then another may try. */
const heldMs = 3 * 60_000;
/** Until a mail is tried again after its server was away; then it has failed. Some five hours in all. */
const againAfterMinutes = [1, 2, 5, 10, 20, 40, 60, 90, 90];
const bytesMax = 15_000_000;

/** A mail of a run that somebody has taken on. */
export interface Taken {
  deliveryId: string;
  attempts: number;
  runId: string;
  scheduleId: string;
  ownerId: string;
  name: string;
  subject: contract.Subject;
  dueAt: Date;
  startedAt: Date;
  missed: Date[];
  missedCount: number;
  staff: StaffActor;
  email: string;
  language: Language;
  scope: Scope;
}

/**
 * Sends one mail of a run: with the rights of now, in the recipient's language, the files from one reading. Its Message-ID is always the
 * same, and what was sent is never sent again; killed between the server's yes and our own note of it, it is sent once more.
 */
export const sendDeliveryJob = (parts: SendingParts): Job =>
  job(sendDelivery, async (house, { deliveryId }) => {
    const taken = await house.inTx((ctx) => takeDelivery(ctx, deliveryId));
    if (taken === undefined) return;
    const files = await filesOf(parts, house, taken);
    if ('failed' in files) return house.inTx((ctx) => settle(ctx, taken, files.failed));
    const { mailer, consoleOrigin } = parts;
    if (mailer === undefined) return house.inTx((ctx) => settle(ctx, taken, { state: 'kept', reason: 'no_mail' }));
    if (files.pdf.length + files.xlsx.length > bytesMax)
      return house.inTx((ctx) => settle(ctx, taken, { state: 'failed', reason: 'too_large' }));
    const link = `${consoleOrigin}/know/${taken.subject.kind === 'board' ? `boards/${taken.subject.id}` : 'schedules'}`;
    const { outcome, answer } = await mailer.send({
      id: deliveryId,
      to: taken.email,
      subject: files.title,
      text: mailText({ ...taken, ...files, link }, taken.language),
      attachments: [
        { filename: fileName(files.title, 'pdf'), content: files.pdf, contentType: 'application/pdf' },
        {
          filename: fileName(files.title, 'xlsx'),
          content: files.xlsx,
          contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        },
      ],
    });
    await house.inTx((ctx) => settleSent(ctx, taken, { outcome, answer }));
  });

/** Takes a waiting mail on for a while; undefined when it is settled, or somebody else has it, who is looked after when their time is over. */
export async function takeDelivery(ctx: Ctx, deliveryId: string): Promise<Taken | undefined> {
  const [row] = await run(
    ctx.tx,
    sql<Omit<Taken, 'staff' | 'email' | 'language' | 'scope'> & { state: string; heldUntil: Date | null; staffId: string }>`
      select d.id as "deliveryId", d.state, d.attempts, d.held_until as "heldUntil", d.staff_id as "staffId", r.id as "runId",
        r.due_at as "dueAt", r.started_at as "startedAt", r.missed, r.missed_count as "missedCount", s.id as "scheduleId",
        s.owner_id as "ownerId", s.name, s.subject
      from boards.delivery d join boards.run r on r.id = d.run_id join boards.schedule s on s.id = r.schedule_id
      where d.id = ${deliveryId} for update of d`,
  );
  if (row === undefined || row.state !== 'waiting') return undefined;
  if (row.heldUntil !== null && row.heldUntil > ctx.now) {
    await queueDelivery(ctx.tx, deliveryId, row.heldUntil);
    return undefined;
  }
  const { state: _, heldUntil: __, staffId, ...taken } = { ...row, attempts: row.attempts + 1 };
  const staff = await staffActor(ctx.tx, staffId);
  const mail = await staffMail(ctx.tx, staffId);
  if (staff === undefined || mail === undefined) {
    await settle(ctx, taken, { state: 'skipped', reason: 'account_closed' });
    return undefined;
  }
  if (!mayReceive(staff)) {
    await settle(ctx, taken, { state: 'skipped', reason: 'right_lost' });
    return undefined;
  }
  const scope = scopeOf(staff);
  await boards(ctx.tx)
    .updateTable('delivery')
    .set({
      attempts: taken.attempts,
      held_until: addMs(ctx.now, heldMs),
      store: scope.store ?? '',
      language: mail.language,
      name: staff.name,
    })
    .where('id', '=', deliveryId)
    .execute();
  return { ...taken, staff, ...mail, scope };
}

interface Settled {
  state: Exclude<contract.DeliveryState, 'waiting' | 'sent'>;
  reason: contract.DeliveryReason;
  answer?: string;
}

type Failing = Settled | { again: string };

/** The run's files for this scope and language: those that are there, or made now from one reading. */
async function filesOf(parts: SendingParts, house: JobRun, taken: Taken): Promise<Files | { failed: Failing }> {
  try {
    const files = await makeFiles(parts.openFigures, house, taken);
    if (files === 'subject gone') return { failed: { state: 'failed', reason: 'subject_gone' } };
    return files === 'not in scope' ? { failed: { state: 'skipped', reason: 'not_in_scope' } } : files;
  } catch (error) {
    if (error instanceof Refusal) return { failed: { again: error.code } };
    throw error;
  }
}

async function settle(ctx: Ctx, taken: Pick<Taken, 'deliveryId' | 'attempts'>, to: Failing): Promise<void> {
  if ('again' in to) return tryAgain(ctx, taken, { answer: to.again, reason: 'unreadable' });
  await boards(ctx.tx)
    .updateTable('delivery')
    .set({ state: to.state, reason: to.reason, answer: to.answer ?? null, attempts: taken.attempts, held_until: null })
    .where('id', '=', taken.deliveryId)
    .where('state', '=', 'waiting')
    .execute();
}

async function settleSent(ctx: Ctx, taken: Taken, { outcome, answer }: Awaited<ReturnType<Mailer['send']>>): Promise<void> {
  if (outcome === 'unavailable') return tryAgain(ctx, taken, { answer, reason: 'unavailable' });
  if (outcome === 'refused') return settle(ctx, taken, { state: 'failed', reason: 'refused', answer });
  const [sent] = await boards(ctx.tx)
    .updateTable('delivery')
    .set({ state: 'sent', reason: null, answer, sent_at: ctx.now, held_until: null })
    .where('id', '=', taken.deliveryId)
    .where('state', '=', 'waiting')
    .returning('id')
    .execute();
  if (sent !== undefined)
    await emit(ctx, figuresMailed, { deliveryId: sent.id, staffId: taken.staff.id, store: taken.scope.store ?? null });
}

/** Later, with what was said last kept; after the last time it has failed. */
async function tryAgain(
  ctx: Ctx,
  { deliveryId, attempts }: Pick<Taken, 'deliveryId' | 'attempts'>,
  { answer, reason }: { answer: string; reason: contract.DeliveryReason },
): Promise<void> {
  const minutes = againAfterMinutes[attempts - 1];
  if (minutes === undefined) return settle(ctx, { deliveryId, attempts }, { state: 'failed', reason, answer });
  await boards(ctx.tx)
    .updateTable('delivery')
    .set({ answer, reason, held_until: null })
    .where('id', '=', deliveryId)
    .where('state', '=', 'waiting')
    .execute();
  await queueDelivery(ctx.tx, deliveryId, addMs(ctx.now, minutes * 60_000));
}
