// A board or a saved question that goes to staff by mail on its days, as PDF and XLSX with the same figures.
import * as z from 'zod';
import { BoardId } from './boards.ts';
import { endpoint } from './endpoint.ts';
import { Words } from './metrics.ts';
import { RoleName } from './identity.ts';
import { Id, Instant, Language, LocationCode, page, paging } from './values.ts';

export const cadences = ['daily', 'weekly', 'monthly'] as const;
export type Cadence = (typeof cadences)[number];

/** What is sent: a board, or one saved question. */
export const Subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('board'), id: BoardId }),
  z.object({ kind: z.literal('question'), id: Id }),
]);
export type Subject = z.output<typeof Subject>;

const at = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/**
 * When, in Asia/Shanghai, which has no summer time. weekly: `weekday` 1 (Monday) to 7; monthly: `monthDay`, and the month's last day where
 * it has no such day.
 */
export const Timing = z.discriminatedUnion('cadence', [
  z.object({ cadence: z.literal('daily'), at }),
  z.object({ cadence: z.literal('weekly'), at, weekday: z.int().min(1).max(7) }),
  z.object({ cadence: z.literal('monthly'), at, monthDay: z.int().min(1).max(31) }),
]);
export type Timing = z.output<typeof Timing>;

export const recipientsMax = 50;
const form = {
  name: z.string().trim().min(1).max(80),
  subject: Subject,
  timing: Timing,
  recipients: z
    .array(Id)
    .min(1)
    .max(recipientsMax)
    .refine((ids) => new Set(ids).size === ids.length),
};

