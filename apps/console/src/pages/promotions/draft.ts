// A promotion as its editor holds it: the contract's draft with an outline for its conditions. An empty number is NaN, an empty text ''.
import { Condition, Effect, type LineFilter, type PromotionStage, promotions } from '@tongshang/contract';
import { emptyGroupsOf, type Group, leavesOf, newGroup, readConditions, writeConditions } from './condition-tree.ts';

export type PromotionDraft = promotions.PromotionDraft;
export interface EditedDraft extends Omit<PromotionDraft, 'when'> {
  when: Group;
}

const draftFields = Object.keys(promotions.PromotionDraft.shape) as (keyof PromotionDraft)[];

/** The draft inside a stored promotion. */
export function readDraft(stored: PromotionDraft): EditedDraft {
  const own = Object.fromEntries(draftFields.map((field) => [field, stored[field]])) as unknown as PromotionDraft;
  return { ...own, when: readConditions(own.when) };
}

export const writeDraft = (edited: EditedDraft): PromotionDraft => ({ ...edited, when: writeConditions(edited.when) });

/** Whether two drafts say the same; instants are compared as instants, however they are written. */
export function isSameDraft(one: EditedDraft, other: EditedDraft): boolean {
  const text = (draft: EditedDraft): string => {
    const { startsAt, endsAt, ...rest } = writeDraft(draft);
    return JSON.stringify([sorted(rest), moment(startsAt), endsAt === null ? null : moment(endsAt)]);
  };
  return text(one) === text(other);
}

const moment = (instant: string): number | string => {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? '' : at;
};

/** The same data with its keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return Number.isNaN(value) ? 'NaN' : value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

/** Effects that count units; only they can be limited by units. */
const counting: readonly Effect['gives'][] = [
  'fixed_price',
  'points_price',
  'cheapest_free',
  'buy_x_get_y',
  'gift',
  'bundle_price',
];
export const countsUnits = (effect: Effect): boolean => counting.includes(effect.gives);

/** What each stage can give. */
export const effectsOf: Readonly<Record<PromotionStage, readonly Effect['gives'][]>> = {
  exclusive: ['fixed_price', 'points_price'],
  line: ['percent', 'amount', 'fixed_price'],
  threshold: ['steps', 'cheapest_free', 'buy_x_get_y', 'bundle_price', 'gift', 'percent', 'amount', 'coupon'],
  coupon: ['amount', 'percent', 'steps', 'cheapest_free', 'buy_x_get_y', 'gift', 'bundle_price'],
  freight: ['free_freight'],
};

const everything: LineFilter = {};

/** An effect with nothing filled in yet but what nearly everybody means. */
export function blankEffect(gives: Effect['gives']): Effect {
  switch (gives) {
    case 'percent':
      return { gives, of: everything, bp: Number.NaN };
    case 'amount':
      return { gives, of: everything, fen: Number.NaN };
    case 'fixed_price':
      return { gives, of: everything, unitFen: Number.NaN };
    case 'steps':
      return { gives, of: everything, by: 'amount', steps: [{ from: Number.NaN, off: { fen: Number.NaN } }], repeats: false };
    case 'cheapest_free':
      return { gives, of: everything, buy: 3, free: 1 };
    case 'buy_x_get_y':
      return { gives, buy: everything, buyQuantity: 1, get: everything, getQuantity: 1, bp: 10_000 };
    case 'gift':
      return { gives, sku: '', quantity: 1 };
    case 'bundle_price':
      return { gives, items: [{ of: everything, quantity: 1 }], fen: Number.NaN };
    case 'free_freight':
      return { gives };
    case 'coupon':
      return { gives, promotionId: '' };
    case 'points_price':
      return { gives, of: everything, points: Number.NaN, unitFen: 0 };
  }
}

export function blankCondition(is: Condition['is']): Condition {
  switch (is) {
    case 'amount':
      return { is, of: everything, minFen: Number.NaN };
    case 'quantity':
      return { is, of: everything, min: Number.NaN };
    case 'time':
      return { is, weekdays: [1, 2, 3, 4, 5, 6, 7] };
    case 'member':
    case 'first_order':
      return { is };
    case 'channel':
    case 'tier':
    case 'segment':
    case 'customer':
    case 'payment_method':
      return { is, in: [] };
  }
}

/** A new promotion: a threshold discount for everything, from `startsAt` on. */
export const blankDraft = (startsAt: string): EditedDraft => ({
  name: '',
  nameEn: '',
  stage: 'threshold',
  groupId: null,
  priority: 0,
  when: newGroup('all'),
  then: blankEffect('steps'),
  joinsExclusive: false,
  needsCode: false,
  startsAt,
  endsAt: null,
  budgetFen: null,
  usesMax: null,
  usesPerCustomer: null,
  unitsMax: null,
  unitsPerCustomer: null,
  expectedCostFen: 0,
});

