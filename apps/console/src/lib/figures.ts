import type { metrics, ReplyOf } from '@tongshang/contract';
import type { Format } from './format.ts';
import type { Comparison } from '../parts/figure.tsx';

export type Definition = ReplyOf<typeof metrics.listMetrics>['items'][number];
type Maybe = number | null | undefined;

/** A figure in its unit, short for a tile or an axis. */
export function shortFigure(unit: Definition['unit'], value: Maybe, f: Format): string {
  if (value === null || value === undefined) return '—';
  if (unit === 'fen') return f.moneyShort(value);
  return unit === 'count' || unit === 'units' ? f.compact(value) : exactFigure(unit, value, f);
}

/** A figure in its unit, in full, for tables and for whoever asks. */
export function exactFigure(unit: Definition['unit'], value: Maybe, f: Format): string {
  if (value === null || value === undefined) return '—';
  switch (unit) {
    case 'fen':
      return f.money(Math.round(value));
    case 'ratio':
      return f.percent(value);
    case 'count':
    case 'units':
      return Number.isInteger(value) ? f.count(value) : f.decimal(value, 1);
    case 'days':
      return f.days(value);
    case 'seconds':
      return f.duration(value * 1000);
    case 'times':
      return f.timesAYear(value);
    case 'score':
    case 'index':
      return f.decimal(value, 1);
  }
}

/** How a figure stands against another one: direction, difference in words, and whether that is welcome. */
export function compareFigure(
  { unit, polarity }: Pick<Definition, 'unit' | 'polarity'>,
  value: Maybe,
  other: Maybe,
  against: string,
  f: Format,
): Comparison | undefined {
  if (value === null || value === undefined || other === null || other === undefined) return undefined;
  // What no reader can see is no difference: under a twentieth of a point or of a percent.
  const exact = value - other;
  const difference = Math.abs(unit === 'ratio' ? exact : other === 0 ? exact : exact / other) < 0.000_5 ? 0 : exact;
  const text =
    unit === 'ratio'
      ? f.points(difference)
      : other === 0
        ? exactFigure(unit, difference, f)
        : f.change(difference / Math.abs(other));
  const direction = difference > 0 ? 'up' : difference < 0 ? 'down' : 'same';
  const isGood = polarity === 'more_is_better' ? difference > 0 : difference < 0;
  return {
    with: against,
    text,
    direction,
    verdict: polarity === 'neutral' || difference === 0 ? undefined : isGood ? 'good' : 'bad',
  };
}