export const deliveryStates = ['waiting', 'sent', 'failed', 'skipped', 'kept'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/**
 * Why it is not (or not yet) sent. skipped: `account_closed`, `right_lost`, `not_in_scope` (nothing of it is theirs to see). kept: `no_mail`
 * (no mail server is set; the files are here). failed: `refused` by the server for good, `unavailable` after every try, `too_large`,
 * `unreadable` (the figures could not be read), `subject_gone`.
 */
export const deliveryReasons = [
  'account_closed', 'right_lost', 'not_in_scope', 'no_mail', 'refused', 'unavailable', 'too_large', 'unreadable', 'subject_gone',
] as const; // prettier-ignore
export type DeliveryReason = (typeof deliveryReasons)[number];

export const Delivery = z.object({
  id: Id,
  staffId: Id,
  name: z.string(),
  state: z.enum(deliveryStates),
  reason: z.enum(deliveryReasons).nullable(),
  /** What the mail server said last. */
  answer: z.string().nullable(),
  attempts: z.int(),
  sentAt: Instant.nullable(),
  /** The one store whose figures it holds; null: the whole house's, or none were read. */
  store: LocationCode.nullable(),
  /** Both files were made and may be fetched by who asks. */
  hasFiles: z.boolean(),
});

export const Run = z.object({
  id: Id,
  /** When it was due; of one sent by hand, when it was asked for. */
  dueAt: Instant,
  startedAt: Instant,
  isByHand: z.boolean(),
  byName: z.string().nullable(),
  /** Times that passed while the house was off or behind: only the last of them is sent. The first of them, at most, and how many. */
  missed: z.array(Instant),
  missedCount: z.int(),
  deliveries: z.array(Delivery),
});
export type Run = z.output<typeof Run>;

export const Schedule = z.object({
  id: Id,
  ...form,
  recipients: z.array(z.object({ id: Id, name: z.string(), isActive: z.boolean() })),
  /** What it is called today; null when it was deleted or is no longer shared with the owner. */
  subjectName: Words.nullable(),
  ownerName: z.string(),
  isPaused: z.boolean(),
  /** null while paused. */
  nextAt: Instant.nullable(),
  mayChange: z.boolean(),
  version: z.int(),
  /** The newest run, by its recipients' states. */
  last: z.object({ dueAt: Instant, counts: z.record(z.enum(deliveryStates), z.int()) }).nullable(),
});
export type Schedule = z.output<typeof Schedule>;

export const listSchedules = endpoint({
  method: 'GET',
  path: '/schedules',
  summary: 'Scheduled mails: all for who may export figures, else those one receives',
  access: { permission: 'boards.view' },
  reply: z.object({
    items: z.array(Schedule),
    /** Whether mail can leave the house: SMTP_URL and MAIL_FROM are set. */
    canSend: z.boolean(),
  }),
  errors: [],
});

export const listRecipients = endpoint({
  method: 'GET',
  path: '/schedules/recipients',
  summary: 'Staff who may receive figures, each with the store they are limited to',
  access: { permission: 'metrics.export' },
  reply: z.object({
    items: z.array(z.object({ id: Id, name: z.string(), role: RoleName, location: LocationCode.nullable() })),
  }),
  errors: [],
});

export const createSchedule = endpoint({
  method: 'POST',
  path: '/schedules',
  summary: 'Send a board or a saved question one sees to staff on its days',
  access: { permission: 'metrics.export' },
  body: z.object(form),
  reply: Schedule,
  errors: ['schedule.too_many', 'schedule.recipient_unfit', 'board.not_found', 'question.not_found'],
  idempotent: true,
});

export const changeSchedule = endpoint({
  method: 'PUT',
  path: '/schedules/:id',
  summary: 'Change a scheduled mail as it was seen; its next time is counted anew',
  access: { permission: 'metrics.export' },
  params: z.object({ id: Id }),
  body: z.object({ ...form, version: z.int() }),
  reply: Schedule,
  errors: ['schedule.not_found', 'schedule.changed', 'schedule.recipient_unfit', 'board.not_found', 'question.not_found'],
});

export const pauseSchedule = endpoint({
  method: 'PUT',
  path: '/schedules/:id/pause',
  summary: 'Hold a scheduled mail, or let it go on from its next time; what passed meanwhile is not sent',
  access: { permission: 'metrics.export' },
  params: z.object({ id: Id }),
  body: z.object({ isPaused: z.boolean() }),
  reply: Schedule,
  errors: ['schedule.not_found'],
});

export const removeSchedule = endpoint({
  method: 'DELETE',
  path: '/schedules/:id',
  summary: 'Delete a scheduled mail with its history',
  access: { permission: 'metrics.export' },
  params: z.object({ id: Id }),
  reply: z.object({}),
  errors: ['schedule.not_found'],
});

export const sendSchedule = endpoint({
  method: 'POST',
  path: '/schedules/:id/runs',
  summary: 'Send it now, beside its days; once a minute at most',
  access: { permission: 'metrics.export' },
  params: z.object({ id: Id }),
  reply: Run,
  errors: ['schedule.not_found', 'request.too_many'],
  idempotent: true,
});

export const listRuns = endpoint({
  method: 'GET',
  path: '/schedules/:id/runs',
  summary: 'What was sent, newest first, with the state of each recipient; who may not export sees their own',
  access: { permission: 'boards.view' },
  params: z.object({ id: Id }),
  query: z.object(paging),
  reply: page(Run),
  errors: ['schedule.not_found'],
});

/** One's own, or any for who may export and is limited to no store. */
export const getDeliveryFile = endpoint({
  method: 'GET',
  path: '/schedules/deliveries/:id/file',
  summary: 'The PDF or XLSX that was made for a recipient, kept for 35 days',
  access: { permission: 'boards.view' },
  params: z.object({ id: Id }),
  query: z.object({ kind: z.enum(['pdf', 'xlsx']) }),
  reply: z.object({}),
  errors: ['schedule.file_not_found'],
});

export const getMailLanguage = endpoint({
  method: 'GET',
  path: '/me/mail-language',
  summary: 'In which language the house writes to me',
  access: { permission: 'boards.view' },
  reply: z.object({ language: Language }),
  errors: [],
});

export const setMailLanguage = endpoint({
  method: 'PUT',
  path: '/me/mail-language',
  summary: 'Choose in which language the house writes to me',
  access: { permission: 'boards.view' },
  body: z.object({ language: Language }),
  reply: z.object({ language: Language }),
  errors: [],
});
