import { expect, test } from 'vitest';
import { randomFrom } from '../random.ts';
import { differenceInDifferences, type UnitSeries } from './did.ts';

/** Units sold in one day at a mean (Knuth's method; means are small). */
function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let units = 0;
  for (let product = random(); product > limit; product *= random()) units += 1;
  return units;
}

/** SKUs of very different pace, a market that moves for everybody, and an effect on the treated alone. */
function simulate(seed: number, effect: number, skus: number): { treated: UnitSeries[]; control: UnitSeries[] } {
  const random = randomFrom(seed);
  const market = 0.4 * random();
  const aSku = (extra: number): UnitSeries => {
    const pace = 0.1 + 1.4 * random();
    const days = (count: number, mean: number) => Array.from({ length: count }, () => poisson(mean, random));
    return { pre: days(28, pace), post: days(14, pace + market + extra) };
  };
  return {
    treated: Array.from({ length: skus }, () => aSku(effect)),
    control: Array.from({ length: skus }, () => aSku(0)),
  };
}

test.each([
  { skus: 8, effect: 0 },
  { skus: 20, effect: 0.5 },
])('95 of 100 intervals hold the true effect of $effect with $skus SKUs a group', ({ skus, effect }) => {
  const trials = 1500;
  let held = 0;
  let sum = 0;
  for (let seed = 1; seed <= trials; seed += 1) {
    const { treated, control } = simulate(seed * 7919 + skus, effect, skus);
    const found = differenceInDifferences(treated, control, { confidence: 0.95, windowDays: 14 })!;
    if (found.low <= effect && effect <= found.high) held += 1;
    sum += found.effect;
  }
  // Three standard errors of a share of 0.95 in 1,500 trials are 0.017.
  expect(held / trials).toBeGreaterThan(0.933);
  expect(held / trials).toBeLessThan(0.967);
  expect(sum / trials).toBeCloseTo(effect, 1); // unbiased, whatever the market did
});

test('what moves everybody is not an effect; totals are per SKU and day times both', () => {
  const still = (pre: number, post: number): UnitSeries => ({ pre: [pre, pre], post: [post, post] });
  const found = differenceInDifferences([still(1, 4), still(2, 5)], [still(1, 2), still(5, 6)], {
    confidence: 0.95,
    windowDays: 10,
  })!;
  expect(found).toMatchObject({ effect: 2, total: 40, isSignificant: true });
});

test('one SKU in a group is no comparison', () => {
  const one = [{ pre: [1], post: [1] }];
  expect(differenceInDifferences(one, [...one, ...one], { confidence: 0.95, windowDays: 1 })).toBeUndefined();
});
