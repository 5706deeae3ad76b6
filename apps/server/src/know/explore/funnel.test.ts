import { explore as contract } from '@tongshang/contract';
import * as fc from 'fast-check';
import type * as z from 'zod';
import { beforeAll, expect, inject, test } from 'vitest';
import { readFunnel } from './funnel.ts';
import type { Reading } from './reading.ts';
import { anAnalytics, type Deed, joinVisitors, tellDeeds, tellPurchases } from './testing.ts';

let reading: Reading;
beforeAll(async () => {
  reading = await anAnalytics(inject('clickhouseUrl'), '2026-11-22T04:00:00Z');
});

const ask = (over: Partial<z.input<typeof contract.FunnelQuestion>>, scope = {}) =>
  readFunnel(
    reading,
    contract.FunnelQuestion.parse({
      from: '2026-11-01',
      to: '2026-11-20',
      steps: [{ event: 'Product Viewed' }, { event: 'Product Added' }, { event: 'Order Completed' }],
      ...over,
    }),
    scope,
  );
const counts = (steps: readonly contract.FunnelStep[]) => steps.map(({ persons }) => persons);

test('a funnel counts persons once, in order, within the window, anonymous visits joined to their customer', async () => {
  const customer = '0199a000-0000-7000-8000-000000000001';
  await tellDeeds(reading, [
    // gets through: on the phone without a name, at home signed in; the house tells of the order
    { at: '2026-11-10 10:00:00', visitor: 'phone', event: 'Product Viewed', campaign: 'autumn' },
    { at: '2026-11-10 10:01:00', visitor: 'laptop', event: 'Product Added', customer },
    { at: '2026-11-10 10:03:00', visitor: 'laptop', event: 'Order Completed', customer, kind: 'house' },
    // adds without ever having looked at it
    { at: '2026-11-11 10:00:00', visitor: 'hasty', event: 'Product Added' },
    // adds in the same instant as they look: not later
    { at: '2026-11-11 10:00:00', visitor: 'instant', event: 'Product Viewed' },
    { at: '2026-11-11 10:00:00', visitor: 'instant', event: 'Product Added' },
    // comes back when the window of the first look is over, within that of the second
    { at: '2026-11-01 00:00:00', visitor: 'slow', event: 'Product Viewed' },
    { at: '2026-11-12 00:00:00', visitor: 'slow', event: 'Product Viewed' },
    { at: '2026-11-19 00:00:00', visitor: 'slow', event: 'Product Added' },
    { at: '2026-11-19 00:00:00.001', visitor: 'slow', event: 'Order Completed', kind: 'house' },
    // begins on the last day, goes on after it
    { at: '2026-11-20 23:59:59.999', visitor: 'late', event: 'Product Viewed' },
    { at: '2026-11-21 00:00:10', visitor: 'late', event: 'Product Added' },
    // begins a day too late and a day too early
    { at: '2026-11-21 00:00:00', visitor: 'after', event: 'Product Viewed' },
    { at: '2026-10-31 23:59:59.999', visitor: 'before', event: 'Product Viewed' },
    // not persons
    { at: '2026-11-10 10:00:00', visitor: 'bot', event: 'Product Viewed', kind: 'bot' },
    { at: '2026-11-10 10:00:00', visitor: 'us', event: 'Product Viewed', kind: 'staff' },
  ]);
  await joinVisitors(reading, { phone: customer, laptop: customer });
  await tellPurchases(reading, [{ at: '2026-11-10 10:03:00', order: customer, customer, netFen: 100 }]);

  const answer = await ask({});
  expect(counts(answer.total)).toEqual([4, 3, 1]);
  expect(answer.total).toMatchObject([
    { ofFirst: 1, ofPrevious: 1, medianSeconds: null },
    { ofFirst: 0.75, ofPrevious: 0.75, medianSeconds: 60 }, // 60 s, 7 days, 10.001 s
    { ofFirst: 0.25, ofPrevious: 1 / 3, medianSeconds: 120 },
  ]);
  expect(answer).toMatchObject({ isOpen: true, period: { from: '2026-11-01', to: '2026-11-20' } });
  expect(counts((await ask({ window: { amount: 8, unit: 'days' } })).total)).toEqual([4, 3, 2]);
});

