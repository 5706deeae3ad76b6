import type { ErrorCode, playbooks as contract, Permission } from '@tongshang/contract';
import type * as z from 'zod';
import type { Actor } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';

export type Playbook = z.output<typeof contract.Playbook>;
export type DecisionState = z.output<typeof contract.DecisionState>;
export type Stage = (typeof contract.stages)[number];
export type StepKind = (typeof contract.stepKinds)[number];
export type CoverCause = z.output<typeof contract.CoverCause>;
export type CoverAssumptions = z.output<typeof contract.CoverAssumptions>;
export type CoverProposal = z.output<typeof contract.CoverProposal>;
export type CoverExpected = z.output<typeof contract.CoverExpected>;
export type CoverEffect = z.output<typeof contract.CoverEffect>;
export type CoverSetting = z.output<typeof contract.CoverSetting>;
export type SlowMoverCause = z.output<typeof contract.SlowMoverCause>;
export type SlowMoverAssumptions = z.output<typeof contract.SlowMoverAssumptions>;
export type SlowMoverProposal = z.output<typeof contract.SlowMoverProposal>;
export type SlowMoverExpected = z.output<typeof contract.SlowMoverExpected>;
export type SlowMoverEffect = z.output<typeof contract.SlowMoverEffect>;
export type SlowMoverSetting = z.output<typeof contract.SlowMoverSetting>;
export type Range = z.output<typeof contract.Range>;
export type Contribution = z.output<typeof contract.Contribution>;

// The whole life of a decision. A move that is not in this table does not exist.
const moves: Readonly<Record<DecisionState, readonly DecisionState[]>> = {
  proposed: ['proposed', 'change_requested', 'approved', 'rejected', 'expired', 'superseded'],
  change_requested: ['proposed', 'rejected', 'expired', 'superseded'],
  approved: ['carried_out', 'failed'],
  carried_out: ['measured', 'rolled_back'],
  measured: [],
  rejected: [],
  expired: [],
  superseded: [],
  failed: [],
  rolled_back: [],
};

export const canMove = (from: DecisionState, to: DecisionState): boolean => moves[from].includes(to);

export function move(from: DecisionState, to: DecisionState): DecisionState {
  return canMove(from, to) ? to : refuse('decision.wrong_state', { from, to });
}

/** While a decision is open no other may be made for its entity. */
export const openStates = ['proposed', 'change_requested', 'approved', 'carried_out'] as const satisfies readonly DecisionState[];

export const isUndecided = (state: DecisionState): boolean => state === 'proposed' || state === 'change_requested';

/** How far along the rail a decision is. */
export function stageOf(state: DecisionState): Stage {
  switch (state) {
    case 'proposed':
    case 'change_requested':
    case 'superseded':
      return 'proposal';
    case 'approved':
    case 'rejected':
    case 'expired':
      return 'approval';
    case 'carried_out':
    case 'failed':
    case 'rolled_back':
      return 'execution';
    case 'measured':
      return 'effect';
  }
}

/** The right to approve, reject, ask for change and roll back. */
export const approvePermission: Readonly<Record<Playbook, Permission>> = {
  cover: 'decisions.approve_replenishment',
  slow_mover: 'decisions.approve_markdown',
};

/** The right to propose by hand and to change a proposal. */
export const proposePermission: Readonly<Record<Playbook, Permission>> = {
  cover: 'purchasing.request',
  slow_mover: 'pricing.edit',
};

export interface Decidable {
  playbook: Playbook;
  state: DecisionState;
  amountFen: number;
  expiresAt: Date;
  proposedByKind: 'staff' | 'system';
  proposedById: string;
}

export type Limits = CoverSetting['approverLimitsFen'];

export interface Problem {
  code: ErrorCode;
  details: Record<string, unknown>;
}

/** Up to which amount this actor may approve, fen: null is no limit, undefined may not at all. The house's own rules have no limit here. */
export function limitOf(actor: Actor, limits: Limits): number | null | undefined {
  if (actor.kind === 'system') return null;
  return actor.kind === 'staff' ? limits[actor.role] : undefined;
}

/** Why this actor may not approve now; undefined when they may. */
export function approvalProblem(decision: Decidable, actor: Actor, limits: Limits, now: Date): Problem | undefined {
  const forbidden = permissionProblem(actor, approvePermission[decision.playbook]);
  if (forbidden !== undefined) return forbidden;
  const gone = undecidedProblem(decision, 'approved', now);
  if (gone !== undefined) return gone;
  if (actor.kind === 'staff' && decision.proposedByKind === 'staff' && decision.proposedById === actor.id)
    return { code: 'decision.four_eyes', details: {} };
  const limit = limitOf(actor, limits);
  if (limit === undefined || (limit !== null && decision.amountFen > limit))
    return { code: 'decision.over_limit', details: { amountFen: decision.amountFen, limitFen: limit ?? 0 } };
  return undefined;
}

/** Why this actor may not take this other step now; undefined when they may. */
export function stepProblem(
  decision: Decidable,
  actor: Actor,
  step: { permission: Permission; to: DecisionState; ignoresExpiry?: boolean },
  now: Date,
): Problem | undefined {
  const forbidden = permissionProblem(actor, step.permission);
  if (forbidden !== undefined) return forbidden;
  if (isUndecided(decision.state) && !step.ignoresExpiry) return undecidedProblem(decision, step.to, now);
  return canMove(decision.state, step.to) ? undefined : wrongState(decision.state, step.to);
}

export function permissionProblem(actor: Actor, permission: Permission): Problem | undefined {
  if (actor.kind === 'system') return undefined;
  const isHeld = actor.kind === 'staff' && actor.permissions.has(permission);
  return isHeld ? undefined : { code: 'auth.forbidden', details: { permission } };
}

function undecidedProblem({ state, expiresAt }: Decidable, to: DecisionState, now: Date): Problem | undefined {
  if (!canMove(state, to)) return state === 'expired' ? { code: 'decision.expired', details: {} } : wrongState(state, to);
  return now >= expiresAt ? { code: 'decision.expired', details: { expiresAt: expiresAt.toISOString() } } : undefined;
}

const wrongState = (from: DecisionState, to: DecisionState): Problem => ({ code: 'decision.wrong_state', details: { from, to } });
