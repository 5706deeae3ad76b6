import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { counted, keyOfWords, lostToMissing, lostToWeakness, wilson } from './estimate.ts';

test('Wilson’s interval: known values, always around what was seen, narrower with more cases', () => {
  expect(wilson({ part: 5, whole: 100 })).toEqual({ low: expect.closeTo(0.0215, 4), high: expect.closeTo(0.1118, 4) });
  expect(wilson({ part: 0, whole: 0 })).toEqual({ low: 0, high: 1 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (whole, share) => {
      const part = Math.round(share * whole);
      const [few, many] = [wilson({ part, whole }), wilson({ part: part * 10, whole: whole * 10 })];
      expect(few.low).toBeLessThanOrEqual(part / whole + 1e-12);
      expect(few.high).toBeGreaterThanOrEqual(part / whole - 1e-12);
      expect(many.high - many.low).toBeLessThan(few.high - few.low);
    }),
  );
});

test('people who found nothing would have bought like those who found: 40 people, 6 of 60, ¥120 an order', () => {
  expect(lostToMissing(40, { part: 6, whole: 60 }, 12_000)).toEqual({ fen: 48_000, lowFen: 22_389, highFen: 96_717 });
  expect(lostToMissing(40, { part: 6, whole: 29 }, 12_000)).toBeNull();
  expect(lostToMissing(40, { part: 6, whole: 60 }, null)).toBeNull();
});

test('a product that sells as well as its kind has lost nothing; the ends hold the estimate; too few say nothing', () => {
  expect(lostToWeakness({ part: 10, whole: 100 }, { part: 50, whole: 500 }, 5_000)).toMatchObject({ fen: 0, lowFen: 0 });
  const weak = lostToWeakness({ part: 1, whole: 200 }, { part: 50, whole: 500 }, 5_000);
  expect(weak?.fen).toBe(95_000); // 19 that were missing × ¥50
  expect(weak?.lowFen).toBeGreaterThan(0);
  expect(lostToWeakness({ part: 0, whole: 9 }, { part: 50, whole: 500 }, 5_000)).toBeNull();
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), fc.nat(900), fc.nat(900), (a, b, c, d) => {
      const lost = lostToWeakness(
        { part: Math.min(a, b), whole: Math.max(a, b) },
        { part: Math.min(c, d), whole: Math.max(c, d) },
        990,
      );
      if (lost === null) return;
      expect(lost.lowFen).toBeLessThanOrEqual(lost.fen);
      expect(lost.highFen).toBeGreaterThanOrEqual(lost.fen);
    }),
  );
});

test('what was counted has no doubt, and words are compared without case and spaces', () => {
  expect(counted(700)).toEqual({ fen: 700, lowFen: 700, highFen: 700 });
  expect(keyOfWords('  Wool   COAT ')).toBe('wool coat');
});
