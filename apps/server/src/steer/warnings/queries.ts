import type { warnings as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { warnings } from './tables.ts';

type Rule = z.input<typeof contract.WarningRule>;
type Signal = z.input<typeof contract.Signal>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Every rule with how many entities it watches and how many fire, the firing ones first. */
export async function listRules(tx: Tx, id?: string): Promise<Rule[]> {
  const rows = await run(
    tx,
    sql<Omit<Rule, 'changedAt' | 'evaluatedAt' | 'counts'> & { changedAt: Date; evaluatedAt: Date | null } & Rule['counts']>`
      select r.id, r.name, r.name_en as "nameEn", r.metric, r.entity, r.direction, r.fire_level as "fireLevel", r.clear_level as "clearLevel",
        r.hold_minutes as "holdMinutes", r.against, r.is_active as "isActive", r.version, r.changed_by as "changedBy",
        r.changed_at as "changedAt", r.evaluated_at as "evaluatedAt",
        count(s.rule_id) filter (where s.state = 'firing')::int as firing, count(s.rule_id) filter (where s.state = 'pending')::int as pending,
        count(s.rule_id) filter (where s.value is null)::int as unknown, count(s.rule_id)::int as watched
      from warnings.rule r left join warnings.state s on s.rule_id = r.id
      where ${id === undefined} or r.id = ${id ?? null}::uuid group by r.id order by firing desc, r.name_en, r.id`,
  );
  return rows.map(({ firing, pending, unknown, watched, changedAt, evaluatedAt, ...rule }) => ({
    ...rule,
    changedAt: changedAt.toISOString(),
    evaluatedAt: iso(evaluatedAt),
    counts: { firing, pending, unknown, watched },
  }));
}

export async function getRule(tx: Tx, id: string): Promise<Rule> {
  const [rule] = await listRules(tx, id);
  return rule ?? refuse('warning_rule.not_found', { id });
}

/** Where the entities of a rule stand, by key, a page at a time. */
export async function listEntityStates(
  tx: Tx,
  ruleId: string,
  { state, search, after, limit }: z.output<typeof contract.listEntityStates.query>,
): Promise<z.input<typeof contract.listEntityStates.reply>> {
  await getRule(tx, ruleId);
  let query = warnings(tx)
    .selectFrom('state')
    .select([
      'rule_id as ruleId',
      'entity_key as entityKey',
      'state',
      'value',
      'pending_since as pendingSince',
      'fired_at as firedAt',
      'resolved_at as resolvedAt',
      'signal_id as signalId',
    ])
    .where('rule_id', '=', ruleId);
  if (state !== undefined) query = query.where('state', '=', state);
  if (search !== undefined) query = query.where('entity_key', 'ilike', `${search.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`);
  if (after !== undefined) query = query.where('entity_key', '>', after);
  const rows = await query
    .orderBy('entity_key')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map((row) => ({
    ...row,
    pendingSince: iso(row.pendingSince),
    firedAt: iso(row.firedAt),
    resolvedAt: iso(row.resolvedAt),
  }));
  return { items, next: rows.length > limit ? (items.at(-1)?.entityKey ?? null) : null };
}

const signalQuery = (tx: Tx) =>
  warnings(tx)
    .selectFrom('signal as s')
    .innerJoin('rule as r', 'r.id', 's.rule_id')
    .leftJoin('state as w', (join) => join.onRef('w.rule_id', '=', 's.rule_id').onRef('w.entity_key', '=', 's.entity_key'))
    .select([
      's.id',
      's.rule_id as ruleId',
      'r.name as ruleName',
      'r.name_en as ruleNameEn',
      's.metric',
      's.entity',
      's.entity_key as entityKey',
      's.direction',
      's.fire_level as fireLevel',
      's.clear_level as clearLevel',
      's.fired_value as firedValue',
      'w.value as lastValue',
      's.pending_since as pendingSince',
      's.fired_at as firedAt',
      's.resolved_at as resolvedAt',
    ]);

type SignalRow = Omit<Signal, 'pendingSince' | 'firedAt' | 'resolvedAt'> & {
  pendingSince: Date;
  firedAt: Date;
  resolvedAt: Date | null;
};
const signalInWords = (row: SignalRow): Signal => ({
  ...row,
  pendingSince: row.pendingSince.toISOString(),
  firedAt: row.firedAt.toISOString(),
  resolvedAt: iso(row.resolvedAt),
});

/** Signals newest first, a page at a time, with how many fire now. */
export async function listSignals(
  tx: Tx,
  { state, ruleId, entity, entityKey, after, limit }: z.output<typeof contract.listSignals.query>,
): Promise<z.input<typeof contract.listSignals.reply>> {
  let query = signalQuery(tx);
  if (state !== undefined) query = query.where('s.resolved_at', state === 'firing' ? 'is' : 'is not', null);
  if (ruleId !== undefined) query = query.where('s.rule_id', '=', ruleId);
  if (entity !== undefined) query = query.where('s.entity', '=', entity);
  if (entityKey !== undefined) query = query.where('s.entity_key', '=', entityKey);
  if (after !== undefined) {
    const [at = '', id = ''] = after.split('\n');
    query = query.where(sql<boolean>`(s.fired_at, s.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const rows = await query
    .orderBy('s.fired_at', 'desc')
    .orderBy('s.id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(signalInWords);
  const last = items.at(-1);
  const [firing] = await run(
    tx,
    sql<{ count: number }>`select count(*)::int as count from warnings.signal where resolved_at is null`,
  );
  return {
    items,
    next: rows.length > limit && last !== undefined ? `${last.firedAt}\n${last.id}` : null,
    firing: firing?.count ?? 0,
  };
}

/** One signal, fired or resolved; undefined when there is none of that id. */
export async function findSignal(tx: Tx, id: string): Promise<Signal | undefined> {
  const row = await signalQuery(tx).where('s.id', '=', id).executeTakeFirst();
  return row && signalInWords(row);
}

/** What fires now for a metric, oldest first. */
export async function firingSignals(tx: Tx, metric: string): Promise<Signal[]> {
  const rows = await signalQuery(tx)
    .where('s.metric', '=', metric)
    .where('s.resolved_at', 'is', null)
    .orderBy('s.fired_at')
    .orderBy('s.id')
    .execute();
  return rows.map(signalInWords);
}
