import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant, page, paging } from './values.ts';

export const entityKinds = ['total', 'sku', 'store', 'channel', 'category'] as const;
export const EntityKind = z.enum(entityKinds);
export const warningStates = ['inactive', 'pending', 'firing', 'resolved'] as const;
export const WarningState = z.enum(warningStates);

/** Levels are in the metric's unit. Below: fire < level, clear ≥ clear level ≥ fire level; above: mirrored. */
const ruleBody = {
  name: z.string().trim().min(1).max(120),
  nameEn: z.string().trim().min(1).max(120),
  metric: z.string().min(1).max(64),
  entity: EntityKind,
  direction: z.enum(['below', 'above']),
  fireLevel: z.number(),
  clearLevel: z.number(),
  /** How long the value must stay beyond the fire level before it fires. */
  holdMinutes: z.int().min(0).max(43_200),
  isActive: z.boolean(),
};

export const WarningRule = z.object({
  id: Id,
  ...ruleBody,
  /** Compare the value with the target in force (ratio of target) rather than with a fixed level. */
  against: z.enum(['level', 'target']),
  version: z.int(),
  changedBy: z.string(),
  changedAt: Instant,
  evaluatedAt: Instant.nullable(),
  counts: z.object({ firing: z.int(), pending: z.int(), unknown: z.int(), watched: z.int() }),
});

export const Signal = z.object({
  id: Id,
  ruleId: Id,
  ruleName: z.string(),
  ruleNameEn: z.string(),
  metric: z.string(),
  entity: EntityKind,
  entityKey: z.string(),
  direction: z.enum(['below', 'above']),
  fireLevel: z.number(),
  clearLevel: z.number(),
  /** The value that fired, and the last one seen. */
  firedValue: z.number(),
  lastValue: z.number().nullable(),
  pendingSince: Instant,
  firedAt: Instant,
  resolvedAt: Instant.nullable(),
});

export const EntityState = z.object({
  ruleId: Id,
  entityKey: z.string(),
  state: WarningState,
  /** null: unknown; it neither fires nor clears. */
  value: z.number().nullable(),
  pendingSince: Instant.nullable(),
  firedAt: Instant.nullable(),
  resolvedAt: Instant.nullable(),
  signalId: Id.nullable(),
});

export const listRules = endpoint({
  method: 'GET',
  path: '/warnings/rules',
  summary: 'Warning lines with what they watch and what fires now',
  access: { permission: 'warnings.view' },
  reply: z.object({ items: z.array(WarningRule) }),
  errors: [],
});

const against = z.enum(['level', 'target']).default('level');

export const createRule = endpoint({
  method: 'POST',
  path: '/warnings/rules',
  summary: 'Draw a warning line',
  access: { permission: 'warnings.edit' },
  body: z.object({ ...ruleBody, against }),
  reply: WarningRule,
  errors: ['metric.not_found', 'metric.dimension_unknown', 'warning_rule.levels_crossed'],
  idempotent: true,
});

export const changeRule = endpoint({
  method: 'PUT',
  path: '/warnings/rules/:id',
  summary: 'Move a warning line, or switch it off',
  access: { permission: 'warnings.edit' },
  params: z.object({ id: Id }),
  body: z.object({ ...ruleBody, against, version: z.int() }),
  reply: WarningRule,
  errors: [
    'warning_rule.not_found',
    'warning_rule.stale',
    'warning_rule.levels_crossed',
    'metric.not_found',
    'metric.dimension_unknown',
  ],
});

export const previewRule = endpoint({
  method: 'POST',
  path: '/warnings/rules/preview',
  summary: 'What would fire now',
  access: { permission: 'warnings.view' },
  body: z.object({
    metric: ruleBody.metric,
    entity: EntityKind,
    direction: ruleBody.direction,
    fireLevel: z.number(),
    clearLevel: z.number(),
    against,
  }),
  reply: z.object({
    watched: z.int(),
    wouldFire: z.int(),
    unknown: z.int(),
    /** The worst first. */
    examples: z.array(z.object({ entityKey: z.string(), value: z.number() })),
  }),
  errors: ['metric.not_found', 'metric.dimension_unknown', 'warning_rule.levels_crossed', 'analytics.unavailable'],
});

export const listEntityStates = endpoint({
  method: 'GET',
  path: '/warnings/rules/:id/states',
  summary: 'Where each watched entity of a rule stands',
  access: { permission: 'warnings.view' },
  params: z.object({ id: Id }),
  query: z.object({ state: WarningState.optional(), search: z.string().max(64).optional(), ...paging }),
  reply: page(EntityState),
  errors: ['warning_rule.not_found'],
});

export const listSignals = endpoint({
  method: 'GET',
  path: '/warnings/signals',
  summary: 'Signals, newest first',
  access: { permission: 'warnings.view' },
  query: z.object({
    state: z.enum(['firing', 'resolved']).optional(),
    ruleId: Id.optional(),
    entity: EntityKind.optional(),
    entityKey: z.string().max(64).optional(),
    ...paging,
  }),
  reply: page(Signal).extend({ firing: z.int() }),
  errors: [],
});

/** How far beyond its line a value is: 0 at the line, towards 1 far beyond; the same for every unit. */
const Severity = z.number().min(0).max(1);

export const FiringGroup = z.object({
  rule: WarningRule.pick({
    id: true,
    name: true,
    nameEn: true,
    metric: true,
    entity: true,
    direction: true,
    fireLevel: true,
    clearLevel: true,
    holdMinutes: true,
    against: true,
  }),
  firing: z.int(),
  severity: Severity,
  newestFiredAt: Instant,
  oldestFiredAt: Instant,
  /** The worst first; among equals the longest firing. */
  worst: z.array(z.object({ signalId: Id, entityKey: z.string(), value: z.number(), severity: Severity, firedAt: Instant })),
});

export const listFiring = endpoint({
  method: 'GET',
  path: '/warnings/firing',
  summary: 'What fires now, by rule with counts, the worst first',
  access: { permission: 'warnings.view' },
  query: z.object({ worst: z.coerce.number().int().min(1).max(20).default(5) }),
  reply: z.object({ firing: z.int(), groups: z.array(FiringGroup) }),
  errors: [],
});
