import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalCdf, normalQuantile, studentCdf, studentQuantile, welchInterval } from './statistics.ts';

test('the normal distribution agrees with printed tables', () => {
  expect(normalCdf(0)).toBe(0.5);
  expect(normalCdf(1)).toBeCloseTo(0.841344746068543, 12);
  expect(normalCdf(-1.96)).toBeCloseTo(0.02499789514822, 12);
  expect(normalCdf(3)).toBeCloseTo(0.99865010196837, 12);
  expect(normalQuantile(0.95)).toBeCloseTo(1.644853626951472, 9);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 9);
});

test("Student's distribution agrees with printed tables", () => {
  expect(studentQuantile(0.975, 1)).toBeCloseTo(12.7062, 4);
  expect(studentQuantile(0.975, 5)).toBeCloseTo(2.5706, 4);
  expect(studentQuantile(0.975, 10)).toBeCloseTo(2.2281, 4);
  expect(studentQuantile(0.95, 30)).toBeCloseTo(1.6973, 4);
  expect(studentQuantile(0.975, 1e6)).toBeCloseTo(1.96, 3);
});

test('quantile and distribution undo each other', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.double({ min: 1, max: 200, noNaN: true }), (p, df) => {
      expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 9);
      expect(studentCdf(studentQuantile(p, df), df)).toBeCloseTo(p, 7);
    }),
  );
});

test("Welch's interval of a worked example", () => {
  // Means 2.5 and 6, standard errors √(5/12) and √(20/12): df = (5/12 + 20/12)² ÷ ((5/12)² / 3 + (20/12)² / 3) = 4.4118
  const { effect, low, high, degreesOfFreedom } = welchInterval([1, 2, 3, 4], [3, 5, 7, 9], 0.95);
  expect(effect).toBe(-3.5);
  expect(degreesOfFreedom).toBeCloseTo(4.41176, 4);
  expect(high - effect).toBeCloseTo(effect - low, 12);
  expect(high - effect).toBeCloseTo(2.6783 * Math.sqrt(25 / 12), 2);
});

test('groups without any variance give their difference, with no reach', () => {
  expect(welchInterval([1, 1], [3, 3], 0.95)).toMatchObject({ effect: -2, low: -2, high: -2 });
});