test('a guest who buys without signing in is one person: the order that the house tells is their visitor’s', async () => {
  const buyer = '0199a000-0000-7000-8000-0000000000aa';
  await tellDeeds(reading, [
    { at: '2026-10-10 10:00:00', visitor: 'guest', event: 'Product Viewed' },
    { at: '2026-10-10 10:01:00', visitor: 'guest', event: 'Product Added' },
    { at: '2026-10-10 10:03:00', visitor: 'guest', event: 'Order Completed', customer: buyer, kind: 'house' },
  ]);
  expect(counts((await ask({ from: '2026-10-10', to: '2026-10-10' })).total)).toEqual([1, 1, 1]);
});

test('segments are those of the first step and add up to the total', async () => {
  const byCampaign = await ask({ by: 'campaign' });
  expect(byCampaign.segments.map(({ key, steps }) => [key, ...counts(steps)])).toEqual([
    ['', 3, 2, 0],
    ['autumn', 1, 1, 1],
  ]);
  const byCustomer = await ask({ by: 'customer', from: '2026-11-10', to: '2026-11-10' });
  expect(byCustomer.segments.map(({ key, steps }) => [key, ...counts(steps)])).toEqual([['new', 1, 1, 1]]);
  expect(counts((await ask({ filters: { campaign: ['autumn'] } })).total)).toEqual([1, 1, 1]);
});

test('a message that came twice is one deed, the newest of it', async () => {
  const twice = { visitor: 'twice', event: 'Coupon Entered', id: 'm-1' };
  await tellDeeds(reading, [{ ...twice, at: '2026-11-05 10:00:00', receivedAt: '2026-11-05 10:00:00' }]);
  await tellDeeds(reading, [{ ...twice, at: '2026-11-05 10:00:07', receivedAt: '2026-11-05 10:01:00' }]);
  const steps = [{ event: 'Coupon Entered' }, { event: 'Coupon Entered' }];
  expect(counts((await ask({ steps })).total)).toEqual([1, 0]);
});

test('a step may be narrowed by its properties: text, number, what is in a list, what is missing', async () => {
  const seen = (visitor: string, properties: Record<string, unknown>): Deed => ({
    at: '2026-11-06 10:00:00', visitor, event: 'Cart Viewed', properties,
  }); // prettier-ignore
  await tellDeeds(reading, [
    seen('a', { currency: 'CNY', total: 9.5, products: [{ sku: 'TEE', tags: ['new'] }, { sku: 'CAP' }] }),
    seen('b', { currency: 'USD', total: '120', shipping: { method: 'Express' } }),
    seen('c', { currency: null, products: [] }),
    { at: '2026-11-06 11:00:00', visitor: 'a', event: 'Checkout Started' },
    { at: '2026-11-06 11:00:00', visitor: 'b', event: 'Checkout Started' },
    { at: '2026-11-06 11:00:00', visitor: 'c', event: 'Checkout Started' },
  ]);
  const narrowed = async (property: string, over: Record<string, unknown>): Promise<number | undefined> =>
    counts(
      (await ask({ steps: [{ event: 'Cart Viewed', where: [{ property, ...over }] }, { event: 'Checkout Started' }] as never }))
        .total,
    )[1];
  expect(await narrowed('currency', { test: 'is', values: ['CNY', 'USD'] })).toBe(2);
  expect(await narrowed('currency', { test: 'is_not', values: ['CNY'] })).toBe(2);
  expect(await narrowed('currency', { test: 'is_not_set' })).toBe(1);
  expect(await narrowed('total', { test: 'at_least', values: ['10'] })).toBe(1);
  expect(await narrowed('total', { test: 'at_most', values: ['10'] })).toBe(1);
  expect(await narrowed('shipping.method', { test: 'contains', values: ['express'] })).toBe(1);
  expect(await narrowed('products[].sku', { test: 'is', values: ['CAP'] })).toBe(1);
  expect(await narrowed('products[].tags[]', { test: 'is', values: ['new'] })).toBe(1);
  expect(await narrowed('products[].sku', { test: 'is_set' })).toBe(1);
});

