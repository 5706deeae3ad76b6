import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { roles } from './permissions.ts';
import { Day, Instant } from './values.ts';

/** Every figure of the house, by name. What each means is data: see listMetrics. */
export const metricNames = [
  'gmv',
  'net_sales',
  'gross_profit',
  'gross_margin',
  'orders',
  'aov',
  'units_sold',
  'visitors',
  'conversion',
  'new_customers',
  'returning_customers',
  'repurchase_90d',
  'return_rate',
  'cancelled_orders',
  'stock_value',
  'stock_units',
  'stock_turnover',
  'days_of_cover',
  'order_handling_time',
  'order_handling_p90',
  'orders_untouched',
] as const;
export const MetricName = z.enum(metricNames);
export type MetricName = z.output<typeof MetricName>;

/** What a figure can be split by. Days, hours and months are those of Asia/Shanghai. */
export const dimensions = ['day', 'hour', 'month', 'channel', 'category', 'sku', 'store'] as const;
export const Dimension = z.enum(dimensions);
export type Dimension = z.output<typeof Dimension>;

/** fen: money; ratio: 0.153 is 15.3 %; times: stock turns a year; count: orders, customers, visitors; units: pieces of goods. */
export const metricUnits = ['fen', 'ratio', 'count', 'units', 'days', 'seconds', 'times'] as const;
export const Words = z.object({ zh: z.string(), en: z.string() });

export const MetricDefinition = z.object({
  name: MetricName,
  title: Words,
  explanation: Words,
  /** For people who check: how it is computed, in words and column names. */
  formula: z.string(),
  unit: z.enum(metricUnits),
  /** What one counted thing is. */
  grain: z.string(),
  /** sum: parts add up to the total; ratio: of two sums; distinct: a customer counts once; level: a stock, the last value; percentile. */
  additivity: z.enum(['sum', 'ratio', 'distinct', 'level', 'percentile']),
  dimensions: z.array(Dimension),
  polarity: z.enum(['more_is_better', 'less_is_better', 'neutral']),
  owner: z.enum(roles),
  /** Where the figures come from: ClickHouse tables, and the events that feed them. */
  lineage: z.array(z.string()),
});
export type MetricDefinition = z.output<typeof MetricDefinition>;

/** One or several values of a query parameter: `sku=A` or `sku=A&sku=B`. */
const some = <T extends z.ZodType>(one: T, most: number) => z.union([z.array(one).max(most), one.transform((value) => [value])]);
const many = <T extends z.ZodType>(one: T) => some(one, 50).optional();

export const compareKinds = ['previous', 'same_weekday', 'year'] as const;
export type CompareKind = (typeof compareKinds)[number];

/**
 * Metrics over a period of whole days, both ends included. `until` cuts the last day at an instant (today so far), and the last day of
 * the compared period at the same time of day. previous: as many days just before; same_weekday: the nearest earlier whole weeks;
 * year: the same dates a year before.
 */
const question = {
  metrics: some(MetricName, metricNames.length).refine((names) => names.length > 0),
  from: Day,
  to: Day,
  until: Instant.optional(),
  by: some(Dimension, 2).default([]),
  channel: many(z.string().max(32)),
  category: many(z.string().max(64)),
  sku: many(z.string().max(64)),
  store: many(z.string().max(32)),
  compare: z.enum(compareKinds).optional(),
  /** Rows, largest first metric first; calendar dimensions keep their order. */
  limit: z.coerce.number().int().min(1).max(5_000).default(500),
};

export const MetricQuestion = z.object(question);

/** Figures by metric name; null means undefined (nothing to divide by), which is not zero. */
export const Figures = z.partialRecord(MetricName, z.number().nullable());

export const MetricRow = z.object({
  /** One key for each dimension asked by, in that order. */
  keys: z.array(z.string()),
  /** Names for keys that have one (SKUs, categories, stores, channels); null shows the key itself. */
  labels: z.array(Words.nullable()),
  values: Figures,
  /** The same row in the compared period; null when none was asked for. */
  before: Figures.nullable(),
});

