import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import {
  answered,
  CohortAnswer,
  CohortQuestion,
  OrdersAnswer,
  OrdersQuestion,
  PurchaseFilters,
  RfmAnswer,
  RfmCustomersQuestion,
  RfmQuestion,
} from './explore-purchases.ts';
import { hasWhen, when, Words } from './metrics.ts';
import { Day, Fen, Id, Instant } from './values.ts';

export * from './explore-purchases.ts';

/**
 * Questions beyond one figure: funnels, retention, cohorts, paths, RFM, and the orders behind a figure. Days, weeks (from Monday) and months
 * are those of Asia/Shanghai. A person is a customer where one is known: what a visitor did before they signed in counts as the customer's.
 * Staff and bots are never counted. Behaviour knows no store: a viewer of one store is refused `metric.out_of_scope`.
 */
export const exploreKinds = ['funnel', 'retention', 'cohorts', 'paths', 'rfm'] as const;
export type ExploreKind = (typeof exploreKinds)[number];

const oneOf = (lengthMax: number) => z.array(z.string().max(lengthMax)).max(50).optional();

/**
 * What the deed that begins must match (first step of a funnel, start of retention, anchor of a path): what follows may be told by the house,
 * which knows no language. Several values of one field: any of them.
 */
export const BehaviourFilters = z.object({ channel: oneOf(32), campaign: oneOf(100), language: oneOf(20) });
/**
 * `is`: one of the values · `is_not`: none of them · `contains`: holds one of them, letters' case aside · `at_least`, `at_most`: a number ·
 * `is_set`, `is_not_set`: take no value.
 */
export const filterTests = ['is', 'is_not', 'contains', 'at_least', 'at_most', 'is_set', 'is_not_set'] as const;
export type FilterTest = (typeof filterTests)[number];

/** `channel`, `campaign`, `language`, `path` of the event, or a property: `sku`, `shipping.method`, `products[].category` (any of a list). */
export const PropertyFilter = z
  .object({
    property: z.string().regex(/^[^.[\]\s]{1,64}(\[\])?(\.[^.[\]\s]{1,64}(\[\])?){0,3}$/),
    test: z.enum(filterTests),
    values: z.array(z.string().max(200)).max(20).default([]),
  })
  .refine(({ test, values }) => (test === 'is_set' || test === 'is_not_set' ? values.length === 0 : values.length > 0))
  .refine(({ test, values }) => !test.startsWith('at_') || (values.length === 1 && Number.isFinite(Number(values[0]))));
export type PropertyFilter = z.output<typeof PropertyFilter>;

/** What counts in a question about behaviour: actions and pages. Identifying, grouping and renaming are no deeds. */
export const deedTypes = ['track', 'page', 'screen'] as const;
export type DeedType = (typeof deedTypes)[number];

/** An event of a kind, narrowed by its properties. Every filter must hold. */
export const EventChoice = z.object({
  type: z.enum(deedTypes).default('track'),
  event: z.string().min(1).max(200),
  where: z.array(PropertyFilter).max(5).default([]),
});
export type EventChoice = z.output<typeof EventChoice>;

const ratio = z.number().nullable();

// ---- funnels

export const windowUnits = ['minutes', 'hours', 'days'] as const;
export const funnelSegments = ['channel', 'campaign', 'language', 'customer'] as const;
export type FunnelSegmentBy = (typeof funnelSegments)[number];
const daysOf = { minutes: 1 / 1440, hours: 1 / 24, days: 1 } as const;

/**
 * Ordered steps, the first of them within the period, the others later (strictly) and within `window` after the first. A person counts
 * once, as far as their best attempt got. `by`: channel, campaign and language are those of their first event of the first step;
 * `customer` is `returning` for who had paid an order before that event, else `new`.
 */
export const FunnelQuestion = z
  .object({
    ...when,
    steps: z.array(EventChoice).min(2).max(8),
    window: z
      .object({ amount: z.int().min(1).max(10_000), unit: z.enum(windowUnits) })
      .refine(({ amount, unit }) => amount * daysOf[unit] <= 90)
      .default({ amount: 7, unit: 'days' }),
    by: z.enum(funnelSegments).optional(),
    filters: BehaviourFilters.default({}),
  })
  .refine(hasWhen, { path: ['period'] });
export type FunnelQuestion = z.output<typeof FunnelQuestion>;

