import type { metrics as contract } from '@tongshang/contract';
import { utils, write } from '@e965/xlsx';
import { addMs } from '../../platform/time.ts';
import { type Book, type Definition, findDefinition } from './book.ts';
import { isCalendar } from './period.ts';
import type { MetricFigures } from './query-metrics.ts';

type Language = 'zh-CN' | 'en';
type Find = (name: string) => Definition | undefined;
type Cell = string | number | null;

const words = {
  'zh-CN': {
    figures: '数据', definitions: '口径', about: '说明', total: '合计', before: '对比期', period: '时间', compared: '对比时间',
    zone: '时区', version: '口径版本', noSource: '暂无数据来源', window: '窗口', moving_7: '7 天移动', moving_28: '28 天移动', month_to_date: '本月累计', year_to_date: '本年累计', zoneName: '北京时间 (Asia/Shanghai)', asOf: '数据截至', name: '指标', meaning: '说明', formula: '公式', unit: '单位',
    owner: '负责角色', lineage: '来源', undefined: '空白格表示无意义，不是 0', cut: '仅列出前若干行，合计为全部',
    day: '日期', hour: '小时', week: '周（周一）', month: '月份', quarter: '季度', year: '年', campaign: '营销活动', channel: '渠道', category: '类目', sku: 'SKU', store: '门店', label: '名称',
  },
  en: {
    figures: 'Figures', definitions: 'Definitions', about: 'About', total: 'Total', before: 'before', period: 'Period', compared: 'Compared with',
    zone: 'Time zone', version: 'Definition', noSource: 'No source yet', window: 'Window', moving_7: '7 days moving', moving_28: '28 days moving', month_to_date: 'Month to date', year_to_date: 'Year to date', zoneName: 'Asia/Shanghai (UTC+8)', asOf: 'Data up to', name: 'Metric', meaning: 'Meaning', formula: 'Formula', unit: 'Unit',
    owner: 'Owner', lineage: 'Source', undefined: 'An empty cell means undefined, not 0', cut: 'Only the first rows are listed; the total is of all',
    day: 'Day', hour: 'Hour', week: 'Week of (Monday)', month: 'Month', quarter: 'Quarter', year: 'Year', campaign: 'Campaign', channel: 'Channel', category: 'Category', sku: 'SKU', store: 'Store', label: 'Name',
  },
} as const; // prettier-ignore

const units: Readonly<Record<Language, Record<contract.MetricDefinition['unit'], string>>> = {
  'zh-CN': {
    fen: '元',
    ratio: '%',
    count: '个',
    units: '件',
    days: '天',
    seconds: '秒',
    times: '次/年',
    score: '分',
    index: '指数',
  },
  en: {
    fen: 'CNY',
    ratio: '%',
    count: 'count',
    units: 'units',
    days: 'days',
    seconds: 'seconds',
    times: 'turns/year',
    score: 'score',
    index: 'index',
  },
};

