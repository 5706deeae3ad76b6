import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { roles } from './permissions.ts';
import { Day, Instant } from './values.ts';

/** The metrics the house ships, by name. What each means is data, and staff add others: see listMetrics. */
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
  'marketing_roi',
  'cash_conversion_days',
  'cost_to_serve',
  'on_time_delivery',
  'new_customer_growth',
  'retention',
  'complaint_rate',
  'satisfaction',
  'brand_search_index',
  'social_mentions',
  'share_of_voice',
  'review_score',
  'exposure',
  'campaign_spend',
] as const;
export const MetricName = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);
export type MetricName = z.output<typeof MetricName>;

/**
 * What a figure can be split by. Calendar keys are those of the metric's zone: day `2026-11-22`, hour `00`–`23`, week its Monday, month
 * `2026-11`, quarter `2026-Q4`, year `2026`. Location of stock stands under `store`.
 */
export const dimensions = [
  'day', 'hour', 'week', 'month', 'quarter', 'year', 'channel', 'category', 'sku', 'store', 'campaign',
] as const; // prettier-ignore
export const Dimension = z.enum(dimensions);
export type Dimension = z.output<typeof Dimension>;
export const calendarDimensions = ['day', 'hour', 'week', 'month', 'quarter', 'year'] as const satisfies readonly Dimension[];
export const filterDimensions = ['channel', 'category', 'sku', 'store', 'campaign'] as const satisfies readonly Dimension[];

/**
 * fen: money; ratio: 0.153 is 15.3 %; times: stock turns a year; count: orders, customers, visitors; units: pieces of goods; score: out of
 * a scale the metric names; index: a number without a unit.
 */
export const metricUnits = ['fen', 'ratio', 'count', 'units', 'days', 'seconds', 'times', 'score', 'index'] as const;
export const Words = z.object({ zh: z.string(), en: z.string() });

export const additivities = ['sum', 'ratio', 'distinct', 'level', 'percentile'] as const;
export const metricGroups = ['finance', 'operations', 'customers', 'brand', 'other'] as const;
export const MetricGroup = z.enum(metricGroups);
export type MetricGroup = z.output<typeof MetricGroup>;

const MeasureName = z.string().regex(/^[a-z][a-z0-9_]{1,59}$/);
const Term = z.object({ measure: MeasureName, sign: z.union([z.literal(1), z.literal(-1)]).default(1) });
const Terms = z.array(Term).min(1).max(8);

/**
 * A formula over measures. sum: the terms, added or taken away; one: a single measure that must not be added up (a distinct count, a level,
 * a percentile); ratio: one sum over another × a constant. Computed after grouping, so a ratio is one of sums at every grain.
 */
export const Expression = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sum'), terms: Terms }),
  z.object({ kind: z.literal('one'), measure: MeasureName }),
  z.object({ kind: z.literal('ratio'), over: Terms, under: Terms, times: z.number().positive().default(1) }),
]);
export type Expression = z.output<typeof Expression>;

/** What formulas are made of: a figure that the house reads by its own SQL. */
export const Measure = z.object({
  name: MeasureName,
  title: Words,
  unit: z.enum(metricUnits),
  additivity: z.enum(['sum', 'distinct', 'level', 'percentile']),
  dimensions: z.array(Dimension),
  /** Dimensions whose parts overlap: an order with two categories counts once in each, so parts exceed the total. */
  overlaps: z.array(Dimension),
  /** `table.column` of what is read. */
  columns: z.array(z.string()),
  /** Events that feed those columns. */
  events: z.array(z.string()),
  /** Whether its days can be computed in a zone other than the house's. */
  isZoned: z.boolean(),
  hasSource: z.boolean(),
});
export type Measure = z.output<typeof Measure>;

/** What people write of a metric; all else is derived from the measures of its formula. */
export const MetricBody = z.object({
  title: z.object({ zh: z.string().trim().min(1).max(40), en: z.string().trim().min(1).max(60) }),
  explanation: z.object({ zh: z.string().trim().min(1).max(400), en: z.string().trim().min(1).max(600) }),
  expression: Expression,
  unit: z.enum(metricUnits),
  /** What one counted thing is: `order line`, `visitor`. */
  grain: z.string().trim().min(1).max(60),
  /** IANA name of the zone whose days are counted. */
  zone: z.string().min(1).max(60).default('Asia/Shanghai'),
  /** What a day without a row is: zero, or a gap (unknown). */
  missing: z.enum(['zero', 'gap']).default('zero'),
  polarity: z.enum(['more_is_better', 'less_is_better', 'neutral']),
  group: MetricGroup.default('other'),
  /** One of the twenty indicators of the scorecard. */
  isScorecard: z.boolean().default(false),
  owner: z.enum(roles),
  quality: z
    .object({
      /** How long after the fact the figure should hold it, at most. */
      freshnessGoalSeconds: z.int().positive().max(31_536_000),
      /** What is known to be missing in it. */
      gaps: Words.nullable(),
    })
    .default({ freshnessGoalSeconds: 60, gaps: null }),
});
export type MetricBody = z.output<typeof MetricBody>;