export const FunnelStep = z.object({
  /** Persons who got at least this far. */
  persons: z.int(),
  /** Of the first step; of the step before. Null when nobody was there. */
  ofFirst: ratio,
  ofPrevious: ratio,
  /** Median seconds from the step before, over those who got here, each in the last of their attempts that got farthest. Null for the first
   * step, when nobody did, and for `others`. */
  medianSeconds: z.number().nullable(),
});
export type FunnelStep = z.output<typeof FunnelStep>;

export const FunnelAnswer = z.object({
  ...answered,
  steps: z.array(EventChoice),
  total: z.array(FunnelStep),
  by: z.enum(funnelSegments).nullable(),
  /** Largest first; key '' is "unknown". `others` gathers what lies beyond the largest 20. Persons of all parts add up to the total. */
  segments: z.array(z.object({ key: z.string(), isOthers: z.boolean(), label: Words.nullable(), steps: z.array(FunnelStep) })),
  /** The conversion window of the last attempts has not ended: later steps may still grow. */
  isOpen: z.boolean(),
  /** Medians are measured on one of so many persons (1: on all). Counts are always of all. */
  medianOfOneIn: z.int(),
});
export type FunnelAnswer = z.output<typeof FunnelAnswer>;

// ---- retention

export const retentionUnits = ['day', 'week', 'month'] as const;
export type RetentionUnit = (typeof retentionUnits)[number];
const retentionShared = {
  ...when,
  unit: z.enum(retentionUnits).default('week'),
  /** How many units after the first are looked at. */
  units: z.int().min(1).max(31).default(8),
};

/**
 * Of those who started in a unit, how many came back 1, 2, 3 … units later. A person starts once: in the unit of their first deed (or first
 * purchase) within the period. Unit 0 is the starting unit itself and holds everybody, whether or not they came back in it.
 * The period is widened to whole units. `start` and `back` may be left out: any deed.
 */
export const RetentionQuestion = z.discriminatedUnion('of', [
  z
    .object({
      of: z.literal('behaviour'),
      ...retentionShared,
      start: EventChoice.optional(),
      back: EventChoice.optional(),
      filters: BehaviourFilters.default({}),
    })
    .refine(hasWhen, { path: ['period'] }),
  z
    .object({
      of: z.literal('purchase'),
      ...retentionShared,
      /** Only customers whose first purchase ever falls in the period. */
      isFirstEver: z.boolean().default(false),
      filters: PurchaseFilters.default({}),
    })
    .refine(hasWhen, { path: ['period'] }),
]);
export type RetentionQuestion = z.output<typeof RetentionQuestion>;

/** `isComplete` is false while the unit still runs: the figure may grow. A unit that has not begun is null, not zero. */
const retentionCell = z.object({ persons: z.int(), ratio, isComplete: z.boolean() }).nullable();
export const RetentionAnswer = z.object({
  ...answered,
  of: z.enum(['behaviour', 'purchase']),
  unit: z.enum(retentionUnits),
  /** One row a unit of the period, `start` its first day; `cells[n]` is n units later, cells[0] the starting unit. */
  rows: z.array(z.object({ start: Day, size: z.int(), cells: z.array(retentionCell) })),
  /** Per offset over the rows whose cell is complete: persons who came back, of the `size` of just those rows. Null where no row is complete. */
  overall: z.array(z.object({ persons: z.int(), size: z.int(), ratio }).nullable()),
});
export type RetentionAnswer = z.output<typeof RetentionAnswer>;

// ---- paths

/** At most so many links stand in an answer: more cannot be read. */
export const pathLinksMax = 20;

/**
 * What visitors did after (`from`) or before (`to`) an event, in visits: one visitor, one business day, no gap of 30 minutes. A visit counts
 * once, by its first such event. The same deed several times in a row is one.
 */
export const PathQuestion = z
  .object({
    ...when,
    direction: z.enum(['from', 'to']).default('from'),
    anchor: EventChoice,
    steps: z.int().min(1).max(5).default(3),
    /** Branches shown at one point; the others are gathered. */
    branches: z.int().min(1).max(6).default(3),
    /** Kinds of deeds that are steps of a path. */
    types: z.array(z.enum(deedTypes)).min(1).default(['track', 'page', 'screen']),
    filters: BehaviourFilters.default({}),
  })
  .refine(hasWhen, { path: ['period'] });
export type PathQuestion = z.output<typeof PathQuestion>;

/**
 * A tree: node 0 is the anchor, every other node a link to its `parent`. The visits of the children of a node that was opened
 * (`isOpened`) add up to its own: `others` gathers the smaller branches, `end` are visits that ended (or, backwards, began) there.
 */
