import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { ChannelCode, Day, Id, Instant, page, paging } from './values.ts';

/**
 * Behaviour events, in Segment's wire format: `POST /v1/batch`, `/v1/track`, `/v1/page`, `/v1/identify`, `/v1/screen`, `/v1/alias`,
 * `/v1/group`, their short names that browsers use (`/v1/t`, `/v1/b` …), and PostHog's `/batch/`. These paths stand at the root, not below
 * /api, so that unmodified clients can be pointed at the house. The write key goes as basic-auth user (password empty), as `writeKey` or
 * `api_key` in the body, or as header `x-write-key`. A body may be gzip.
 */

/** The key of our own shop's pages. Write keys are public: every visitor's browser holds one. */
export const shopWriteKey = 'ts_shop_web';

export const wireTypes = ['track', 'page', 'identify', 'screen', 'alias', 'group'] as const;
export type WireType = (typeof wireTypes)[number];

/** An event may weigh this much, a batch that much and hold so many events. Bytes of JSON, unpacked. */
export const wireLimits = { eventBytesMax: 32_768, batchBytesMax: 512_000, batchEventsMax: 2_500 } as const;

/** Why an event is not kept as it is. `server_only`: a browser tells what the house decides; `off_plan`: the plan is enforced for it. */
export const badReasons = [
  'event.not_an_object',
  'event.too_large',
  'event.unknown_type',
  'event.no_visitor',
  'event.no_name',
  'event.bad_message_id',
  'event.bad_timestamp',
  'event.bad_properties',
  'event.server_only',
  'event.off_plan',
] as const;
export type BadReason = (typeof badReasons)[number];
const BadReasons = z.array(z.enum(badReasons));

/** One rejected event: its place in the batch and every reason. */
export const RejectedEvent = z.object({ index: z.int(), messageId: z.string().nullable(), reasons: BadReasons });
export type Rejected = z.output<typeof RejectedEvent>;

/**
 * What a batch is answered with: when this arrives, the good events are on disk and the bad ones wait to be mended. `duplicates` of the
 * accepted were taken before. Every event not in `rejected` was accepted. `success` is false when none was good.
 */
export const BatchReply = z.object({
  success: z.boolean(),
  accepted: z.int(),
  duplicates: z.int(),
  rejected: z.array(RejectedEvent),
});

export const sourceKinds = ['browser', 'server'] as const;
export const badEventStates = ['open', 'replayed', 'discarded'] as const;

/** Who may send. A browser's key is public; a server's is its secret. */
export const Source = z.object({
  writeKey: z.string(),
  name: z.string(),
  channel: ChannelCode,
  kind: z.enum(sourceKinds),
  isActive: z.boolean(),
  createdAt: Instant,
});

export const BadEvent = z.object({
  id: Id,
  state: z.enum(badEventStates),
  source: z.string(),
  eventName: z.string().nullable(),
  messageId: z.string().nullable(),
  /** What is still wrong with it; empty once it is mended. */
  reasons: BadReasons,
  isMended: z.boolean(),
  receivedAt: Instant,
  version: z.int(),
  settledBy: z.string().nullable(),
  settledAt: Instant.nullable(),
  note: z.string().nullable(),
});
/** With what was sent, less what names a person, and what somebody made of it. JSON text. */
export const BadEventWhole = BadEvent.extend({ sent: z.string(), mended: z.string().nullable() });

export const planTypes = ['text', 'number', 'integer', 'boolean', 'list', 'object', 'any'] as const;
const plain = { name: z.string().trim().min(1).max(100), type: z.enum(planTypes), isRequired: z.boolean() };
/** `items`: what each entry of a list carries. */
export const PlannedProperty = z.object({ ...plain, items: z.array(z.object(plain)).max(60).optional() });
export type PlannedProperty = z.output<typeof PlannedProperty>;
const PlannedProperties = z
  .array(PlannedProperty)
  .max(100)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length);

export const PlannedEvent = z.object({
  name: z.string(),
  properties: z.array(PlannedProperty),
  /** An event that breaks the plan waits as a bad event; else it is kept and the violation counted. */
  isEnforced: z.boolean(),
  isServerOnly: z.boolean(),
  version: z.int(),
  changedBy: z.string(),
  changedAt: Instant,
  /** Violations of the last seven days. */
  violations: z.int(),
});

export const planProblems = ['unplanned', 'missing', 'wrong_type'] as const;
export type PlanProblem = (typeof planProblems)[number];

/** One way in which events of a source go against the plan, over the days asked for. */
export const Violation = z.object({
  source: z.string(),
  event: z.string(),
  /** `products[].price`; empty when the event itself is not planned. */
  property: z.string(),
  problem: z.enum(planProblems),
  times: z.int(),
  lastAt: Instant,
  /** One of the messages. */
  messageId: z.string(),
});