export const MetricDefinition = z.object({
  ...MetricBody.shape,
  name: MetricName,
  title: Words,
  explanation: Words,
  version: z.int(),
  /** First business day it is valid for; null: since ever. */
  validFrom: Day.nullable(),
  /** For people who check: how it is computed, in words and measure names. */
  formula: z.string(),
  /** sum: parts add up to the total; ratio: of two sums; distinct: a customer counts once; level: a stock, the last value; percentile. */
  additivity: z.enum(additivities),
  dimensions: z.array(Dimension),
  overlaps: z.array(Dimension),
  /** Where the figures come from: ClickHouse columns, then the events that feed them. */
  lineage: z.array(z.string()),
  /** Whether what it counts is recorded anywhere yet; without a source it shows nothing. */
  hasSource: z.boolean(),
});
export type MetricDefinition = z.output<typeof MetricDefinition>;

/** One or several values of a query parameter: `sku=A` or `sku=A&sku=B`. */
const some = <T extends z.ZodType>(one: T, most: number) => z.union([z.array(one).max(most), one.transform((value) => [value])]);
const many = <T extends z.ZodType>(one: T) => some(one, 50).optional();

/** previous: as many days just before; same_weekday: the nearest earlier whole weeks; year: the same dates a year before; lunar_year: a year
 * before, moved so that Spring Festival falls on the same day of both. */
export const compareKinds = ['previous', 'same_weekday', 'year', 'lunar_year'] as const;
export type CompareKind = (typeof compareKinds)[number];

/**
 * Periods relative to now, in the zone of the metric. last_N_days are N FULL days before today; this_… runs from its first day to now;
 * last_week, last_month, last_quarter, last_year are whole. Weeks start on Monday.
 */
export const periods = [
  'today', 'yesterday', 'last_7_days', 'last_28_days', 'last_90_days', 'last_365_days',
  'this_week', 'last_week', 'this_month', 'last_month', 'this_quarter', 'last_quarter', 'this_year', 'last_year',
] as const; // prettier-ignore
export const Period = z.enum(periods);
export type Period = z.output<typeof Period>;

/**
 * Over the calendar, for sums and ratios of sums by day: moving_7 and moving_28 are a sum's daily mean (a ratio of the sums) over that many
 * days up to each; month_to_date and year_to_date grow from the first day.
 */
export const metricWindows = ['none', 'moving_7', 'moving_28', 'month_to_date', 'year_to_date'] as const;
export const MetricWindow = z.enum(metricWindows);
export type MetricWindow = z.output<typeof MetricWindow>;

/** When a question is about: `period`, or whole days `from` … `to`, both ends included. Shared by every question of Know. */
export const when = { period: Period.optional(), from: Day.optional(), to: Day.optional() };
export const hasWhen = ({
  period,
  from,
  to,
}: {
  period?: Period | undefined;
  from?: string | undefined;
  to?: string | undefined;
}): boolean => (period === undefined ? from !== undefined && to !== undefined : from === undefined && to === undefined);

/** `until` cuts the last day at an instant (today so far), and the last day of the compared period at the same time of day. */
const question = {
  metrics: some(MetricName, 30).refine((names) => names.length > 0),
  ...when,
  until: Instant.optional(),
  by: some(Dimension, 2).default([]),
  channel: many(z.string().max(32)),
  category: many(z.string().max(64)),
  sku: many(z.string().max(64)),
  store: many(z.string().max(32)),
  campaign: many(z.string().max(64)),
  compare: z.enum(compareKinds).optional(),
  window: MetricWindow.default('none'),
  /** Rows, largest first metric first; calendar dimensions keep their order. */
  limit: z.coerce.number().int().min(1).max(5_000).default(500),
};

export const MetricQuestion = z.object(question).refine(hasWhen, { path: ['period'] });
export type MetricQuestion = z.output<typeof MetricQuestion>;

