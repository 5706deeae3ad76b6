import type { ReplyOf, delivery } from '@tongshang/contract';

export type Service = ReplyOf<typeof delivery.listCarriers>['items'][number]['services'][number];
export type PriceRow = Service['prices'][number];

/** A row while it is edited: what is empty or unreadable is NaN. */
export interface DraftRow extends PriceRow {
  key: number;
}

export const emptyRow = (key: number): DraftRow => ({
  key,
  zone: '',
  firstGrams: 1000,
  firstFen: Number.NaN,
  stepGrams: 1000,
  stepFen: Number.NaN,
  days: Number.NaN,
});

export type RowFault = 'zone' | 'repeated' | 'number';

/** What is wrong with each row: no zone, a zone that stands twice, or a figure that is missing. */
export function faultsOf(rows: readonly DraftRow[]): ReadonlyMap<number, RowFault> {
  const faults = new Map<number, RowFault>();
  const seen = new Set<string>();
  for (const { key, zone, ...figures } of rows) {
    const name = zone.trim();
    const numbers = [figures.firstGrams, figures.firstFen, figures.stepGrams, figures.stepFen, figures.days];
    if (name === '') faults.set(key, 'zone');
    else if (seen.has(name)) faults.set(key, 'repeated');
    else if (numbers.some(Number.isNaN) || figures.firstGrams < 1 || figures.stepGrams < 1) faults.set(key, 'number');
    seen.add(name);
  }
  return faults;
}

/** The rows as the contract wants them. */
export const rowsOf = (rows: readonly DraftRow[]): PriceRow[] =>
  rows.map(({ key: _, zone, ...figures }) => ({ zone: zone.trim(), ...figures }));

/** What a parcel of this weight costs by a row: the first weight, then each step begun. */
export const priceOf = ({ firstGrams, firstFen, stepGrams, stepFen }: PriceRow, grams: number): number =>
  firstFen + Math.ceil(Math.max(0, grams - firstGrams) / stepGrams) * stepFen;
