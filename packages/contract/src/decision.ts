// What a decision carries, by playbook. The operations are in playbooks.ts.
import * as z from 'zod';
import { Day, Fen, Id, Instant, LocationCode, Sku } from './values.ts';

export const playbookKinds = ['cover', 'slow_mover'] as const;
export const Playbook = z.enum(playbookKinds);

/**
 * proposed ⇄ change_requested → approved → carried_out → measured; it may end as rejected, expired, superseded, failed
 * or rolled_back.
 */
export const decisionStates = [
  'proposed',
  'change_requested',
  'approved',
  'carried_out',
  'measured',
  'rejected',
  'expired',
  'superseded',
  'failed',
  'rolled_back',
] as const;
export const DecisionState = z.enum(decisionStates);

export const stages = ['signal', 'cause', 'proposal', 'approval', 'execution', 'effect'] as const;

export const stepKinds = [
  'signal_fired',
  'signal_joined',
  'signal_resolved',
  'cause_found',
  'proposed',
  'proposal_changed',
  'change_requested',
  'approved_by_rule',
  'approved_by_person',
  'rejected',
  'expired',
  'superseded',
  'purchase_requested',
  'purchase_received',
  'markdown_scheduled',
  'markdown_started',
  'markdown_ended',
  'execution_failed',
  'rolled_back',
  'measured',
  'measure_postponed',
] as const;

/** One thing that happened: who or which rule, when, why. `note` is what a person wrote; `details` is data for the sentence. */
export const Step = z.object({
  id: Id,
  at: Instant,
  stage: z.enum(stages),
  what: z.enum(stepKinds),
  actorKind: z.enum(['staff', 'shopper', 'system']),
  actor: z.string(),
  /** The rule or setting that decided, with its version: `playbooks.cover.auto_approve@3`; null when a person did. */
  rule: z.string().nullable(),
  note: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});

/** A figure with the range it is believed to lie in. */
export const Range = z.object({ low: z.number(), mid: z.number(), high: z.number() });

export const Contribution = z.object({
  /** The dimension: `channel`, `location`, `category`. */
  by: z.string(),
  key: z.string(),
  before: z.number(),
  after: z.number(),
  change: z.number(),
});

export const DecisionSignal = z.object({
  id: Id,
  metric: z.string(),
  direction: z.enum(['below', 'above']),
  fireLevel: z.number(),
  value: z.number(),
  firedAt: Instant,
  resolvedAt: Instant.nullable(),
});

// ── cover ───────────────────────────────────────────────────────────────────────────────────────────────────────────
export const CoverCause = z.object({
  asOf: Instant,
  /** Units sold by business day, oldest first. */
  sales: z.array(z.object({ day: Day, units: z.number() })),
  dailyUnits: z.number(),
  dailyDeviation: z.number(),
  stock: z.array(z.object({ location: LocationCode, onHand: z.int(), available: z.int() })),
  available: z.int(),
  openPurchase: z.int(),
  coverDays: z.number().nullable(),
  /** Daily units of the last 7 days against the 21 before; the changes add up to `demandChange`. */
  demandChange: z.number(),
  contributions: z.array(Contribution),
});

export const CoverAssumptions = z.object({
  supplier: z.string(),
  leadTimeDays: z.int().min(0).max(365),
  reviewDays: z.int().min(1).max(90),
  /** Probability of no stock-out in one cycle, basis points. */
  serviceLevelBp: z.int().min(5000).max(9999),
  dailyUnits: z.number().min(0).max(1_000_000),
  dailyDeviation: z.number().min(0).max(1_000_000),
});

export const CoverOption = z.object({
  kind: z.enum(['recommended', 'nothing', 'minimum']),
  quantity: z.int(),
  amountFen: Fen,
  coverAfterDays: z.number().nullable(),
  lostUnits: Range,
  lostMarginFen: Range,
});

export const CoverProposal = z.object({
  sku: Sku,
  location: LocationCode,
  supplier: z.string(),
  quantity: z.int(),
  unitCostFen: Fen,
  /** What one more unit sold earns: price without VAT − cost. */
  unitMarginFen: Fen,
  amountFen: Fen,
  packSize: z.int(),
  minimumQuantity: z.int(),
  expectedOn: Day,
  orderUpTo: z.number(),
  safetyStock: z.number(),
  assumptions: CoverAssumptions,
  options: z.array(CoverOption),
});

