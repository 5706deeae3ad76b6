import type { ConditionTree, Effect, PromotionStage } from '@tongshang/contract';
import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import type { OfferGroup } from '../pricing/index.ts';
import { holdsAt, type Window } from './promotion.ts';

/** A promotion as it was approved, with its limits; what is left of them is read anew each time. */
export interface RunningPromotion extends Window {
  promotionId: string;
  name: string;
  nameEn: string;
  stage: PromotionStage;
  groupId: string | undefined;
  priority: number;
  when: ConditionTree;
  then: Effect;
  joinsExclusive: boolean;
  needsCode: boolean;
  budgetFen: number | null;
  usesMax: number | null;
  usesPerCustomer: number | null;
  unitsMax: number | null;
  unitsPerCustomer: number | null;
}

/** Everything approved whose time has not passed, and the groups. */
export interface RunningSet {
  /** Names this very state of the tables; another state never has the same. */
  token: string;
  promotions: readonly RunningPromotion[];
  byId: ReadonlyMap<string, RunningPromotion>;
  groups: readonly OfferGroup[];
  /** Promotions whose budget or limits have an end: their balances must be looked at. */
  limited: readonly string[];
  /** Promotions that count what each customer takes. */
  perCustomer: readonly string[];
  giftSkus: readonly string[];
}

let kept: RunningSet | undefined;

/**
 * The set that a token names. Kept by this process until another token is seen; a set read while somebody commits may be newer than its
 * token, never older, and the new token replaces it.
 */
export async function runningSetOf(tx: Tx, token: string, now: Date): Promise<RunningSet> {
  if (kept?.token === token) return kept;
  const set = await readSet(tx, token, sql`p.state = 'approved' and (p.ends_at is null or p.ends_at > ${now})`);
  kept = set;
  return set;
}

/** The set as this process keeps it, whether it still holds or not; saves a statement to who checks its token anyway. */
export const keptSet = (): RunningSet | undefined => kept;

/** What was in force at some instant of [from, to), ended since or not; for looking back. */
export const setBetween = (tx: Tx, { from, to }: { from: Date; to: Date }): Promise<RunningSet> =>
  readSet(
    tx,
    'past',
    sql`p.approved_by is not null and p.approved_at < ${to} and p.starts_at < ${to}
      and (p.ends_at is null or p.ends_at > ${from}) and (p.ended_at is null or p.ended_at > ${from})`,
  );

/** Promotions by id, whatever became of them, and whether each gives now. */
export async function rulesOf(
  tx: Tx,
  ids: readonly string[],
  at: Date,
): Promise<Map<string, { promotion: RunningPromotion; isOn: boolean }>> {
  if (ids.length === 0) return new Map();
  const rows = await readRows(tx, sql`p.id = any(${[...ids]}::uuid[])`);
  return new Map(rows.map((row) => [row.promotionId, { promotion: row, isOn: row.isApproved && holdsAt(row, at) }]));
}

async function readSet(tx: Tx, token: string, where: ReturnType<typeof sql>): Promise<RunningSet> {
  const rows = await readRows(tx, where);
  const groups = await run(
    tx,
    sql<OfferGroup>`select id, stage, mode, parent_id as parent, priority from promotions."group" order by id`,
  );
  return setOf(token, rows, groups);
}

const readRows = (tx: Tx, where: ReturnType<typeof sql>): Promise<(RunningPromotion & { isApproved: boolean })[]> =>
  run(
    tx,
    sql<
      RunningPromotion & { isApproved: boolean }
    >`select p.id as "promotionId", p.state = 'approved' as "isApproved", p.name, p.name_en as "nameEn", p.stage, p.group_id as "groupId", p.priority, p."when",
        p."then", p.joins_exclusive as "joinsExclusive", p.needs_code as "needsCode", p.starts_at as "startsAt",
        least(p.ends_at, p.ended_at) as "endsAt", p.budget_fen as "budgetFen", p.uses_max as "usesMax", p.uses_per_customer as "usesPerCustomer",
        p.units_max as "unitsMax", p.units_per_customer as "unitsPerCustomer"
      from promotions.promotion p where ${where} order by p.id`,
  );

/** A set of these promotions; also what previews make, with a draft among them. */
export function setOf(token: string, promotions: readonly RunningPromotion[], groups: readonly OfferGroup[]): RunningSet {
  const tidy = promotions.map((one) => ({ ...one, groupId: one.groupId ?? undefined }));
  return {
    token,
    promotions: tidy,
    byId: new Map(tidy.map((one) => [one.promotionId, one])),
    groups: groups.map((group) => ({ ...group, parent: group.parent ?? undefined })),
    limited: idsOf(tidy, (one) => one.budgetFen !== null || one.usesMax !== null || one.unitsMax !== null),
    perCustomer: idsOf(tidy, (one) => one.usesPerCustomer !== null || one.unitsPerCustomer !== null),
    giftSkus: [...new Set(tidy.flatMap(({ then }) => (then.gives === 'gift' ? [then.sku] : [])))].toSorted(),
  };
}

const idsOf = (promotions: readonly RunningPromotion[], wanted: (one: RunningPromotion) => boolean): string[] =>
  promotions.filter(wanted).map((one) => one.promotionId);
