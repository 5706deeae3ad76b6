import type { metrics as contract } from '@tongshang/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addParts, derive, figureOf, formulaOf, type Parts, partsOf, whyInvalid } from './definition.ts';
import { findMeasure } from './measures/index.ts';
import { shipped } from './shipped/index.ts';
import { one, ratio, sum } from './shipped/shipped.ts';
import { windowed, windowStart } from './window.ts';

const zero = (expression: contract.Expression) => ({ expression, missing: 'zero' as const });
const gap = (expression: contract.Expression) => ({ expression, missing: 'gap' as const });
const figure = (body: Parameters<typeof partsOf>[0], values: Record<string, number | null>) =>
  figureOf(partsOf(body, values, findMeasure));

test('every metric that ships can be computed, says what it is split by and where it comes from', () => {
  expect(new Set(shipped.map(({ name }) => name)).size).toBe(shipped.length);
  for (const { name, body } of shipped) {
    expect([name, whyInvalid(body, findMeasure)]).toEqual([name, undefined]);
    const { dimensions, lineage } = derive(body.expression, findMeasure);
    expect([name, dimensions.length > 0, lineage.length > 0]).toEqual([name, true, true]);
  }
});

test('a formula reads as it is computed, and how it adds up follows from its measures', () => {
  const margin = ratio(['net_fen', '-net_cost_fen'], ['net_fen']);
  expect(formulaOf(margin)).toBe('(net_fen − net_cost_fen) ÷ net_fen');
  expect(formulaOf(ratio(['sellable_units'], ['paid_units_28d'], 28))).toBe('sellable_units ÷ paid_units_28d × 28');
  const additivityOf = (expression: contract.Expression) => derive(expression, findMeasure).additivity;
  expect([margin, sum('net_fen'), one('visitors'), one('stock_fen'), one('handling_median')].map(additivityOf)).toEqual([
    'ratio',
    'sum',
    'distinct',
    'level',
    'percentile',
  ]);
  expect(additivityOf(ratio(['repeat_buyers_90d'], ['buyers_90d']))).toBe('level');
  expect(derive(ratio(['net_fen'], ['visitors']), findMeasure).dimensions).toEqual([
    'day',
    'hour',
    'week',
    'month',
    'quarter',
    'year',
    'channel',
    'campaign',
  ]);
});

test('what cannot be computed is refused by reason', () => {
  const why = (expression: contract.Expression, unit: contract.MetricBody['unit'] = 'fen', zone = 'Asia/Shanghai') =>
    whyInvalid({ expression, unit, zone }, findMeasure)?.reason;
  expect(why(sum('gold_fen'))).toBe('measure_unknown');
  expect(why(sum('visitors', 'paid_orders'), 'count')).toBe('not_additive');
  expect(why(sum('stock_fen'))).toBe('not_additive'); // a stock is the last value, not a sum of days
  expect(why(ratio(['handling_median'], ['paid_orders']))).toBe('percentile_in_ratio');
  expect(why(sum('paid_orders'), 'fen')).toBe('unit_differs');
  expect(why(sum('net_fen'), 'fen', 'Mars/Olympus')).toBe('zone_unknown');
  expect(why(sum('net_fen'), 'fen', "UTC') or 1=1 --")).toBe('zone_unknown');
  expect(why(one('visitors'), 'count', 'America/New_York')).toBe('zone_fixed');
  expect(why(sum('net_fen'), 'fen', 'America/New_York')).toBeUndefined();
});

test('of nothing, a sum is zero or a gap as declared; a ratio, a level and a percentile are undefined', () => {
  expect(figure(zero(sum('net_fen')), {})).toBe(0);
  expect(figure(gap(sum('net_fen')), {})).toBeNull();
  expect(figure(zero(one('visitors')), {})).toBe(0);
  expect(figure(zero(one('stock_fen')), {})).toBeNull();
  expect(figure(zero(ratio(['net_fen'], ['paid_orders'])), {})).toBeNull();
  expect(figure(zero(ratio(['net_fen'], ['paid_orders'])), { paid_orders: 4 })).toBe(0);
  expect(figure(zero(sum('net_fen', '-net_cost_fen')), { net_fen: 500, net_cost_fen: null })).toBeNull();
});

const anyDay = fc.record({ net_fen: fc.integer({ min: -9_999, max: 99_999 }), paid_orders: fc.nat(50) });
const aov = zero(ratio(['net_fen'], ['paid_orders'], 2));

test('the ratio of a period is that of its sums, however the period is cut', () => {
  fc.assert(
    fc.property(fc.array(anyDay, { minLength: 1, maxLength: 30 }), fc.nat(29), (days, cut) => {
      const partsAt = (some: typeof days): Parts => addParts(some.map((day) => partsOf(aov, day, findMeasure)));
      const whole = partsAt(days);
      const at = Math.min(cut, days.length);
      const pieces = [days.slice(0, at), days.slice(at)].filter((some) => some.length > 0).map(partsAt);
      expect(figureOf(addParts(pieces))).toBe(figureOf(whole));
      const orders = days.reduce((all, day) => all + day.paid_orders, 0);
      const net = days.reduce((all, day) => all + day.net_fen, 0);
      expect(figureOf(whole)).toBe(orders === 0 ? null : (net * 2) / orders);
    }),
  );
});

const dayAt = (index: number): string => new Date(Date.UTC(2026, 1, 20 + index)).toISOString().slice(0, 10);

test('a moving window is the mean of the calendar days in it, a cumulative one their sum, a ratio one of sums', () => {
  fc.assert(
    fc.property(fc.array(fc.option(anyDay), { minLength: 40, maxLength: 40 }), (drawn) => {
      const known = new Map(drawn.map((day, index) => [dayAt(index), day ?? undefined]));
      const days = [...known.keys()].slice(27);
      const partsOn = (body: Parameters<typeof partsOf>[0]) => (day: string) => partsOf(body, known.get(day) ?? {}, findMeasure);
      const sums = windowed('moving_7', days, partsOn(zero(sum('net_fen'))));
      const gaps = windowed('moving_7', days, partsOn(gap(sum('net_fen'))));
      const ratios = windowed('moving_7', days, partsOn(aov));
      const months = windowed('month_to_date', days, partsOn(zero(sum('net_fen'))));
      for (const day of days) {
        const inside = [...known]
          .filter(([at]) => at > dayAt([...known.keys()].indexOf(day) - 7) && at <= day)
          .map(([, of]) => of);
        const seen = inside.filter((of) => of !== undefined);
        const net = seen.reduce((all, of) => all + of.net_fen, 0);
        const orders = seen.reduce((all, of) => all + of.paid_orders, 0);
        expect([inside.length, figureOf(sums.get(day)!)]).toEqual([7, net / 7]);
        expect(figureOf(gaps.get(day)!)).toBe(seen.length === 0 ? null : net / seen.length);
        expect(figureOf(ratios.get(day)!)).toBe(orders === 0 ? null : (net * 2) / orders);
        const month = [...known].filter(([at]) => at.startsWith(day.slice(0, 7)) && at <= day);
        expect(figureOf(months.get(day)!)).toBe(month.reduce((all, [, of]) => all + (of?.net_fen ?? 0), 0));
      }
    }),
    { numRuns: 30 },
  );
  expect([windowStart('moving_28', '2026-03-01'), windowStart('year_to_date', '2026-03-01')]).toEqual([
    '2026-02-02',
    '2026-01-01',
  ]);
});