export const CoverExpected = z.object({
  coverAfterDays: z.number().nullable(),
  stockOutDays: z.number(),
  avoidedLostUnits: Range,
  avoidedLostMarginFen: Range,
  costFen: Fen,
});

export const CoverEffect = z.object({
  measuredAt: Instant,
  receivedOn: Day,
  receivedUnits: z.int(),
  coverAfterDays: z.number().nullable(),
  expectedCoverDays: z.number().nullable(),
  stockOutDays: z.int(),
  expectedStockOutDays: z.number(),
  /** Days from request to receipt. */
  leadTimeDays: z.int(),
  expectedLeadTimeDays: z.int(),
});

// ── slow mover ──────────────────────────────────────────────────────────────────────────────────────────────────────
export const exclusions = [
  'below_floor',
  'no_price',
  'already_marked_down',
  'in_other_decision',
  'no_stock',
  'no_cost',
  'dropped',
] as const;

export const SlowMoverCause = z.object({
  asOf: Instant,
  stockAgeDays: z.int(),
  sellThroughBelowBp: z.int(),
  stockUnits: z.int(),
  /** Stock of the group at cost. */
  stockCostFen: Fen,
  candidates: z.array(
    z.object({
      sku: Sku,
      name: z.string(),
      nameEn: z.string().default(''),
      category: z.string(),
      ageDays: z.int(),
      available: z.int(),
      unitsSold: z.number(),
      sellThroughBp: z.int(),
    }),
  ),
  excluded: z.array(z.object({ sku: Sku, name: z.string(), nameEn: z.string().default(''), why: z.enum(exclusions) })),
  sales: z.array(z.object({ day: Day, units: z.number() })),
  contributions: z.array(Contribution),
});

export const SlowMoverAssumptions = z.object({
  /** How many percent more units for one percent less price, as a negative number, with its range. */
  elasticity: Range,
  depthBp: z.int().min(100).max(9000),
  windowDays: z.int().min(3).max(90),
});

export const Arm = z.object({
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  category: z.string(),
  arm: z.enum(['treated', 'control', 'dropped']),
  oldPriceFen: Fen,
  /** Null for the control group. */
  newPriceFen: Fen.nullable(),
  floorFen: Fen,
  unitCostFen: Fen,
  available: z.int(),
  dailyUnits: z.number(),
});

export const SlowMoverProposal = z.object({
  category: z.string(),
  seed: z.int(),
  treatedCount: z.int(),
  controlCount: z.int(),
  startsOn: Day,
  endsOn: Day,
  /** What the mark-down gives away on the units expected to sell: the amount that limits look at. */
  amountFen: Fen,
  assumptions: SlowMoverAssumptions,
  options: z.array(
    z.object({
      kind: z.enum(['recommended', 'nothing', 'half_depth']),
      depthBp: z.int(),
      units: Range,
      marginFen: Range,
    }),
  ),
});

export const SlowMoverExpected = z.object({
  /** Extra units and margin of the treated group over the window against doing nothing. */
  extraUnits: Range,
  extraMarginFen: Range,
  freedCostFen: Range,
  giveAwayFen: Fen,
});

/** A difference in differences: (treated after − before) − (control after − before), per SKU and day. */
export const Estimate = z.object({
  effect: z.number(),
  low: z.number(),
  high: z.number(),
  /** Over the whole treated group and window. */
  total: z.number(),
  totalLow: z.number(),
  totalHigh: z.number(),
  degreesOfFreedom: z.number(),
  isSignificant: z.boolean(),
});

export const SlowMoverEffect = z.object({
  measuredAt: Instant,
  from: Day,
  /** Inclusive. */
  to: Day,
  windowDays: z.int(),
  preDays: z.int(),
  confidenceBp: z.int(),
  treatedCount: z.int(),
  controlCount: z.int(),
  method: z.literal('did_welch'),
  units: Estimate,
  marginFen: Estimate,
  isEnough: z.boolean(),
  series: z.array(z.object({ day: Day, treated: z.number(), control: z.number() })),
});

export const DecisionParts = z.discriminatedUnion('playbook', [
  z.object({
    playbook: z.literal('cover'),
    cause: CoverCause,
    proposal: CoverProposal,
    expected: CoverExpected,
    effect: CoverEffect.nullable(),
  }),
  z.object({
    playbook: z.literal('slow_mover'),
    cause: SlowMoverCause,
    proposal: SlowMoverProposal,
    expected: SlowMoverExpected,
    effect: SlowMoverEffect.nullable(),
    arms: z.array(Arm),
  }),
]);
