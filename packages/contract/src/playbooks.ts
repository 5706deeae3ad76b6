import * as z from 'zod';
import { DecisionParts, DecisionSignal, DecisionState, Playbook, Range, stages, Step } from './decision.ts';
import { endpoint } from './endpoint.ts';
import { roles } from './permissions.ts';
import { Day, Fen, Id, Instant, LocationCode, page, paging, Sku } from './values.ts';

export * from './decision.ts';

/** Whether the caller may press the button now; `reason` is the refusal code that pressing it would give. */
export const Allowed = z.object({
  ok: z.boolean(),
  reason: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});

export const DecisionSummary = z.object({
  id: Id,
  number: z.string(),
  playbook: Playbook,
  entityKind: z.enum(['sku', 'category']),
  entityKey: z.string(),
  entityName: z.string(),
  entityNameEn: z.string(),
  state: DecisionState,
  stage: z.enum(stages),
  /** The money that approval limits look at, fen. */
  amountFen: Fen,
  /** Expected gain in margin, fen. */
  expectedGainFen: Range,
  /** Measured gain in margin, fen; null until measured, or where the playbook measures days instead. */
  measuredGainFen: Range.nullable(),
  proposedBy: z.string(),
  proposedAt: Instant,
  expiresAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  version: z.int(),
  waitsForMe: z.boolean(),
});

export const Decision = z.intersection(
  DecisionSummary.extend({
    signal: DecisionSignal.nullable(),
    steps: z.array(Step),
    purchaseId: Id.nullable(),
    purchaseNumber: z.string().nullable(),
    supersededBy: Id.nullable(),
    effectiveFrom: Instant.nullable(),
    effectiveTo: Instant.nullable(),
    /** Live daily units per SKU of both groups since 28 days before the start; empty outside a mark-down. */
    live: z.array(z.object({ day: Day, treated: z.number(), control: z.number() })),
    /** The caller's limit for this playbook, fen; null is no limit. */
    myLimitFen: Fen.nullable(),
    allowed: z.object({ approve: Allowed, reject: Allowed, change: Allowed, requestChange: Allowed, rollBack: Allowed }),
  }),
  DecisionParts,
);

const limits = z.partialRecord(z.enum(roles), Fen.min(0).nullable());

export const CoverSetting = z.strictObject({
  /** Approved by rule up to this amount, fen; 0 asks a person always. */
  autoApproveFen: Fen.min(0),
  /** Up to which amount a role may approve; null is no limit; a role not named may not. */
  approverLimitsFen: limits,
  reviewDays: z.int().min(1).max(90),
  serviceLevelBp: z.int().min(5000).max(9999),
  historyDays: z.int().min(7).max(180),
  location: LocationCode,
  expiresAfterHours: z.int().min(1).max(720),
  isActive: z.boolean(),
});

export const SlowMoverSetting = z.strictObject({
  autoApproveFen: Fen.min(0),
  approverLimitsFen: limits,
  /** Stock older than this many days … */
  stockAgeDays: z.int().min(7).max(1000),
  /** … that sold less than this share of (sold + on hand) in the history. */
  sellThroughBelowBp: z.int().min(1).max(10_000),
  historyDays: z.int().min(7).max(180),
  groupMinimum: z.int().min(4).max(1000),
  treatedShareBp: z.int().min(1000).max(9000),
  depthBp: z.int().min(100).max(9000),
  /** SKUs that the floor leaves less than this are excluded. */
  depthMinimumBp: z.int().min(100).max(9000),
  windowDays: z.int().min(3).max(90),
  confidenceBp: z.int().min(8000).max(9990),
  elasticity: Range,
  expiresAfterHours: z.int().min(1).max(720),
  isActive: z.boolean(),
});

export const PlaybookSetting = z.intersection(
  z.object({ version: z.int(), changedBy: z.string(), changedAt: Instant }),
  z.discriminatedUnion('playbook', [
    z.object({ playbook: z.literal('cover'), params: CoverSetting }),
    z.object({ playbook: z.literal('slow_mover'), params: SlowMoverSetting }),
  ]),
);

const byId = z.object({ id: Id });
const seenVersion = z.int().min(1);

export const listDecisions = endpoint({
  method: 'GET',
  path: '/decisions',
  summary: 'Decisions from signal to measured effect, newest first',
  access: { permission: 'decisions.view' },
  query: z.object({
    state: DecisionState.optional(),
    playbook: Playbook.optional(),
    entityKey: z.string().max(64).optional(),
    search: z.string().max(64).optional(),
    waitsForMe: z.stringbool().optional(),
    ...paging,
  }),
  reply: page(DecisionSummary).extend({ waitingForMe: z.int(), counts: z.record(DecisionState, z.int()) }),
  errors: [],
});

export const getDecision = endpoint({
  method: 'GET',
  path: '/decisions/:id',
  summary: 'The whole life of one decision',
  access: { permission: 'decisions.view' },
  params: byId,
  reply: Decision,
  errors: ['decision.not_found'],
});

