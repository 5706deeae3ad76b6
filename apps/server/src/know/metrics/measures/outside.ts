import type { metrics as contract } from '@tongshang/contract';
import { type Family, type Measure, type MeasureRow, measuresOf } from './measure.ts';
import {
  calendarColumns,
  type Columns,
  filterSql,
  groupBy,
  keyList,
  keysOf,
  type Parameters,
  periodSql,
  type Read,
  type Slice,
} from './slice.ts';

const calendar: contract.Dimension[] = ['day', 'week', 'month', 'quarter', 'year', 'channel'];

interface Side {
  measure: string;
  side: 'amount' | 'cases';
  title: { zh: string; en: string };
  unit: Measure['unit'];
}
type Observed = [of: string, amount: Side, cases?: Side];

const side = (which: Side['side'], measure: string, zh: string, en: string, unit: Measure['unit'] = 'count'): Side => ({
  measure,
  side: which,
  title: { zh, en },
  unit,
});

/** Each observed figure with its measures: a flow adds up, a mean is its points over its cases. */
const observed: readonly Observed[] = [
  ['campaign_spend', side('amount', 'campaign_spend_fen', '活动花费', 'Campaign spend', 'fen')],
  ['social_mentions', side('amount', 'mentions', '社媒提及', 'Mentions in social media')],
  ['exposure', side('amount', 'impressions', '曝光', 'Impressions')],
  [
    'satisfaction',
    side('amount', 'satisfaction_points', '满意度得分合计', 'Points of satisfaction', 'score'),
    side('cases', 'satisfaction_answers', '满意度答卷', 'Answers on satisfaction'),
  ],
  [
    'review_score',
    side('amount', 'review_points', '评分合计', 'Points of reviews', 'score'),
    side('cases', 'reviews', '评价数', 'Reviews'),
  ],
  [
    'brand_search_index',
    side('amount', 'search_index_points', '搜索指数合计', 'Search index, added up', 'index'),
    side('cases', 'search_index_readings', '搜索指数读数', 'Readings of the search index'),
  ],
  [
    'share_of_voice',
    side('amount', 'own_voice', '自家声量', 'Own voice'),
    side('cases', 'whole_voice', '行业声量', 'Voice of the whole market'),
  ],
];

/**
 * What people or other systems observed outside, a family a figure. A key without an observation has no row: nobody looked, which is not
 * zero. Nothing has a source until the first figure is recorded.
 */
export const outside: readonly Family[] = observed.map(([of, ...given]) => {
  const sides = given.filter((one) => one !== undefined);
  const dimensions = of === 'campaign_spend' ? [...calendar, 'campaign' as const] : calendar;
  return {
    name: of,
    measures: measuresOf(
      { dimensions, events: ['observations.recorded'], hasSource: false },
      sides.map(({ measure, side: column, title, unit }) => ({ name: measure, title, unit, columns: [`observation.${column}`] })),
    ),
    read: (read, slice) => readObserved(read, slice, of, sides),
    findFed: async (read) => new Set((await namesObserved(read)).has(of) ? sides.map(({ measure }) => measure) : []),
  };
});

/** The figures of which any counts. */
export async function namesObserved(read: Read): Promise<ReadonlySet<string>> {
  const rows = await read<{ name: string }>('select distinct name from observation final where is_withdrawn = 0');
  return new Set(rows.map(({ name }) => name));
}

interface ObservedRow extends Record<string, unknown> {
  amount: number;
  cases: number;
  n: number;
}

async function readObserved(read: Read, slice: Slice, of: string, sides: readonly Side[]): Promise<MeasureRow[]> {
  const columns: Columns = { ...calendarColumns(slice.zone), channel: 'channel', campaign: 'campaign' };
  const parameters: Parameters = { of };
  const rows = await read<ObservedRow>(
    `select ${keyList(slice.by, columns)} toFloat64(sum(l.amount)) as amount, sum(l.cases) as cases, count() as n
     from (
       select * from observation final
       where name = {of:String} and is_withdrawn = 0 and ${periodSql(slice, parameters)} ${filterSql(slice.filters, columns, parameters)}
     ) as l ${groupBy(slice.by)}`,
    parameters,
  );
  return rows.flatMap((row) =>
    row.n === 0
      ? []
      : [
          {
            keys: keysOf(row, slice.by),
            n: row.cases,
            values: Object.fromEntries(sides.map(({ measure, side: column }) => [measure, row[column]])),
          },
        ],
  );
}
