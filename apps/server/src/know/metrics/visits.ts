import { type Analytics, ask } from '../stream/index.ts';
import {
  type Columns,
  type FamilyRow,
  filterSql,
  groupBy,
  instantSql,
  keyList,
  keysOf,
  type Parameters,
  ratio,
  type Slice,
} from './slice.ts';

const columns: Columns = {
  day: 'day',
  hour: "leftPad(toString(hour), 2, '0')",
  month: "formatDateTime(day, '%Y-%m')",
  channel: 'channel',
};
const endOfTime = new Date('2290-01-01T00:00:00Z');

/** Visitors, and how many of them paid: both distinct over the row, so a visitor of two hours counts once a day. */
export async function readVisits(analytics: Analytics, slice: Slice): Promise<FamilyRow[]> {
  const parameters: Parameters = { from: slice.from, to: slice.to };
  const until = instantSql('until', slice.until ?? endOfTime, parameters);
  const rows = await ask<{ visitors: number; buyers: number } & Record<string, unknown>>(
    analytics,
    `select ${keyList(slice.by, columns)} uniqExact(visitor_id) as visitors, uniqExactIf(visitor_id, paid_at < ${until}) as buyers
     from visit where day between {from:Date} and {to:Date} and came_at < ${until} ${filterSql(slice.filters, columns, parameters)}
     ${groupBy(slice.by)}`,
    parameters,
  );
  return rows.map((row) => ({
    keys: keysOf(row, slice.by),
    n: row.visitors,
    values: { visitors: row.visitors, conversion: ratio(row.buyers, row.visitors) },
  }));
}