export const PathNode = z.object({
  id: z.int(),
  parent: z.int().nullable(),
  depth: z.int(),
  kind: z.enum(['event', 'others', 'end']),
  type: z.enum(deedTypes).nullable(),
  event: z.string().nullable(),
  visits: z.int(),
  isOpened: z.boolean(),
  /** `others`: how many different deeds it gathers. */
  gathered: z.int(),
});
export type PathNode = z.output<typeof PathNode>;
export const PathAnswer = z.object({
  ...answered,
  direction: z.enum(['from', 'to']),
  /** Visits that hold the anchor. */
  visits: z.int(),
  nodes: z.array(PathNode),
});
export type PathAnswer = z.output<typeof PathAnswer>;

// ---- operations

const view = { permission: 'metrics.view' } as const;
const exploreErrors = ['metric.period_invalid', 'metric.too_much', 'metric.out_of_scope', 'analytics.unavailable'] as const;

/** What happened in the last 28 days and may be chosen in questions about behaviour, most frequent first. */
export const listExploreEvents = endpoint({
  method: 'GET',
  path: '/explore/events',
  summary: 'Events and properties that questions about behaviour may use',
  access: view,
  reply: z.object({
    items: z.array(
      z.object({
        type: z.enum(deedTypes),
        event: z.string(),
        times: z.int(),
        lastDay: Day,
        /** As seen on its latest occurrences: `sku`, `products[].category`. */
        properties: z.array(z.string()),
      }),
    ),
    asOf: Instant,
  }),
  errors: ['metric.out_of_scope', 'analytics.unavailable'],
});

export const listExploreValues = endpoint({
  method: 'GET',
  path: '/explore/values',
  summary: 'The most frequent values of one property of an event in the last days',
  access: view,
  query: z.object({
    type: z.enum(deedTypes).default('track'),
    event: z.string().min(1).max(200),
    property: PropertyFilter.shape.property,
  }),
  reply: z.object({ items: z.array(z.object({ value: z.string(), times: z.int() })) }),
  errors: ['metric.out_of_scope', 'analytics.unavailable'],
});

export const exploreFunnel = endpoint({
  method: 'POST',
  path: '/explore/funnel',
  summary: 'How many persons get from step to step, and how fast',
  access: view,
  body: FunnelQuestion,
  reply: FunnelAnswer,
  errors: exploreErrors,
});

export const exploreRetention = endpoint({
  method: 'POST',
  path: '/explore/retention',
  summary: 'Of those who started, how many come back later',
  access: view,
  body: RetentionQuestion,
  reply: RetentionAnswer,
  errors: exploreErrors,
});

export const exploreCohorts = endpoint({
  method: 'POST',
  path: '/explore/cohorts',
  summary: 'Customers by the month of their first purchase, and what they bought since',
  access: view,
  body: CohortQuestion,
  reply: CohortAnswer,
  errors: exploreErrors,
});

export const explorePaths = endpoint({
  method: 'POST',
  path: '/explore/paths',
  summary: 'What visitors did after or before an event',
  access: view,
  body: PathQuestion,
  reply: PathAnswer,
  errors: exploreErrors,
});

export const exploreRfm = endpoint({
  method: 'POST',
  path: '/explore/rfm',
  summary: 'Customers by recency, frequency and money, in named segments',
  access: view,
  body: RfmQuestion,
  reply: RfmAnswer,
  errors: exploreErrors,
});

export const listRfmCustomers = endpoint({
  method: 'POST',
  path: '/explore/rfm/customers',
  summary: 'The customers of one segment, most valuable first',
  access: { permission: 'customers.view' },
  body: RfmCustomersQuestion,
  reply: z.object({
    items: z.array(
      z.object({ customerId: Id, name: z.string().nullable(), recencyDays: z.int(), orders: z.int(), netSalesFen: Fen }),
    ),
    /** In all pages. */
    customers: z.int(),
    next: z.string().nullable(),
  }),
  errors: [...exploreErrors, 'auth.forbidden'],
});

export const exploreOrders = endpoint({
  method: 'POST',
  path: '/explore/orders',
  summary: 'The orders behind a figure: same filters, same scope, same sum',
  access: view,
  body: OrdersQuestion,
  reply: OrdersAnswer,
  errors: [...exploreErrors, 'metric.not_found', 'metric.dimension_unknown', 'metric.not_drillable'],
});
