import { metrics } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { daysOf, drillDown, isOfOrders, sharedDimensions } from './drill.ts';

const all = [...metrics.dimensions];
const asked = (by: string[], more: object = {}) =>
  metrics.MetricQuestion.parse({ metrics: ['net_sales'], by, period: 'last_90_days', ...more });
const period = { from: '2026-08-24', to: '2026-11-21' };

test('a point of the calendar is its days, both ends included', () => {
  expect(daysOf('month', '2026-02')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(daysOf('quarter', '2026-Q4')).toEqual({ from: '2026-10-01', to: '2026-12-31' });
  expect(daysOf('week', '2026-11-16')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
  expect(daysOf('year', '2024')).toEqual({ from: '2024-01-01', to: '2024-12-31' });
  expect(daysOf('channel', 'shop')).toBeUndefined();
});

test('a row of time becomes its parts, never beyond the period; an hour is the end', () => {
  expect(drillDown(asked(['month']), period, '2026-08', all)).toEqual({ period: undefined, from: '2026-08-24', to: '2026-08-31', by: ['day'], window: 'none' }); // prettier-ignore
  expect(drillDown(asked(['day']), period, '2026-11-11', all)).toMatchObject({
    from: '2026-11-11',
    to: '2026-11-11',
    by: ['hour'],
  });
  expect(drillDown(asked(['hour']), period, '09', all)).toBeUndefined();
});

test('a thing becomes a filter seen by the next dimension; the second dimension stays', () => {
  expect(drillDown(asked(['category']), period, 'food', all)).toMatchObject({ category: ['food'], by: ['sku'] });
  expect(drillDown(asked(['channel', 'store']), period, 'shop', all)).toMatchObject({ channel: ['shop'], by: ['day', 'store'] });
  expect(drillDown(asked(['channel', 'day']), period, 'shop', all)).toMatchObject({ channel: ['shop'], by: ['day'] });
});

test('a window by day does not follow to where there are no days', () => {
  expect(drillDown(asked(['day'], { window: 'moving_7' }), period, '2026-11-11', all)?.window).toBe('none');
});

test('two metrics can be split only by what both know', () => {
  expect(sharedDimensions([{ dimensions: ['day', 'sku'] }, { dimensions: ['month', 'day'] }])).toEqual(['day']);
  expect(sharedDimensions([])).toEqual([]);
});

test('orders stand behind sums over orders and ratios of these, not behind distinct counts or what mixes in other things', () => {
  const term = (measure: string) => ({ measure, sign: 1 as const });
  expect(isOfOrders({ expression: { kind: 'sum', terms: [term('net_fen')] } })).toBe(true);
  expect(isOfOrders({ expression: { kind: 'ratio', over: [term('paid_fen')], under: [term('paid_orders')], times: 1 } })).toBe(
    true,
  );
  expect(isOfOrders({ expression: { kind: 'ratio', over: [term('paid_orders')], under: [term('visitors')], times: 1 } })).toBe(
    false,
  );
  expect(isOfOrders({ expression: { kind: 'one', measure: 'buyers' } })).toBe(false);
});