/** The answer of a question as a workbook: the figures as numbers, what they mean, and the period and zone they are of. */
export function buildWorkbook(book: Book, answer: MetricFigures, asOf: Date, language: Language): Buffer {
  const file = utils.book_new();
  const find: Find = (name) => findDefinition(book, name, answer.period.to);
  const say = words[language];
  utils.book_append_sheet(file, figuresSheet(find, answer, language), say.figures);
  utils.book_append_sheet(file, definitionsSheet(find, answer.metrics, language), say.definitions);
  utils.book_append_sheet(file, aboutSheet(find, answer, asOf, language), say.about);
  return write(file, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer;
}

function figuresSheet(find: Find, answer: MetricFigures, language: Language) {
  const say = words[language];
  const isCompared = answer.compared !== null;
  const keyHeads = answer.by.flatMap((dimension) => (hasName(dimension) ? [say[dimension], say.label] : [say[dimension]]));
  const valueHeads = answer.metrics.flatMap((name) => {
    const head = `${titleOf(find(name), name, language)} (${units[language][find(name)?.unit ?? 'count']})`;
    return isCompared ? [head, `${head} · ${say.before}`] : [head];
  });
  const valuesOf = (row: Pick<MetricFigures['total'], 'values' | 'before'>): Cell[] =>
    answer.metrics.flatMap((name) => {
      const value = written(find(name), row.values[name] ?? null);
      return isCompared ? [value, written(find(name), row.before?.[name] ?? null)] : [value];
    });
  const rows = answer.rows.map((row): Cell[] => [
    ...answer.by.flatMap((dimension, index) => {
      const key = row.keys[index] ?? '';
      const label = row.labels[index];
      return hasName(dimension)
        ? [key, label === null || label === undefined ? '' : language === 'en' ? label.en : label.zh]
        : [key];
    }),
    ...valuesOf(row),
  ]);
  const total: Cell[] = [say.total, ...keyHeads.slice(1).map(() => ''), ...valuesOf(answer.total)];
  const sheet = utils.aoa_to_sheet([keyHeads.length === 0 ? ['', ...valueHeads] : [...keyHeads, ...valueHeads], ...rows, total]);
  formatNumbers(find, sheet, answer, Math.max(1, keyHeads.length));
  return sheet;
}

/** Money as yuan with two decimals, ratios as percentages: numbers that a sheet can go on computing with. */
const written = (definition: Definition | undefined, value: number | null): Cell =>
  value !== null && definition?.unit === 'fen' ? value / 100 : value;

const formats: Readonly<Partial<Record<contract.MetricDefinition['unit'], string>>> = {
  fen: '#,##0.00',
  ratio: '0.0%',
  days: '0.0',
  times: '0.00',
};

function formatNumbers(
  find: Find,
  sheet: ReturnType<typeof utils.aoa_to_sheet>,
  answer: MetricFigures,
  keyColumns: number,
): void {
  const width = answer.compared === null ? 1 : 2;
  for (let row = 1; row <= answer.rows.length + 1; row += 1)
    for (const [index, name] of answer.metrics.entries())
      for (let column = 0; column < width; column += 1) {
        const cell = sheet[utils.encode_cell({ r: row, c: keyColumns + index * width + column })] as
          | { t: string; z?: string }
          | undefined;
        const format = formats[find(name)?.unit ?? 'count'];
        if (cell?.t === 'n' && format !== undefined) cell.z = format;
      }
  sheet['!cols'] = Array.from({ length: keyColumns + answer.metrics.length * width }, () => ({ wch: 18 }));
}

function definitionsSheet(find: Find, names: readonly string[], language: Language) {
  const say = words[language];
  const side = language === 'en' ? 'en' : 'zh';
  const rows = names.map((name): Cell[] => {
    const of = find(name);
    if (of === undefined) return [name];
    return [of.title[side], of.explanation[side], of.formula, units[language][of.unit], of.owner, of.lineage.join(', ')];
  });
  return utils.aoa_to_sheet([[say.name, say.meaning, say.formula, say.unit, say.owner, say.lineage], ...rows]);
}

function aboutSheet(find: Find, answer: MetricFigures, asOf: Date, language: Language) {
  const say = words[language];
  const range = (of: { from: string; to: string; until: string | null }): string =>
    `${of.from} — ${of.to}${of.until === null ? '' : ` (${localTime(new Date(of.until))})`}`;
  return utils.aoa_to_sheet([
    [say.period, range(answer.period)],
    ...(answer.compared === null ? [] : [[say.compared, range(answer.compared)]]),
    [say.zone, answer.zone === 'Asia/Shanghai' ? say.zoneName : answer.zone],
    ...(answer.window === 'none' ? [] : [[say.window, say[answer.window]]]),
    ...answer.versions.map((used) => [
      say.version,
      `${titleOf(find(used.metric), used.metric, language)} v${used.version}`,
      used.from,
      used.to,
    ]),
    ...answer.noSource.map((name) => [say.noSource, titleOf(find(name), name, language)]),
    [say.asOf, localTime(asOf)],
    [say.undefined, ''],
    ...(answer.isCut ? [[say.cut, '']] : []),
  ]);
}

const hasName = (dimension: contract.Dimension): boolean => !isCalendar(dimension);
const titleOf = (definition: Definition | undefined, name: string, language: Language): string =>
  definition?.title[language === 'en' ? 'en' : 'zh'] ?? name;
const localTime = (at: Date): string =>
  addMs(at, 8 * 3_600_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
