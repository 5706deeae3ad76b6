import type { explore as contract, metrics } from '@tongshang/contract';
import { refuse } from '../../platform/fail.ts';
import { businessZone, dayOf, daysBetween } from '../../platform/time.ts';
import { type Scope, relativePeriod } from '../metrics/index.ts';
import { type Analytics, ask } from '../stream/index.ts';

/** What a question is asked of: the analytics, and the time it is. */
export interface Reading {
  analytics: Analytics;
  now: Date;
  /** Rows of facts that one question may touch; each kind has its own limit unless told. */
  rowsMax?: number;
}

/** Values travel as bound parameters; the SQL around them is ours alone. */
export type Parameters = Record<string, unknown>;

/** Whole business days, both ends included. */
export interface Days {
  from: string;
  to: string;
}

interface When {
  period?: metrics.Period | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** The days a question is about. Refuses `metric.period_invalid` when it ends before it begins or is longer than `daysMax`. */
export function daysOf({ period, from, to }: When, now: Date, daysMax: number): Days {
  const named = period && relativePeriod(period, now, businessZone);
  const days = { from: named?.from ?? from ?? dayOf(now), to: named?.to ?? to ?? dayOf(now) };
  const length = daysBetween(days.from, days.to) + 1;
  if (length < 1 || length > daysMax) refuse('metric.period_invalid', { ...days, daysMax });
  return days;
}

export type FactTable = 'behaviour' | 'visit' | 'customer_day' | 'order_line';

/** Rows that one question may touch at most, by what a row costs: what is beyond takes longer than anybody waits, or too much memory. */
const readableRows: Readonly<Record<FactTable, number>> = {
  behaviour: 60_000_000,
  visit: 60_000_000,
  customer_day: 100_000_000,
  order_line: 20_000_000,
};

/** Rows the plan touches in these days, before anything is read. Refuses `metric.too_much {rows, rowsMax}`. */
export async function planRows(reading: Reading, table: FactTable, { from, to }: Days): Promise<number> {
  const rowsMax = reading.rowsMax ?? readableRows[table];
  const parts = await ask<{ rows: number }>(
    reading.analytics,
    `explain estimate select * from ${table} where day between {from:Date} and {to:Date}`,
    { from, to },
  );
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  if (rows > rowsMax) refuse('metric.too_much', { rows, rowsMax });
  return rows;
}

/** Behaviour knows no store, so a viewer of one store sees none of it. Refuses `metric.out_of_scope`. */
export function checkBehaviourScope({ store }: Scope, kind: contract.ExploreKind | 'events'): void {
  if (store !== undefined) refuse('metric.out_of_scope', { metric: kind });
}

/** Groups that outgrow the memory of one question go to the disk instead of failing. */
export const careful = 'settings max_bytes_before_external_group_by = 900000000, do_not_merge_across_partitions_select_final = 1';

export const zone = 'Asia/Shanghai' as const;
