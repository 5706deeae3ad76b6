import { expect, test } from 'vitest';
import { drillInto, questionOf, readAnalysis } from './question.ts';

const read = (search: string) => readAnalysis(new URLSearchParams(search), '2026-11-22');

test('an empty or misspelt address asks for net sales by day of the last 30 days', () => {
  const usual = { metric: 'net_sales', by: 'day', from: '2026-10-24', to: '2026-11-22', compare: 'previous' };
  expect(read('')).toMatchObject(usual);
  expect(read('metric=gold&by=moon&from=2026-12-01&to=2026-11-01&compare=x')).toMatchObject(usual);
});

test('the question carries the filters that are set and no others', () => {
  expect(questionOf(read('metric=orders&by=channel&from=2026-11-01&to=2026-11-02&sku=A&sku=B'))).toEqual({
    metrics: ['orders'],
    by: ['channel'],
    from: '2026-11-01',
    to: '2026-11-02',
    compare: 'previous',
    limit: 50,
    sku: ['A', 'B'],
  });
});

test('drilling goes from month to days, day to hours, category to SKUs, anything else to days', () => {
  const all = ['day', 'hour', 'month', 'channel', 'category', 'sku', 'store'] as const;
  const drill = (by: (typeof all)[number], key: string) => drillInto(new URLSearchParams('metric=gmv'), by, key, all).toString();
  expect(drill('month', '2026-02')).toBe('metric=gmv&from=2026-02-01&to=2026-02-28&by=day');
  expect(drill('day', '2026-11-11')).toBe('metric=gmv&from=2026-11-11&to=2026-11-11&by=hour');
  expect(drill('category', 'food')).toBe('metric=gmv&category=food&by=sku');
  expect(drill('channel', 'shop')).toBe('metric=gmv&channel=shop&by=day');
});
