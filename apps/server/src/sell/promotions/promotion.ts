// The rules of promotions, pure: their life, their window, what they can cost, who may let them start, what contradicts itself.
import { type ConditionTree, type Effect, type PromotionStage, promotions as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { refuse } from '../../platform/fail.ts';

export type PromotionState = contract.PromotionState;
export type PromotionStatus = contract.PromotionStatus;
export type StepKind = (typeof contract.promotionSteps)[number];
export type PromotionDraft = z.output<typeof contract.PromotionDraft>;
export type Move = (typeof contract.promotionMoves)[PromotionState][number];

const after: Readonly<Record<Move, PromotionState>> = {
  edit: 'draft', submit: 'waiting', approve: 'approved', reject: 'draft', pause: 'paused', resume: 'approved', end: 'ended',
}; // prettier-ignore

/** Refuses `promotion.wrong_state` with the state as it is now and the moves that are left. */
export function moved(state: PromotionState, move: Move): PromotionState {
  const moves: readonly Move[] = contract.promotionMoves[state];
  return moves.includes(move) ? after[move] : refuse('promotion.wrong_state', { state, wanted: move, moves });
}

export interface Window {
  startsAt: Date;
  /** Exclusive; null runs on. */
  endsAt: Date | null;
}

/** Half-open: it holds at its first instant and no longer at its last. */
export const holdsAt = ({ startsAt, endsAt }: Window, at: Date): boolean => startsAt <= at && (endsAt === null || at < endsAt);

export function statusOf({ state, ...window }: Window & { state: PromotionState }, at: Date): PromotionStatus {
  if (state !== 'approved') return state === 'paused' && window.endsAt !== null && window.endsAt <= at ? 'ended' : state;
  if (at < window.startsAt) return 'scheduled';
  return holdsAt(window, at) ? 'running' : 'ended';
}

interface Limits {
  then: Effect;
  budgetFen: number | null;
  usesMax: number | null;
}

/** The most that a promotion can give away, fen: its budget, or its uses times the most that one use gives; null when nothing bounds it. */
export function costAtMost({ then, budgetFen, usesMax }: Limits): number | null {
  const use = costOfUse(then);
  const bounds = [budgetFen, use === null || usesMax === null ? null : use * usesMax].filter((bound) => bound !== null);
  return bounds.length === 0 ? null : Math.min(...bounds);
}

function costOfUse(effect: Effect): number | null {
  if (effect.gives === 'amount') return effect.fen;
  if (effect.gives === 'percent') return effect.capFen ?? null;
  if (effect.gives !== 'steps') return null;
  if (effect.capFen !== undefined) return effect.capFen;
  const amounts = effect.steps.map(({ off }) => ('fen' in off ? off.fen : null));
  return effect.repeats || amounts.includes(null) ? null : Math.max(...amounts.map((fen) => fen ?? 0));
}

/** Above the limit somebody who did not write it must approve; what nothing bounds is always above. */
export const needsSecondPerson = (costMaxFen: number | null, aboveFen: number): boolean =>
  costMaxFen === null || costMaxFen > aboveFen;

/** Nobody approves what they wrote or last changed. */
export const isSecondPerson = (
  { createdById, changedById }: { createdById: string; changedById: string },
  personId: string,
): boolean => personId !== createdById && personId !== changedById;

/** A limit edited below what was taken leaves nothing, not less than nothing. */
export const leftOf = (max: number | null, taken: number): number | null => (max === null ? null : Math.max(0, max - taken));

const effectsOf: Readonly<Record<PromotionStage, readonly Effect['gives'][]>> = {
  exclusive: ['fixed_price', 'points_price'],
  line: ['percent', 'amount', 'fixed_price'],
  threshold: ['percent', 'amount', 'steps', 'cheapest_free', 'buy_x_get_y', 'gift', 'bundle_price', 'coupon'],
  coupon: ['percent', 'amount', 'steps', 'cheapest_free', 'buy_x_get_y', 'gift', 'bundle_price'],
  freight: ['free_freight'],
};
const countsUnits: readonly Effect['gives'][] = [
  'fixed_price', 'points_price', 'cheapest_free', 'buy_x_get_y', 'gift', 'bundle_price',
]; // prettier-ignore

/** The first field that contradicts another; undefined when the rule makes sense. */
export function contradictionIn(draft: Omit<PromotionDraft, 'startsAt' | 'endsAt'> & Window): string | undefined {
  if (draft.endsAt !== null && draft.endsAt <= draft.startsAt) return 'endsAt';
  if (!effectsOf[draft.stage].includes(draft.then.gives)) return 'stage';
  if (draft.stage === 'coupon' && !draft.needsCode) return 'needsCode';
  const isCounted = countsUnits.includes(draft.then.gives);
  if (!isCounted && draft.unitsMax !== null) return 'unitsMax';
  if (!isCounted && draft.unitsPerCustomer !== null) return 'unitsPerCustomer';
  return contradictionInEffect(draft.then) ?? contradictionInTree(draft.when);
}

function contradictionInEffect(effect: Effect): string | undefined {
  if (effect.gives === 'fixed_price' && effect.unitFen === undefined && Object.keys(effect.prices ?? {}).length === 0)
    return 'then.unitFen';
  if (effect.gives === 'cheapest_free' && effect.free >= effect.buy) return 'then.free';
  if (effect.gives !== 'steps') return undefined;
  const rises = effect.steps.every(({ from }, index) => index === 0 || from > (effect.steps[index - 1]?.from ?? 0));
  if (!rises) return 'then.steps';
  const isTooMuch = effect.by === 'amount' && effect.steps.some(({ from, off }) => 'fen' in off && off.fen > from);
  return isTooMuch ? 'then.steps' : undefined;
}

const depthMax = 6;
const conditionsMax = 100;

function contradictionInTree(tree: ConditionTree): string | undefined {
  let count = 0;
  const isWrong = (node: ConditionTree, depth: number): boolean => {
    count += 1;
    if (depth > depthMax || count > conditionsMax) return true;
    if ('all' in node) return node.all.some((part) => isWrong(part, depth + 1));
    if ('any' in node) return node.any.some((part) => isWrong(part, depth + 1));
    if ('not' in node) return isWrong(node.not, depth + 1);
    if (node.is !== 'time') return false;
    const isEmpty = node.weekdays === undefined && node.from === undefined && node.to === undefined;
    return isEmpty || (node.from !== undefined && node.to !== undefined && node.from >= node.to);
  };
  return isWrong(tree, 1) ? 'when' : undefined;
}

/** Conditions that must hold whatever else does: the tree's own, and those joined by `all`. */
export function certainConditions(
  tree: ConditionTree,
): Exclude<ConditionTree, { all: unknown } | { any: unknown } | { not: unknown }>[] {
  if ('all' in tree) return tree.all.flatMap(certainConditions);
  return 'is' in tree ? [tree] : [];
}
