// What a sentence is made from, the same for both languages.
import type { Condition, ConditionTree, Effect, GroupMode, LineFilter, PromotionStage } from '@tongshang/contract';

/** What of a promotion a sentence tells; a draft in the editor is one, and so is a promotion that runs. */
export interface Rule {
  stage: PromotionStage;
  when: ConditionTree;
  then: Effect;
  /** The group that it stands in. */
  group?: { mode: GroupMode; name?: string | undefined } | undefined;
  needsCode?: boolean | undefined;
  joinsExclusive?: boolean | undefined;
  /** Half-open window, instants. */
  startsAt?: string | Date | null | undefined;
  endsAt?: string | Date | null | undefined;
  budgetFen?: number | null | undefined;
  usesMax?: number | null | undefined;
  usesPerCustomer?: number | null | undefined;
  unitsMax?: number | null | undefined;
  unitsPerCustomer?: number | null | undefined;
  currency?: string | undefined;
}

type NameOf = (code: string) => string | undefined;

/** How things are called; what has no name keeps its code, ids without a name are only counted. */
export interface Names {
  sku?: NameOf;
  product?: NameOf;
  category?: NameOf;
  brand?: NameOf;
  channel?: NameOf;
  tier?: NameOf;
  segment?: NameOf;
  paymentMethod?: NameOf;
  promotion?: NameOf;
}

/** Conditions that must all hold, sorted by what they are about; `others` are nested and told as clauses. */
export interface Needs {
  leaves: readonly Condition[];
  others: readonly ConditionTree[];
}

/** One language's way to say a rule. */
export type Voice = (rule: Rule, needs: Needs, called: Called) => string;

/** Names by kind, each list of codes told by name as far as names are known. */
export interface Called {
  currency: string;
  list: (kind: Exclude<keyof Names, 'promotion'>, codes: readonly string[]) => readonly (string | undefined)[];
  promotion: (id: string) => string | undefined;
}

export type OneOf<Kind extends Condition['is']> = Extract<Condition, { is: Kind }>;
export type Gives<Kind extends Effect['gives']> = Extract<Effect, { gives: Kind }>;

export const leavesOf = <Kind extends Condition['is']>({ leaves }: Needs, is: Kind): OneOf<Kind>[] =>
  leaves.filter((leaf): leaf is OneOf<Kind> => leaf.is === is);

export const isEvery = (filter: LineFilter): boolean => Object.values(filter).every((field) => field === undefined);

export const isSame = (a: LineFilter, b: LineFilter): boolean => JSON.stringify(a) === JSON.stringify(b);

/** At most three of them by name; more are counted. Undefined when any has no name. */
export const namedUpTo3 = (named: readonly (string | undefined)[]): string[] | undefined => {
  const known = named.filter((name) => name !== undefined);
  return known.length === named.length ? known.slice(0, 3) : undefined;
};