/** The same draft at another stage: an effect that cannot stand there gives way to the stage's first. */
export function atStage(draft: EditedDraft, stage: PromotionStage): EditedDraft {
  const [first] = effectsOf[stage];
  const fits = effectsOf[stage].includes(draft.then.gives);
  return {
    ...withEffect(draft, fits || first === undefined ? draft.then : blankEffect(first)),
    stage,
    groupId: null,
    needsCode: stage === 'coupon',
  };
}

/** The same draft with another effect; limits of units go where no units are counted. */
export const withEffect = (draft: EditedDraft, then: Effect): EditedDraft =>
  countsUnits(then) ? { ...draft, then } : { ...draft, then, unitsMax: null, unitsPerCustomer: null };

/** What is wrong at a place of the form. */
export type Wrong =
  | 'fill'
  | 'number'
  | 'choose'
  | 'dayTime'
  | 'order'
  | 'emptyGroup'
  | 'hours'
  | 'clock'
  | 'steps'
  | 'tooMany'
  | 'tooMuch';
export type Wrongs = ReadonlyMap<string, Wrong>;

const issueKind = (issue: { code?: string; origin?: unknown }): Wrong => {
  if (issue.code === 'too_small' && issue.origin === 'array') return 'choose';
  if (issue.code === 'too_small' && issue.origin === 'string') return 'fill';
  if (issue.code === 'invalid_format') return 'choose';
  return 'number';
};

function note(
  wrongs: Map<string, Wrong>,
  prefix: string,
  issues: readonly { path: PropertyKey[]; code?: string; origin?: unknown }[],
) {
  for (const issue of issues) {
    const path = [prefix, ...issue.path.map(String)].join('.');
    if (!wrongs.has(path)) wrongs.set(path, issueKind(issue));
  }
}

/** Everything that keeps the rule itself from being read: conditions and effect, each at its field. */
export function checkRule(draft: EditedDraft): Map<string, Wrong> {
  const wrongs = new Map<string, Wrong>();
  for (const { id, condition } of leavesOf(draft.when)) {
    const read = Condition.safeParse(condition);
    if (!read.success) note(wrongs, `when#${id}`, read.error.issues);
    if (condition.is === 'time') checkHours(wrongs, `when#${id}`, condition);
  }
  for (const { id } of emptyGroupsOf(draft.when)) wrongs.set(`when#${id}`, 'emptyGroup');
  const read = Effect.safeParse(draft.then);
  if (read.success) checkEffect(wrongs, draft.then);
  else note(wrongs, 'then', read.error.issues);
  return wrongs;
}

function checkHours(wrongs: Map<string, Wrong>, path: string, { from, to }: Extract<Condition, { is: 'time' }>): void {
  for (const end of ['from', 'to']) if (wrongs.has(`${path}.${end}`)) wrongs.set(`${path}.${end}`, 'clock');
  if (from !== undefined && to !== undefined && from >= to && !wrongs.has(`${path}.to`)) wrongs.set(`${path}.to`, 'hours');
}

/** What each part of an effect allows and the whole does not. */
function checkEffect(wrongs: Map<string, Wrong>, effect: Effect): void {
  if (effect.gives === 'cheapest_free' && effect.free >= effect.buy) wrongs.set('then.free', 'tooMany');
  if (effect.gives === 'fixed_price' && effect.unitFen === undefined && effect.prices === undefined)
    wrongs.set('then.unitFen', 'number');
  if (effect.gives !== 'steps') return;
  for (const [at, { from, off }] of effect.steps.entries()) {
    if (at > 0 && from <= (effect.steps[at - 1]?.from ?? 0)) wrongs.set(`then.steps.${at}.from`, 'steps');
    if (effect.by === 'amount' && 'fen' in off && off.fen > from) wrongs.set(`then.steps.${at}.off`, 'tooMuch');
  }
}

const PlainDraft = promotions.PromotionDraft.omit({ when: true, then: true });
const plainFields = draftFields.filter((field) => field !== 'when' && field !== 'then');

/** Everything that keeps a draft from being saved. */
export function checkDraft(draft: EditedDraft): Wrongs {
  const wrongs = new Map<string, Wrong>();
  const read = PlainDraft.safeParse(Object.fromEntries(plainFields.map((field) => [field, draft[field]])));
  for (const issue of read.error?.issues ?? []) {
    const path = issue.path.join('.');
    wrongs.set(path, path === 'startsAt' || path === 'endsAt' ? 'dayTime' : issueKind(issue));
  }
  if (draft.endsAt !== null && Date.parse(draft.endsAt) <= Date.parse(draft.startsAt)) wrongs.set('endsAt', 'order');
  for (const [path, wrong] of checkRule(draft)) wrongs.set(path, wrong);
  return wrongs;
}
