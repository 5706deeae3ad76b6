import { explore, metrics } from '@tongshang/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type InputOf, readQuestion, type Schema, writeQuestion } from './question-url.ts';

const text = (length: number) => fc.string({ minLength: 1, maxLength: length });
const day = fc.integer({ min: 0, max: 1_000 }).map((days) => new Date(Date.UTC(2025, 0, 1 + days)).toISOString().slice(0, 10));
const when = fc.oneof(fc.record({ period: fc.constantFrom(...metrics.periods) }), fc.record({ from: day, to: day }));
const some = (length: number) => fc.array(text(length), { minLength: 1, maxLength: 4 });
const given = <Item>(arbitrary: fc.Arbitrary<Item>) => fc.option(arbitrary, { nil: undefined });
const usual: InputOf<typeof metrics.MetricQuestion> = { metrics: ['net_sales'], by: ['day'], period: 'last_28_days' };

const metricQuestion = fc
  .tuple(
    when,
    fc.record({
      metrics: fc.uniqueArray(fc.constantFrom('net_sales', 'orders', 'my_own_1'), { minLength: 1 }),
      by: fc.uniqueArray(fc.constantFrom(...metrics.dimensions), { maxLength: 2 }),
      channel: given(some(32)),
      sku: given(some(64)),
      compare: given(fc.constantFrom(...metrics.compareKinds)),
      window: fc.constantFrom(...metrics.metricWindows),
      limit: fc.integer({ min: 1, max: 5_000 }),
    }),
  )
  .map(([time, rest]) => metrics.MetricQuestion.parse({ ...time, ...rest }));

const filter = fc.oneof(
  fc.record({ property: fc.constantFrom('sku', 'products[].category', 'path'), test: fc.constantFrom('is', 'is_not', 'contains'), values: some(200) }), // prettier-ignore
  fc.record({
    property: fc.constant('price'),
    test: fc.constant('at_least'),
    values: fc.integer().map((value) => [String(value)]),
  }),
  fc.record({ property: fc.constant('coupon'), test: fc.constantFrom('is_set', 'is_not_set') }),
);
const choice = fc.record({
  type: fc.constantFrom(...explore.deedTypes),
  event: text(200),
  where: fc.array(filter, { maxLength: 5 }),
});
const behaviour = fc.record({ channel: given(some(32)), campaign: given(some(100)) });
const funnel = fc
  .tuple(
    when,
    fc.record({
      steps: fc.array(choice, { minLength: 2, maxLength: 8 }),
      window: fc.record({ amount: fc.integer({ min: 1, max: 90 }), unit: fc.constantFrom(...explore.windowUnits) }),
      by: given(fc.constantFrom(...explore.funnelSegments)),
      filters: behaviour,
    }),
  )
  .map(([time, rest]) => explore.FunnelQuestion.parse({ ...time, ...rest }));
const retention = fc
  .tuple(
    when,
    fc.oneof(
      fc.record({ of: fc.constant('behaviour'), unit: fc.constantFrom(...explore.retentionUnits), units: fc.integer({ min: 1, max: 31 }), start: given(choice), filters: behaviour }), // prettier-ignore
      fc.record({ of: fc.constant('purchase'), isFirstEver: fc.boolean(), filters: fc.record({ store: given(some(32)) }) }),
    ),
  )
  .map(([time, rest]) => explore.RetentionQuestion.parse({ ...time, ...rest }));
const path = fc
  .tuple(
    when,
    fc.record({
      anchor: choice,
      steps: fc.integer({ min: 1, max: 5 }),
      types: fc.uniqueArray(fc.constantFrom(...explore.deedTypes), { minLength: 1 }),
    }),
  ) // prettier-ignore
  .map(([time, rest]) => explore.PathQuestion.parse({ ...time, ...rest }));

const shown = (url: URLSearchParams): URLSearchParams => new URLSearchParams(url.toString());

test('whatever a question of metrics asks, its address asks the same', () => {
  fc.assert(
    fc.property(metricQuestion, (question) => {
      const read = readQuestion(metrics.MetricQuestion, shown(writeQuestion(question)), usual);
      expect(read).toEqual({ question, dropped: [] });
    }),
  );
});

test('whatever a funnel, a retention or a path asks, its address asks the same', () => {
  const start = { type: 'track', event: 'Product Viewed' } as const;
  const back = (schema: Schema, question: object, other: object): void => {
    expect(readQuestion(schema, shown(writeQuestion(question)), other)).toEqual({ question, dropped: [] });
  };
  fc.assert(fc.property(funnel, (one) => back(explore.FunnelQuestion, one, { period: 'today', steps: [start, start] })));
  fc.assert(fc.property(retention, (one) => back(explore.RetentionQuestion, one, { of: 'purchase', period: 'today' })));
  fc.assert(fc.property(path, (one) => back(explore.PathQuestion, one, { period: 'today', anchor: start })));
});

test('no address breaks the page: what is wrong is dropped and named, and a question comes out', () => {
  const name = fc.constantFrom('metrics', 'by', 'period', 'from', 'to', 'limit', 'channel', 'steps.0.event', 'steps.1', 'window.amount', 'steps.0.where.0.test', 'nonsense', 'a.b.c'); // prettier-ignore
  const value = fc.oneof(fc.string(), fc.constantFrom('net_sales', 'day', 'last_7_days', '2026-11-01', '7', 'true'));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 8 }), (pairs) => {
      const { question } = readQuestion(metrics.MetricQuestion, new URLSearchParams(pairs), usual);
      expect(metrics.MetricQuestion.safeParse(question).success).toBe(true);
      const steps = [{ event: 'a' }, { event: 'b' }];
      const asked = readQuestion(explore.FunnelQuestion, new URLSearchParams(pairs), { period: 'last_7_days', steps }).question;
      expect(explore.FunnelQuestion.safeParse(asked).success).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('an address that says little is filled up from the usual question, one that says nothing is the usual question', () => {
  const read = (search: string) => readQuestion(metrics.MetricQuestion, new URLSearchParams(search), usual, ['chart']);
  expect(read('').question).toEqual(metrics.MetricQuestion.parse(usual));
  expect(read('chart=line').question).toEqual(metrics.MetricQuestion.parse(usual));
  expect(read('metrics=orders').question).toMatchObject({ metrics: ['orders'], by: [], period: 'last_28_days' });
  const wrong = read('metrics=orders&by=moon&from=2026-11-01&moon=1');
  expect(wrong.question).toMatchObject({ metrics: ['orders'], by: [], period: 'last_28_days' });
  expect([...wrong.dropped].toSorted()).toEqual(['by', 'moon']);
});

test('what is as usual is not written', () => {
  const question = metrics.MetricQuestion.parse({ metrics: ['orders'], by: ['day'], period: 'today' });
  expect(writeQuestion(question, { window: 'none', limit: 500 }).toString()).toBe('metrics=orders&period=today&by=day');
});
