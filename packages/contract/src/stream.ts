import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Day, Fen, Id, Instant, page, paging } from './values.ts';

/** How the stream to the figures stands: what waits, what came late, whether PostgreSQL and ClickHouse say the same. */

export const feeds = ['events', 'behaviour'] as const;

/** One ordered log on its way to the figures. */
export const FeedState = z.object({
  feed: z.enum(feeds),
  /** Batches that arrived since the figures were last made anew. */
  batches: z.int(),
  arrivedAt: Instant.nullable(),
  /** Age of the oldest entry that is not in the figures yet, milliseconds; 0 when none waits. */
  lagMs: z.int(),
});

export const lateStates = ['open', 'taken', 'left'] as const;

/** What came more than 72 hours after its minute: one event of the house, or a batch's events of one day. */
export const LateEntry = z.object({
  id: Id,
  feed: z.enum(feeds),
  /** The event's name; `behaviour` for visitors' events. */
  what: z.string(),
  /** The order or return it is about; empty for behaviour. */
  ref: z.string(),
  day: Day,
  channel: z.string(),
  store: z.string(),
  happenedAt: Instant,
  arrivedAt: Instant,
  entries: z.int(),
  /** By how much its day's figures would move; what was called off or came back counts against them. */
  units: z.int(),
  amountFen: Fen,
  state: z.enum(lateStates),
  reason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  version: z.int(),
});

export const grains = ['minute', 'hour', 'day'] as const;
export const bucketSources = ['sales', 'events'] as const;

/** A closed bucket that a late event opened again. Its first version is 1 and is not listed. */
export const ReopenedBucket = z.object({
  id: Id,
  source: z.enum(bucketSources),
  grain: z.enum(grains),
  startsAt: Instant,
  channel: z.string(),
  store: z.string(),
  category: z.string(),
  sku: z.string(),
  campaign: z.string(),
  event: z.string(),
  version: z.int(),
  /** The batch of the stream that brought it. */
  batch: z.string(),
  reopenedAt: Instant,
  /** `paidFen`, `netFen`, `netUnits`, `orders` of sales; `events` of events. */
  before: z.record(z.string(), z.number()),
  after: z.record(z.string(), z.number()),
});

export const reconciliationOutcomes = ['running', 'equal', 'repaired', 'unrepaired', 'postponed'] as const;
export type Outcome = (typeof reconciliationOutcomes)[number];
export const checkNames = [
  'orders',
  'order_lines',
  'stock_moves',
  'behaviour',
  'sales_sums',
  'event_sums',
  'stock_sums',
] as const;
export type CheckName = (typeof checkNames)[number];
export const repairs = ['sent_again', 'rebuilt', 'removed', 'none'] as const;
export type Repair = (typeof repairs)[number];

/** A day on which the two did not say the same. */
export const Difference = z.object({
  what: z.enum(checkNames),
  day: Day,
  /** Which figure: `count`, `distinct`, `amount_fen`, `units`, or a column of a table of sums, `sales_day.net_fen`. */
  measure: z.string(),
  expected: z.int(),
  found: z.int(),
  /** What was found after the repair; null when nothing could be done. */
  foundAfter: z.int().nullable(),
  /** Which orders, movements or messages, where they are few. */
  ids: z.array(z.string()),
  repair: z.enum(repairs),
});

export const Reconciliation = z.object({
  id: Id,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  askedBy: z.string(),
  from: Day,
  to: Day,
  outcome: z.enum(reconciliationOutcomes),
  /** How many figures were compared. */
  checks: z.int(),
  differences: z.array(Difference),
});

export const getQuality = endpoint({
  method: 'GET',
  path: '/stream/quality',
  summary: 'How fresh the figures are, what came late, when they were last compared with the books',
  access: { permission: 'stream.view' },
  reply: z.object({
    asOf: Instant,
    version: z.string(),
    lagMs: z.int(),
    feeds: z.array(FeedState),
    lateOpen: z.int(),
    reopenedLastDay: z.int(),
    lastReconciliation: Reconciliation.nullable(),
  }),
  errors: [],
});

export const listReconciliations = endpoint({
  method: 'GET',
  path: '/stream/reconciliations',
  summary: 'Comparisons of PostgreSQL with ClickHouse, newest first, each with what differed and what was done',
  access: { permission: 'stream.view' },
  query: z.object({ ...paging }),
  reply: page(Reconciliation),
  errors: [],
});

export const startReconciliation = endpoint({
  method: 'POST',
  path: '/stream/reconciliations',
  summary: 'Compare PostgreSQL with ClickHouse now, over so many business days up to today',
  access: { permission: 'stream.repair' },
  body: z.object({ days: z.int().min(1).max(400).default(8) }),
  reply: z.object({ id: Id }),
  errors: ['reconciliation.running'],
});

export const listLate = endpoint({
  method: 'GET',
  path: '/stream/late',
  summary: 'The late ledger: what came more than 72 hours late and is not in the figures by itself',
  access: { permission: 'stream.view' },
  query: z.object({ state: z.enum(lateStates).optional(), ...paging }),
  reply: page(LateEntry).extend({
    sums: z.array(z.object({ state: z.enum(lateStates), ledger: z.int(), entries: z.int(), amountFen: Fen })),
  }),
  errors: [],
});

const Decision = z.object({ version: z.int(), reason: z.string().trim().min(1).max(300) });

export const takeLate = endpoint({
  method: 'POST',
  path: '/stream/late/:id/take',
  summary: 'Take a late entry into the figures of its day',
  access: { permission: 'stream.repair' },
  params: z.object({ id: Id }),
  body: Decision,
  reply: LateEntry,
  errors: ['late_entry.not_found', 'late_entry.changed', 'late_entry.wrong_state'],
});

export const leaveLate = endpoint({
  method: 'POST',
  path: '/stream/late/:id/leave',
  summary: 'Leave a late entry out of the figures',
  access: { permission: 'stream.repair' },
  params: z.object({ id: Id }),
  body: Decision,
  reply: LateEntry,
  errors: ['late_entry.not_found', 'late_entry.changed', 'late_entry.wrong_state'],
});

export const listReopened = endpoint({
  method: 'GET',
  path: '/stream/reopened',
  summary: 'Closed buckets that late events opened again, newest first, with their figures before and after',
  access: { permission: 'stream.view' },
  query: z.object({ grain: z.enum(grains).optional(), source: z.enum(bucketSources).optional(), ...paging }),
  reply: page(ReopenedBucket),
  errors: [],
});
