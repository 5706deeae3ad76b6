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

const dimensions: contract.Dimension[] = ['day', 'week', 'month', 'quarter', 'year', 'channel', 'campaign'];

/** Which observed figure a measure is of, and which side of it. */
const observed = {
  campaign_spend_fen: { of: 'campaign_spend', side: 'amount', zh: '活动花费', en: 'Campaign spend', unit: 'fen' },
  mentions: { of: 'social_mentions', side: 'amount', zh: '社媒提及', en: 'Mentions in social media', unit: 'count' },
  impressions: { of: 'exposure', side: 'amount', zh: '曝光', en: 'Impressions', unit: 'count' },
  satisfaction_points: { of: 'satisfaction', side: 'amount', zh: '满意度得分合计', en: 'Points of satisfaction', unit: 'score' },
  satisfaction_answers: { of: 'satisfaction', side: 'cases', zh: '满意度答卷', en: 'Answers on satisfaction', unit: 'count' },
  review_points: { of: 'review_score', side: 'amount', zh: '评分合计', en: 'Points of reviews', unit: 'score' },
  reviews: { of: 'review_score', side: 'cases', zh: '评价数', en: 'Reviews', unit: 'count' },
  search_index_points: { of: 'brand_search_index', side: 'amount', zh: '搜索指数合计', en: 'Search index, added up', unit: 'index' },
  search_index_readings: { of: 'brand_search_index', side: 'cases', zh: '搜索指数读数', en: 'Readings of the search index', unit: 'count' },
  own_voice: { of: 'share_of_voice', side: 'amount', zh: '自家声量', en: 'Own voice', unit: 'count' },
  whole_voice: { of: 'share_of_voice', side: 'cases', zh: '行业声量', en: 'Voice of the whole market', unit: 'count' },
} as const satisfies Record<string, { of: string; side: 'amount' | 'cases'; zh: string; en: string; unit: Measure['unit'] }>; // prettier-ignore

type Name = keyof typeof observed;
const names = Object.keys(observed) as Name[];

/**
 * What people or other systems observed outside: a flow adds up, a mean is its points over its cases. A key without an observation has no
 * row: nobody looked, which is not zero. Nothing has a source until the first figure is recorded.
 */
export const outside: Family = {
  name: 'outside',
  measures: measuresOf(
    { dimensions, events: ['observations.recorded'], hasSource: false },
    names.map((name) => {
      const { side, zh, en, unit } = observed[name];
      return { name, title: { zh, en }, unit, columns: [`observation.${side}`] };
    }),
  ),
  read: readOutside,
  findFed: async (read) => {
    const there = await namesObserved(read);
    return new Set(names.filter((name) => there.has(observed[name].of)));
  },
};

/** The figures of which any counts. */
export async function namesObserved(read: Read): Promise<ReadonlySet<string>> {
  const rows = await read<{ name: string }>('select distinct name from observation final where is_withdrawn = 0');
  return new Set(rows.map(({ name }) => name));
}

interface ObservedRow extends Record<string, unknown> {
  name: string;
  amount: number;
  cases: number;
}

async function readOutside(read: Read, slice: Slice): Promise<MeasureRow[]> {
  const columns: Columns = { ...calendarColumns(slice.zone), channel: 'channel', campaign: 'campaign' };
  const parameters: Parameters = { names: [...new Set(names.map((name) => observed[name].of))] };
  const rows = await read<ObservedRow>(
    `select ${keyList(slice.by, columns)} name, toFloat64(sum(amount)) as amount, sum(cases) as cases from observation final
     where is_withdrawn = 0 and name in {names:Array(String)} and ${periodSql(slice, parameters)} ${filterSql(slice.filters, columns, parameters)}
     ${slice.by.length === 0 ? 'group by name' : `${groupBy(slice.by)}, name`}`,
    parameters,
  );
  const byKey = Map.groupBy(rows, (row) => keysOf(row, slice.by).join('\u0000'));
  return [...byKey.values()].map((own) => ({
    keys: keysOf(own[0] ?? {}, slice.by),
    n: own.reduce((sum, { cases }) => sum + cases, 0),
    values: Object.fromEntries(
      names.flatMap((name) => {
        const row = own.find((one) => one.name === observed[name].of);
        return row === undefined ? [] : [[name, row[observed[name].side]]];
      }),
    ),
  }));
}