/** Two signed-in customers on one visitor: they stay two. */
export const IdentityConflict = z.object({
  id: Id,
  visitorId: z.string(),
  customerId: z.string(),
  otherCustomerId: z.string(),
  source: z.string(),
  times: z.int(),
  firstAt: Instant,
  lastAt: Instant,
});

const view = { permission: 'collection.view' } as const;
const edit = { permission: 'collection.edit' } as const;
const ids = z.array(Id).min(1).max(500);

export const listSources = endpoint({
  method: 'GET',
  path: '/collection/sources',
  summary: 'Who may send behaviour events; keys are shown to who may change them',
  access: edit,
  reply: z.object({ items: z.array(Source) }),
  errors: [],
});

export const addSource = endpoint({
  method: 'POST',
  path: '/collection/sources',
  summary: 'Let somebody send behaviour events: a new write key',
  access: edit,
  body: z.object({ name: z.string().trim().min(1).max(60), channel: ChannelCode, kind: z.enum(sourceKinds) }),
  reply: Source,
  errors: ['source.exists'],
  idempotent: true,
});

export const closeSource = endpoint({
  method: 'POST',
  path: '/collection/sources/:writeKey/close',
  summary: 'Take no more events under this key; those taken stay',
  access: edit,
  params: z.object({ writeKey: z.string().max(100) }),
  reply: Source,
  errors: ['source.not_found'],
});

export const listBadEvents = endpoint({
  method: 'GET',
  path: '/collection/bad-events',
  summary: 'Events that could not be kept as they came, newest first',
  access: view,
  query: z.object({
    state: z.enum(badEventStates).optional(),
    source: z.string().max(60).optional(),
    reason: z.enum(badReasons).optional(),
    ...paging,
  }),
  reply: page(BadEvent).extend({
    /** Open ones, and those that came beyond what is kept of a source and day (counted, not kept). */
    open: z.int(),
    beyond: z.int(),
  }),
  errors: [],
});

export const getBadEvent = endpoint({
  method: 'GET',
  path: '/collection/bad-events/:id',
  summary: 'One bad event, as it was sent and as it was mended',
  access: view,
  params: z.object({ id: Id }),
  reply: BadEventWhole,
  errors: ['bad_event.not_found'],
});

export const mendBadEvent = endpoint({
  method: 'PUT',
  path: '/collection/bad-events/:id',
  summary: 'Put right what was sent; the answer says what is still wrong with it',
  access: edit,
  params: z.object({ id: Id }),
  body: z.object({ event: z.record(z.string(), z.unknown()), version: z.int() }),
  reply: BadEventWhole,
  errors: ['bad_event.not_found', 'bad_event.wrong_state', 'bad_event.changed', 'request.too_large'],
});

export const replayBadEvents = endpoint({
  method: 'POST',
  path: '/collection/bad-events/replays',
  summary: 'Take mended events in, each exactly once; what is still bad stays',
  access: edit,
  body: z.object({ ids }),
  reply: z.object({
    items: z.array(z.object({ id: Id, outcome: z.enum(['replayed', 'duplicate', 'still_bad', 'settled']), reasons: BadReasons })),
  }),
  errors: [],
  idempotent: true,
});

export const discardBadEvents = endpoint({
  method: 'POST',
  path: '/collection/bad-events/discards',
  summary: 'Give bad events up, with a reason; they stay readable',
  access: edit,
  body: z.object({ ids, reason: z.string().trim().min(1).max(300) }),
  reply: z.object({ discarded: z.int() }),
  errors: [],
});

export const listPlan = endpoint({
  method: 'GET',
  path: '/collection/plan',
  summary: 'The tracking plan: what each event carries, and how often that was not so in the last seven days',
  access: view,
  reply: z.object({ items: z.array(PlannedEvent) }),
  errors: [],
});

export const putPlannedEvent = endpoint({
  method: 'PUT',
  path: '/collection/plan/:name',
  summary: 'Plan an event, or change its plan (with the version that was seen; 0 for a new one)',
  access: edit,
  params: z.object({ name: z.string().trim().min(1).max(200) }),
  body: z.object({
    properties: PlannedProperties,
    isEnforced: z.boolean(),
    isServerOnly: z.boolean(),
    version: z.int().min(0),
  }),
  reply: PlannedEvent,
  errors: ['plan.changed'],
});

export const listViolations = endpoint({
  method: 'GET',
  path: '/collection/violations',
  summary: 'How events went against the plan from one business day to another, most frequent first',
  access: view,
  query: z.object({ from: Day.optional(), to: Day.optional(), event: z.string().max(200).optional() }),
  reply: z.object({ items: z.array(Violation) }),
  errors: [],
});

export const listIdentityConflicts = endpoint({
  method: 'GET',
  path: '/collection/identity-conflicts',
  summary: 'Visitors on whom two customers signed in, newest first; they were not merged',
  access: view,
  query: z.object({ ...paging }),
  reply: page(IdentityConflict),
  errors: [],
});
