import type { targets as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { addDays } from '../../platform/time.ts';
import { targets } from './tables.ts';
import { expectedByNow, firstDayOf, monthOf, type Scope, scopeKey, splitMonth } from './target.ts';

type Target = z.input<typeof contract.Target>;

const targetQuery = (tx: Tx) =>
  targets(tx)
    .selectFrom('target as t')
    .innerJoin('version as v', (join) => join.onRef('v.target_id', '=', 't.id').onRef('v.version', '=', 't.version'))
    .select([
      't.id',
      't.metric',
      't.scope',
      't.period',
      't.starts_on as startsOn',
      'v.value',
      'v.weekday_weights as weekdayWeights',
      'v.version',
      'v.note',
      'v.set_by as setBy',
      'v.set_at as setAt',
    ]);

const inWords = (row: Omit<Target, 'setAt'> & { setAt: Date }): Target => ({ ...row, setAt: row.setAt.toISOString() });

export async function getTarget(tx: Tx, id: string): Promise<Target> {
  const row = await targetQuery(tx).where('t.id', '=', id).executeTakeFirst();
  return row === undefined ? refuse('target.not_found', { id }) : inWords(row);
}

/** The targets in force for a month and its days, by metric, scope and day. */
export async function listTargets(tx: Tx, { month, metric }: { month: string; metric?: string | undefined }): Promise<Target[]> {
  const first = firstDayOf(month);
  let query = targetQuery(tx)
    .where('t.starts_on', '>=', first)
    .where('t.starts_on', '<', firstDayOf(monthOf(addDays(first, 31))));
  if (metric !== undefined) query = query.where('t.metric', '=', metric);
  const rows = await query
    .orderBy('t.metric')
    .orderBy('t.scope_key')
    .orderBy('t.period', 'desc')
    .orderBy('t.starts_on')
    .execute();
  return rows.map(inWords);
}

/** Every version of a target, newest first. Refuses `target.not_found`. */
export async function listTargetVersions(tx: Tx, id: string): Promise<Target[]> {
  const target = await getTarget(tx, id);
  const rows = await targets(tx)
    .selectFrom('version')
    .select(['version', 'value', 'weekday_weights as weekdayWeights', 'note', 'set_by as setBy', 'set_at as setAt'])
    .where('target_id', '=', id)
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({ ...target, ...row, setAt: row.setAt.toISOString() }));
}

export interface TargetsFor {
  metric: string;
  scope: Scope;
  /** Both ends included. */
  from: string;
  to: string;
  isAdditive: boolean;
}

/** The target of each day: the day's own where one is set, else its share of the month. Days without a target are absent. */
export async function targetsFor(tx: Tx, { metric, scope, from, to, isAdditive }: TargetsFor): Promise<Map<string, number>> {
  const rows = await targetQuery(tx)
    .where('t.metric', '=', metric)
    .where('t.scope_key', '=', scopeKey(scope))
    .where('t.starts_on', '>=', firstDayOf(monthOf(from)))
    .where('t.starts_on', '<=', to)
    .execute();
  const days = new Map<string, number>();
  for (const row of rows.filter(({ period }) => period === 'month'))
    for (const [day, value] of splitMonth(monthOf(row.startsOn), row.value, row.weekdayWeights, isAdditive)) days.set(day, value);
  for (const row of rows.filter(({ period }) => period === 'day')) days.set(row.startsOn, row.value);
  return new Map([...days].filter(([day]) => day >= from && day <= to).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What the months' targets of one metric want by now, for every scope that has one. A scope is its key, as `scopeKey` writes it.
 */
export async function plansByNow(
  tx: Tx,
  asked: { metric: string; month: string; now: Date; isAdditive: boolean },
): Promise<Map<string, number>> {
  const rows = await targetQuery(tx)
    .select('t.scope_key as scopeKey')
    .where('t.metric', '=', asked.metric)
    .where('t.period', '=', 'month')
    .where('t.starts_on', '=', firstDayOf(asked.month))
    .execute();
  return new Map(
    rows.map((row) => [
      row.scopeKey,
      expectedByNow(splitMonth(asked.month, row.value, row.weekdayWeights, asked.isAdditive), asked.now, asked.isAdditive),
    ]),
  );
}
