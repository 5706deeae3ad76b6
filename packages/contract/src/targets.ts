import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { ChannelCode, Day, Id, Instant, LocationCode } from './values.ts';

/** `2026-11` */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** What the target is about; an empty scope is the whole enterprise. Dimensions combine. */
export const TargetScope = z.strictObject({
  channel: ChannelCode.optional(),
  store: LocationCode.optional(),
  category: z.string().min(1).max(64).optional(),
});

/** Seven weights, Monday first; a day's share of the month is its weight over the month's sum. */
export const WeekdayWeights = z
  .array(z.int().min(0).max(10_000))
  .length(7)
  .refine((weights) => weights.some((weight) => weight > 0));

export const targetPeriods = ['month', 'day'] as const;

export const Target = z.object({
  id: Id,
  metric: z.string(),
  scope: TargetScope,
  period: z.enum(targetPeriods),
  /** First day of the month, or the day. */
  startsOn: Day,
  /** In the metric's unit: fen, count, or ratio. */
  value: z.number(),
  weekdayWeights: WeekdayWeights,
  version: z.int(),
  note: z.string().nullable(),
  setBy: z.string(),
  setAt: Instant,
});

/** ahead: at or above plan (below, for a metric where less is better); behind: beyond the tolerance; unknown: no actual figure. */
export const progressStates = ['ahead', 'on_track', 'behind', 'unknown'] as const;

export const TargetProgress = z.object({
  target: Target,
  /** The metric's unit, as `metrics` defines it: fen, count, ratio … */
  unit: z.string(),
  isAdditive: z.boolean(),
  asOf: Instant,
  actual: z.number().nullable(),
  /** What the plan wants by now: whole past days plus the share of today that has passed. */
  expectedByNow: z.number(),
  deviation: z.number().nullable(),
  /** Deviation over expected; null when nothing was expected. */
  deviationRatio: z.number().nullable(),
  /** Actual so far carried to the end of the period at today's pace. */
  projected: z.number().nullable(),
  state: z.enum(progressStates),
  days: z.array(z.object({ day: Day, target: z.number(), actual: z.number().nullable() })),
});

export const listTargets = endpoint({
  method: 'GET',
  path: '/targets',
  summary: 'Targets in force for a month',
  access: { permission: 'targets.view' },
  query: z.object({ month: Month, metric: z.string().max(64).optional() }),
  reply: z.object({ items: z.array(Target) }),
  errors: [],
});

export const listTargetVersions = endpoint({
  method: 'GET',
  path: '/targets/:id/versions',
  summary: 'Every version of a target: who set what, when',
  access: { permission: 'targets.view' },
  params: z.object({ id: Id }),
  reply: z.object({ items: z.array(Target) }),
  errors: ['target.not_found'],
});

export const setTarget = endpoint({
  method: 'PUT',
  path: '/targets',
  summary: 'Set a target; the version before is kept',
  access: { permission: 'targets.edit' },
  body: z.object({
    metric: z.string().min(1).max(64),
    scope: TargetScope.default({}),
    period: z.enum(targetPeriods),
    startsOn: Day,
    value: z.number().min(0).max(1e15),
    weekdayWeights: WeekdayWeights.optional(),
    note: z.string().max(500).optional(),
    /** The version the editor saw; 0 when there was none. Without it the last writer wins. */
    version: z.int().min(0).optional(),
  }),
  reply: Target,
  errors: ['metric.not_found', 'target.invalid_value', 'target.stale'],
});

export const getTargetProgress = endpoint({
  method: 'GET',
  path: '/targets/progress',
  summary: 'Every target of a month against the actual figure and the plan by now',
  access: { permission: 'targets.view' },
  query: z.object({ month: Month, metric: z.string().max(64).optional() }),
  reply: z.object({ items: z.array(TargetProgress) }),
  errors: ['analytics.unavailable'],
});