export const MetricAnswer = z.object({
  metrics: z.array(MetricName),
  by: z.array(Dimension),
  period: z.object({ from: Day, to: Day, until: Instant.nullable() }),
  compared: z.object({ kind: z.enum(compareKinds), from: Day, to: Day, until: Instant.nullable() }).nullable(),
  rows: z.array(MetricRow),
  /** More rows exist than `limit`. */
  isCut: z.boolean(),
  total: z.object({ values: Figures, before: Figures.nullable() }),
  zone: z.literal('Asia/Shanghai'),
  /** Everything recorded before this instant is in the figures. */
  asOf: Instant,
});
export type MetricAnswer = z.output<typeof MetricAnswer>;

export const listMetrics = endpoint({
  method: 'GET',
  path: '/metrics/definitions',
  summary: 'Every figure: name, meaning, formula, unit, dimensions, owner, lineage',
  access: { permission: 'metrics.view' },
  reply: z.object({ items: z.array(MetricDefinition) }),
  errors: [],
});

export const queryMetrics = endpoint({
  method: 'GET',
  path: '/metrics/values',
  summary: 'Figures over a period, split and filtered by dimensions, beside an earlier period',
  access: { permission: 'metrics.view' },
  query: MetricQuestion,
  reply: MetricAnswer,
  errors: ['metric.dimension_unknown', 'metric.period_invalid', 'analytics.unavailable'],
});

/** The same question as a workbook: sheets of figures, totals and definitions, with the zone and the period named. */
export const exportMetrics = endpoint({
  method: 'GET',
  path: '/metrics/export',
  summary: 'The same figures as XLSX, with their definitions',
  access: { permission: 'metrics.export' },
  query: z.object({ ...question, language: z.enum(['zh-CN', 'en']).default('zh-CN') }),
  reply: z.object({}),
  errors: ['metric.dimension_unknown', 'metric.period_invalid', 'analytics.unavailable'],
});

/** Today so far beside the same weekday a week ago up to the same time of day. Targets come from `targets`, merged by the screen. */
export const getCockpit = endpoint({
  method: 'GET',
  path: '/metrics/cockpit',
  summary: 'Today so far against the same weekday last week at the same time',
  access: { permission: 'metrics.view' },
  query: z.object({ channel: many(z.string().max(32)), store: many(z.string().max(32)) }),
  reply: z.object({
    day: Day,
    until: Instant,
    comparedDay: Day,
    figures: z.array(
      z.object({
        metric: MetricName,
        value: z.number().nullable(),
        before: z.number().nullable(),
        /** The compared day to its end: what the whole day came to. */
        beforeWholeDay: z.number().nullable(),
      }),
    ),
    /** Net sales by hour, 00 to 23; null for hours that have not come yet. */
    hours: z.array(z.object({ hour: z.string(), netSalesFen: z.number().nullable(), beforeFen: z.number() })),
    zone: z.literal('Asia/Shanghai'),
    asOf: Instant,
    version: z.string(),
  }),
  errors: ['metric.dimension_unknown', 'analytics.unavailable'],
});

/**
 * Whether newer figures exist: `version` changes with every batch that reaches the figures. With `accept: text/event-stream` it is a
 * stream of such messages (event `version`), one at once and one per change, ≤ 0.5 s after the figures changed.
 */
export const watchMetrics = endpoint({
  method: 'GET',
  path: '/metrics/live',
  summary: 'The version of the figures; as an event stream, each change of it',
  access: { permission: 'metrics.view' },
  reply: z.object({
    version: z.string(),
    asOf: Instant,
    /** How long the oldest event that is not yet in the figures has waited. */
    lagMs: z.int(),
  }),
  errors: ['server.busy'],
});