export const proposeDecision = endpoint({
  method: 'POST',
  path: '/decisions',
  summary: 'Have a playbook propose now; the caller is the proposer, so somebody else approves',
  access: { permission: 'decisions.view' },
  body: z.discriminatedUnion('playbook', [
    z.object({ playbook: z.literal('cover'), sku: Sku }),
    z.object({ playbook: z.literal('slow_mover'), category: z.string().min(1).max(64) }),
  ]),
  reply: Decision,
  errors: ['sku.not_found', 'supply_term.missing', 'decision.exists', 'decision.nothing_to_do', 'analytics.unavailable'],
});

/** What may be changed on a proposal: for cover the quantity and assumptions; for a mark-down depth, window, elasticity. */
const change = z.discriminatedUnion('playbook', [
  z.object({
    playbook: z.literal('cover'),
    quantity: z.int().min(1).max(1_000_000).optional(),
    serviceLevelBp: z.int().min(5000).max(9999).optional(),
    reviewDays: z.int().min(1).max(90).optional(),
    dailyUnits: z.number().min(0).max(1_000_000).optional(),
  }),
  z.object({
    playbook: z.literal('slow_mover'),
    depthBp: z.int().min(100).max(9000).optional(),
    windowDays: z.int().min(3).max(90).optional(),
    elasticity: Range.optional(),
    startsOn: Day.optional(),
  }),
]);

export const previewProposal = endpoint({
  method: 'POST',
  path: '/decisions/:id/preview',
  summary: 'The proposal under other assumptions; nothing is stored',
  access: { permission: 'decisions.view' },
  params: byId,
  body: change,
  reply: DecisionParts,
  errors: ['decision.not_found', 'decision.wrong_state', 'decision.nothing_to_do'],
});

export const changeProposal = endpoint({
  method: 'PUT',
  path: '/decisions/:id/proposal',
  summary: 'Change a proposal; the caller becomes its proposer',
  access: { permission: 'decisions.view' },
  params: byId,
  body: z.object({ version: seenVersion, change, note: z.string().max(500).optional() }),
  reply: Decision,
  errors: ['decision.not_found', 'decision.wrong_state', 'decision.stale', 'decision.expired', 'decision.nothing_to_do'],
});

export const approveDecision = endpoint({
  method: 'POST',
  path: '/decisions/:id/approval',
  summary: 'Approve, all or without some SKUs',
  access: { permission: 'decisions.view' },
  params: byId,
  body: z.object({
    version: seenVersion,
    /** Mark-downs only: leave these SKUs at their price. */
    dropSkus: z.array(Sku).max(500).default([]),
    note: z.string().max(500).optional(),
  }),
  reply: Decision,
  errors: [
    'decision.not_found',
    'decision.wrong_state',
    'decision.stale',
    'decision.expired',
    'decision.over_limit',
    'decision.four_eyes',
    'decision.nothing_to_do',
  ],
  idempotent: true,
});

export const rejectDecision = endpoint({
  method: 'POST',
  path: '/decisions/:id/rejection',
  summary: 'Reject, with the reason',
  access: { permission: 'decisions.view' },
  params: byId,
  body: z.object({ version: seenVersion, reason: z.string().trim().min(1).max(500) }),
  reply: Decision,
  errors: ['decision.not_found', 'decision.wrong_state', 'decision.stale'],
  idempotent: true,
});

export const requestChange = endpoint({
  method: 'POST',
  path: '/decisions/:id/change-request',
  summary: 'Ask for another proposal, saying what should change',
  access: { permission: 'decisions.view' },
  params: byId,
  body: z.object({ version: seenVersion, note: z.string().trim().min(1).max(500) }),
  reply: Decision,
  errors: ['decision.not_found', 'decision.wrong_state', 'decision.stale', 'decision.expired'],
  idempotent: true,
});

export const rollBackDecision = endpoint({
  method: 'POST',
  path: '/decisions/:id/rollback',
  summary: 'Undo early: prices return to list now, or the untouched purchase request is cancelled',
  access: { permission: 'decisions.view' },
  params: byId,
  body: z.object({ version: seenVersion, reason: z.string().trim().min(1).max(500) }),
  reply: Decision,
  errors: ['decision.not_found', 'decision.wrong_state', 'decision.stale', 'purchase.wrong_state'],
  idempotent: true,
});

export const listSettings = endpoint({
  method: 'GET',
  path: '/playbooks',
  summary: 'Playbooks with their limits and parameters',
  access: { permission: 'decisions.view' },
  reply: z.object({ items: z.array(PlaybookSetting) }),
  errors: [],
});

export const changeSetting = endpoint({
  method: 'PUT',
  path: '/playbooks/:playbook',
  summary: 'Change limits and parameters of a playbook; the version before is kept',
  access: { permission: 'decisions.configure' },
  params: z.object({ playbook: Playbook }),
  body: z.discriminatedUnion('playbook', [
    z.object({ playbook: z.literal('cover'), version: seenVersion, params: CoverSetting }),
    z.object({ playbook: z.literal('slow_mover'), version: seenVersion, params: SlowMoverSetting }),
  ]),
  reply: PlaybookSetting,
  errors: ['playbook.stale', 'playbook.invalid'],
});