/** Figures by metric name; null means undefined (nothing to divide by, unknown), which is not zero. */
export const Figures = z.record(MetricName, z.number().nullable());
export type Figures = z.output<typeof Figures>;

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
  window: MetricWindow,
  rows: z.array(MetricRow),
  /** More rows exist than `limit`. */
  isCut: z.boolean(),
  total: z.object({ values: Figures, before: Figures.nullable() }),
  /** The versions of the definitions that were used, each for which days of the period. */
  versions: z.array(z.object({ metric: MetricName, version: z.int(), from: Day, to: Day })),
  /** Metrics that nothing records yet: they show nothing. */
  noSource: z.array(MetricName),
  zone: z.string(),
  /** Everything recorded before this instant is in the figures. */
  asOf: Instant,
});
export type MetricAnswer = z.output<typeof MetricAnswer>;

const metricErrors = [
  'metric.not_found',
  'metric.dimension_unknown',
  'metric.period_invalid',
  'metric.window_unfit',
  'metric.zones_mixed',
  'metric.out_of_scope',
  'metric.too_much',
  'analytics.unavailable',
] as const;

export const listMetrics = endpoint({
  method: 'GET',
  path: '/metrics/definitions',
  summary: 'Every figure as it is defined today: name, meaning, formula, unit, dimensions, owner, lineage',
  access: { permission: 'metrics.view' },
  reply: z.object({ items: z.array(MetricDefinition) }),
  errors: [],
});

export const listMeasures = endpoint({
  method: 'GET',
  path: '/metrics/measures',
  summary: 'What formulas can be made of',
  access: { permission: 'metrics.view' },
  reply: z.object({ items: z.array(Measure) }),
  errors: [],
});

export const MetricVersion = z.object({
  ...MetricDefinition.shape,
  note: z.string(),
  publishedAt: Instant.nullable(),
  /** null: shipped with the house. */
  publishedByName: z.string().nullable(),
});

export const getMetric = endpoint({
  method: 'GET',
  path: '/metrics/definitions/:name',
  summary: 'One figure: every version with its validity, the measures of its formula, how fresh it is',
  access: { permission: 'metrics.view' },
  params: z.object({ name: MetricName }),
  reply: z.object({
    definition: MetricDefinition,
    /** Newest first; those that are not valid yet too. */
    versions: z.array(MetricVersion),
    measures: z.array(Measure),
    freshness: z.object({ asOf: Instant, lagMs: z.int(), isWithinGoal: z.boolean() }),
  }),
  errors: ['metric.not_found'],
});

/** A new version, never a change of an old one. `base` is the newest version that was seen; 0 makes a new metric. */
export const publishMetric = endpoint({
  method: 'POST',
  path: '/metrics/definitions/:name/versions',
  summary: 'Publish a new version of a figure, valid from today or a later day; history keeps the old one',
  access: { permission: 'metrics.edit' },
  params: z.object({ name: MetricName }),
  body: z.object({ body: MetricBody, base: z.int().min(0), validFrom: Day, note: z.string().trim().min(1).max(200) }),
  reply: MetricDefinition,
  errors: ['metric.not_found', 'metric.changed', 'metric.invalid', 'metric.rewrites_history'],
  idempotent: true,
});

/** Both as if they had been valid over the whole period, so that they can be held against each other. */
export const previewMetric = endpoint({
  method: 'POST',
  path: '/metrics/definitions/:name/preview',
  summary: 'What a draft would show beside what the figure shows today; nothing is saved',
  access: { permission: 'metrics.edit' },
  params: z.object({ name: MetricName }),
  body: z.object({ body: MetricBody, ...when, by: Dimension.optional() }).refine(hasWhen, { path: ['period'] }),
  reply: z.object({
    period: z.object({ from: Day, to: Day, until: Instant.nullable() }),
    /** Of both; null where a side has no figure. */
    rows: z.array(z.object({ key: z.string(), label: Words.nullable(), old: z.number().nullable(), new: z.number().nullable() })),
    total: z.object({ old: z.number().nullable(), new: z.number().nullable() }),
    asOf: Instant,
  }),
  errors: ['metric.invalid', ...metricErrors],
});

export const queryMetrics = endpoint({
  method: 'GET',
  path: '/metrics/values',
  summary: 'Figures over a period, split and filtered by dimensions, beside an earlier period; in the viewer’s scope',
  access: { permission: 'metrics.view' },
  query: MetricQuestion,
  reply: MetricAnswer,
  errors: metricErrors,
});

/** The same question as a workbook: sheets of figures, totals and definitions, with the zone and the period named. */
export const exportMetrics = endpoint({
  method: 'GET',
  path: '/metrics/export',
  summary: 'The same figures as XLSX, with their definitions',
  access: { permission: 'metrics.export' },
  query: z.object({ ...question, language: z.enum(['zh-CN', 'en']).default('zh-CN') }).refine(hasWhen, { path: ['period'] }),
  reply: z.object({}),
  errors: metricErrors,
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
  errors: metricErrors,
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
