import * as z from 'zod';
import { Dimension, hasWhen, MetricName, when } from './metrics.ts';
import { ChannelCode, Day, Fen, Id, Instant, paging } from './values.ts';

// Questions about purchases: cohorts, RFM, and the orders behind a figure. Their operations stand in explore.ts.

const oneOf = (lengthMax: number) => z.array(z.string().max(lengthMax)).max(50).optional();

/** What can be chosen in every question about purchases. */
export const PurchaseFilters = z.object({ channel: oneOf(32), store: oneOf(32) });

const zone = z.literal('Asia/Shanghai');
const period = z.object({ from: Day, to: Day });
/** Under every answer: the days asked for, and how fresh it is (everything recorded before `asOf` is in it). */
export const answered = { period, zone, asOf: Instant };

// ---- cohorts

/**
 * Customers by the month of their first purchase (in the channels and stores asked for), and what they bought 0, 1, 2 … months later. The
 * period is widened to whole months and says which cohorts are shown.
 */
export const CohortQuestion = z
  .object({ ...when, months: z.int().min(1).max(36).default(12), filters: PurchaseFilters.default({}) })
  .refine(hasWhen, { path: ['period'] });
export type CohortQuestion = z.output<typeof CohortQuestion>;

/** Net sales as everywhere: paid − cancelled − returned, without VAT, each in its own month. A month that has not begun is null. */
const cohortCell = z
  .object({
    /** Customers who bought in that month. */
    customers: z.int(),
    orders: z.int(),
    netSalesFen: Fen,
    /** Net sales of months 0 … n. */
    cumulatedFen: Fen,
    isComplete: z.boolean(),
  })
  .nullable();
export const CohortAnswer = z.object({
  ...answered,
  /** `month` is `2026-11`; `cells[n]` is n months later, cells[0] the month of the first purchase. */
  rows: z.array(z.object({ month: z.string(), customers: z.int(), cells: z.array(cohortCell) })),
  /** Per offset, over the rows whose cell is complete; `size` is the customers of just those rows. */
  overall: z.array(
    z.object({ size: z.int(), customers: z.int(), orders: z.int(), netSalesFen: Fen, cumulatedFen: Fen }).nullable(),
  ),
});
export type CohortAnswer = z.output<typeof CohortAnswer>;

// ---- RFM

export const rfmSegments = [
  'champions',
  'loyal',
  'potential_loyal',
  'new',
  'promising',
  'needs_attention',
  'about_to_sleep',
  'at_risk',
  'cannot_lose',
  'hibernating',
  'lost',
] as const;
export const RfmSegment = z.enum(rfmSegments);
export type RfmSegment = z.output<typeof RfmSegment>;

/** Customers who bought in the period: days since their last purchase, orders, net sales; each in five parts as equal as ties allow. */
const rfmQuestion = { ...when, filters: PurchaseFilters.default({}) };
export const RfmQuestion = z.object(rfmQuestion).refine(hasWhen, { path: ['period'] });
export type RfmQuestion = z.output<typeof RfmQuestion>;

/**
 * Four boundaries cut five parts. Score 5 is best: recency ≤ boundaries[0] days scores 5, ≤ [1] scores 4 … above [3] scores 1; frequency and
 * money ≤ boundaries[0] score 1 … above [3] score 5. Equal values never fall into different parts.
 */
const boundaries = z.array(z.number()).length(4);
export const RfmAnswer = z.object({
  ...answered,
  customers: z.int(),
  orders: z.int(),
  netSalesFen: Fen,
  boundaries: z.object({ recencyDays: boundaries, orders: boundaries, netSalesFen: boundaries }).nullable(),
  /** Every segment, in the order of `rfmSegments`. Counts and sums add up to the totals. */
  segments: z.array(
    z.object({
      segment: RfmSegment,
      customers: z.int(),
      orders: z.int(),
      netSalesFen: Fen,
      /** Mean over the segment; null when it is empty. */
      recencyDays: z.number().nullable(),
    }),
  ),
  /** By score of recency and the rounded mean of the scores of frequency and money: what names the segment. Empty cells are left out. */
  cells: z.array(
    z.object({
      recency: z.int(),
      frequencyMoney: z.int(),
      segment: RfmSegment,
      customers: z.int(),
      orders: z.int(),
      netSalesFen: Fen,
    }),
  ),
});
export type RfmAnswer = z.output<typeof RfmAnswer>;

export const RfmCustomersQuestion = z
  .object({ ...rfmQuestion, segment: RfmSegment, ...paging })
  .refine(hasWhen, { path: ['period'] });

// ---- rows behind a figure

/**
 * The orders behind one cell of an answer about metrics: the same period and filters, and `cell`, the cell's keys by dimension
 * (`{ month: '2026-11', channel: 'shop' }`).
 */
export const OrdersQuestion = z
  .object({
    ...when,
    metric: MetricName,
    until: Instant.optional(),
    filters: z.object({ channel: oneOf(32), category: oneOf(64), sku: oneOf(64), store: oneOf(32) }).default({}),
    cell: z.partialRecord(Dimension, z.string().max(100)).default({}),
    ...paging,
  })
  .refine(hasWhen, { path: ['period'] });
export type OrdersQuestion = z.output<typeof OrdersQuestion>;

/** What a row brings to the figure, which is the sum of `part` of all rows, or that over the sum of `whole` (times the formula's constant). */
const contribution = { part: z.number(), whole: z.number().nullable() };
export const OrdersAnswer = z.object({
  ...answered,
  metric: MetricName,
  /** The figure itself, from the sums of all rows: what the cell shows. */
  value: z.number().nullable(),
  /** Rows in all pages; sums over all of them. */
  total: z.object({ orders: z.int(), ...contribution }),
  items: z.array(
    z.object({
      /** Null gathers what came back without naming its order. */
      orderId: Id.nullable(),
      /** The number people know the order by; null when the house no longer knows it. */
      number: z.string().nullable(),
      /** The latest step of the order that counts here. */
      at: Instant,
      day: Day,
      channel: ChannelCode,
      store: z.string(),
      ...contribution,
    }),
  ),
  next: z.string().nullable(),
});
export type OrdersAnswer = z.output<typeof OrdersAnswer>;
