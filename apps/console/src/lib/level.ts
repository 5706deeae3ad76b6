import type { Definition } from './figures.ts';
import { formatDecimal } from '@tongshang/ui';

type Unit = Definition['unit'];

// People set levels and targets in yuan, percent and minutes; the house keeps fen, ratios and seconds.
const per: Readonly<Record<Unit, number>> = {
  fen: 100,
  ratio: 0.01,
  count: 1,
  units: 1,
  days: 1,
  seconds: 60,
  times: 1,
  score: 1,
  index: 1,
};

/** A stored value as the number a person types. */
export const toTyped = (unit: Unit, value: number): number => Number((value / per[unit]).toFixed(4));

/** What a person typed as the stored value; money stays whole fen. */
export function fromTyped(unit: Unit, typed: number): number {
  const value = typed * per[unit];
  return unit === 'fen' || unit === 'seconds' ? Math.round(value) : Number(value.toFixed(8));
}

/** Basis points as a percentage: 9500 → `95%`. */
export const percentOfBp = (bp: number): string => `${formatDecimal(bp / 100, bp % 100 === 0 ? 0 : 1)}%`;
