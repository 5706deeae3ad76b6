import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayOf } from '../../apps/server/src/platform/time.ts';
import { demoAssortment, makePeople } from './assortment.ts';
import { type DemandPlan, makeDemand, weekdayTimes } from './demand.ts';

const from = '2030-03-04'; // a Monday
const skus = demoAssortment({ from, unitsPerDay: 100, productsMax: 12 }).goods;
const aPlan = (over: Partial<DemandPlan> = {}): DemandPlan => ({
  seed: 7,
  from,
  days: 7,
  ordersPerDay: 40,
  skus,
  people: makePeople(7, 50),
  ...over,
});

test('the same seed makes the same demand, another seed another, and a longer run begins with the same days', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 1, max: 5 }), (seed, days) => {
      const demand = makeDemand(aPlan({ seed, days }));
      expect(makeDemand(aPlan({ seed, days }))).toEqual(demand);
      expect(makeDemand(aPlan({ seed, days: days + 2 })).slice(0, days)).toEqual(demand);
      expect(makeDemand(aPlan({ seed: seed + 1, days }))).not.toEqual(demand);
    }),
    { numRuns: 8 },
  );
});

test('every visit comes on its business day, in order, wants known SKUs once each, and is numbered over the whole run', () => {
  const plan = aPlan({ days: 10 });
  const known = new Set(plan.skus.map(({ sku }) => sku));
  const demand = makeDemand(plan);
  for (const [index, visits] of demand.entries()) {
    for (const { at, lines } of visits) {
      expect(dayOf(at)).toBe(addDays(from, index));
      expect(new Set(lines.map(({ sku }) => sku)).size).toBe(lines.length);
      expect(lines.length).toBeGreaterThan(0);
      for (const { sku, quantity } of lines) expect(known.has(sku) && quantity >= 1).toBe(true);
    }
    expect(visits.map(({ at }) => at.getTime())).toEqual(visits.map(({ at }) => at.getTime()).toSorted((a, b) => a - b));
  }
  expect(demand.flat().map(({ number }) => number)).toEqual(demand.flat().map((_, index) => index + 1));
});

test('orders come as many as asked for on average, most in the evening, more on Saturdays, and scatter as Poisson arrivals do', () => {
  const days = 28;
  const demand = makeDemand(aPlan({ days, ordersPerDay: 200 }));
  const orders = demand.map((visits) => visits.filter(({ isLooker }) => !isLooker).length);
  const total = orders.reduce((a, b) => a + b, 0);
  expect(Math.abs(total / days - 200)).toBeLessThan(200 * 0.04); // three standard deviations of 5,600 Poisson arrivals are 4 %
  const onWeekday = (weekday: number) => orders.filter((_, day) => day % 7 === weekday).reduce((a, b) => a + b, 0);
  expect(onWeekday(5) / onWeekday(1)).toBeGreaterThan(((weekdayTimes[5] ?? 0) / (weekdayTimes[1] ?? 1)) * 0.85);
  const hour = (h: number) => demand.flat().filter(({ at }) => (at.getUTCHours() + 8) % 24 === h).length;
  expect(hour(21)).toBeGreaterThan(5 * hour(4));
});

test('a looker buys nothing and fates come as often as they should', () => {
  const all = makeDemand(aPlan({ days: 28, ordersPerDay: 200 })).flat();
  const share = (which: (visit: (typeof all)[number]) => boolean) => all.filter(which).length / all.length;
  expect(share(({ isLooker }) => isLooker)).toBeCloseTo(0.25, 1);
  expect(share(({ pays }) => pays === 'at_once')).toBeCloseTo(0.94, 1);
  expect(share(({ pays }) => pays === 'too_late')).toBeGreaterThan(0);
  expect(share(({ returns }) => returns !== undefined)).toBeCloseTo(0.05, 1);
  expect(share(({ collects }) => collects !== undefined)).toBeCloseTo(0.06, 1);
  expect(all.some(({ collects }) => collects !== undefined && collects.afterDays === undefined)).toBe(true); // nobody comes
  for (const why of ['no_staff', 'not_found', 'damaged']) expect(all.some(({ storeRefuses }) => storeRefuses === why)).toBe(true);
  for (const { returns } of all) if (returns !== undefined) expect(returns.afterDays).toBeGreaterThan(0);
});