test('a viewer of one store is refused; so is a question that reads too much, before it is read', async () => {
  await expect(ask({}, { store: 'S01' })).rejects.toMatchObject({ code: 'metric.out_of_scope' });
  await expect(ask({ from: '2026-11-20', to: '2026-11-01' })).rejects.toMatchObject({ code: 'metric.period_invalid' });
  const tight = { ...reading, rowsMax: 5 };
  const question = contract.FunnelQuestion.parse({ period: 'last_28_days', steps: [{ event: 'A' }, { event: 'B' }] });
  await expect(readFunnel(tight, question, {})).rejects.toMatchObject({ code: 'metric.too_much', details: { rowsMax: 5 } });
});

const stepCount = 4;
interface Told {
  ms: number;
  step: number;
}

/** Every beginning in turn: the next deed of the next step, later than the one before, while the window lasts. The last of the farthest counts. */
function naiveChain(deeds: readonly Told[], windowMs: number): number[] {
  let best: number[] = [];
  for (const start of deeds.filter(({ step }) => step === 1).toSorted((a, b) => a.ms - b.ms)) {
    const chain = [start.ms];
    for (let step = 2; step <= stepCount; step += 1) {
      const later = deeds.filter((deed) => deed.step === step && deed.ms > (chain.at(-1) ?? 0) && deed.ms - start.ms <= windowMs);
      if (later.length === 0) break;
      chain.push(Math.min(...later.map(({ ms }) => ms)));
    }
    if (chain.length >= best.length) best = chain;
  }
  return best;
}

test('whatever people do, the funnel says of each what trying every attempt of theirs says', async () => {
  const deeds = fc.array(fc.record({ ms: fc.nat(40), step: fc.integer({ min: 1, max: stepCount }) }), { maxLength: 14 });
  let world = 0;
  const people = fc.array(deeds, { minLength: 18, maxLength: 18 });
  await fc.assert(
    fc.asyncProperty(people, fc.integer({ min: 1, max: 30 }), async (done, amount) => {
      world += 1;
      const name = `w${world}`;
      const start = Date.parse('2026-09-15T12:00:00+08:00');
      const rows = done.flatMap((own, person) =>
        own.map(({ ms, step }) => ({
          at: start + ms * 60_000, // a tick is a minute, so that the window can be told in minutes
          visitor: `${name} ${person}`,
          campaign: `${person}`,
          event: `${name} step ${step}`,
        })),
      );
      await tellDeeds(reading, rows);
      const steps = Array.from({ length: stepCount }, (_, index) => ({ event: `${name} step ${index + 1}` }));
      const answer = await ask({
        from: '2026-09-15',
        to: '2026-09-15',
        steps,
        window: { amount, unit: 'minutes' },
        by: 'campaign',
      });
      const found = new Map(answer.segments.map(({ key, steps: own }) => [key, own]));
      for (const [person, own] of done.entries()) {
        const chain = naiveChain(own, amount);
        const expected = chain.map((ms, index) => [1, index === 0 ? null : (ms - (chain[index - 1] ?? 0)) * 60]);
        const reached = (found.get(`${person}`) ?? []).filter(({ persons }) => persons > 0);
        expect(reached.map(({ persons, medianSeconds }) => [persons, medianSeconds])).toEqual(expected);
      }
    }),
    { numRuns: 6 },
  );
});
