import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomFrom } from '../random.ts';
import { contributionsOf, coverAfter, demandOf, expectedShortage, orderUpTo, planCover, quantityToOrder } from './cover.ts';

const assumptions = {
  supplier: 'F1',
  leadTimeDays: 7,
  reviewDays: 7,
  serviceLevelBp: 9500,
  dailyUnits: 10,
  dailyDeviation: 4,
};
const terms = { minimumQuantity: 1, packSize: 1, unitCostFen: 2_000, unitMarginFen: 1_500 };

test('the order-up-to level is demand over lead time and review period plus z·σ·√days', () => {
  const { orderUpTo: level, safetyStock } = orderUpTo(assumptions);
  expect(safetyStock).toBeCloseTo(1.644853627 * 4 * Math.sqrt(14), 6);
  expect(level).toBeCloseTo(140 + safetyStock, 9);
});

test('an order brings the position to the level, in whole packs, at least the minimum, never more than a pack too much', () => {
  const aPlan = fc.record({
    available: fc.nat(500),
    openPurchase: fc.nat(200),
    minimumQuantity: fc.integer({ min: 1, max: 60 }),
    packSize: fc.integer({ min: 1, max: 24 }),
    dailyUnits: fc.double({ min: 0, max: 40, noNaN: true }),
  });
  fc.assert(
    fc.property(aPlan, ({ available, openPurchase, minimumQuantity, packSize, dailyUnits }) => {
      const a = { ...assumptions, dailyUnits };
      const quantity = quantityToOrder({ available, openPurchase }, a, { minimumQuantity, packSize });
      const missing = orderUpTo(a).orderUpTo - available - openPurchase;
      expect(quantity % packSize).toBe(0);
      if (missing <= 0) expect(quantity).toBe(0);
      if (missing <= 0) return;
      expect(quantity).toBeGreaterThanOrEqual(Math.max(minimumQuantity, Math.floor(missing)));
      expect(quantity).toBeLessThan(Math.max(minimumQuantity, missing + 1) + packSize);
    }),
  );
});

test('the expected shortage is what simulated demand misses', () => {
  const random = randomFrom(11);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const trials = 200_000;
  let sum = 0;
  for (let trial = 0; trial < trials; trial += 1) sum += Math.max(0, 140 + 15 * normal() - 150);
  expect(expectedShortage(150, 140, 15)).toBeCloseTo(sum / trials, 1);
  expect(expectedShortage(100, 140, 0)).toBe(40);
});

test('ordering is expected to lose no more than doing nothing, and the range is in order', () => {
  fc.assert(
    fc.property(
      fc.nat(300),
      fc.nat(100),
      fc.double({ min: 0.1, max: 30, noNaN: true }),
      (available, openPurchase, dailyUnits) => {
        const { proposal, expected } = planCover({ available, openPurchase }, { ...assumptions, dailyUnits }, terms, {
          historyDays: 28,
        });
        const [recommended, nothing] = proposal.options;
        expect(recommended!.lostUnits.mid).toBeLessThanOrEqual(nothing!.lostUnits.mid + 1e-9);
        expect(nothing!.lostUnits.low).toBeLessThanOrEqual(nothing!.lostUnits.mid + 1e-9);
        expect(nothing!.lostUnits.mid).toBeLessThanOrEqual(nothing!.lostUnits.high + 1e-9);
        expect(expected.costFen).toBe(proposal.quantity * terms.unitCostFen);
      },
    ),
  );
});

test('cover after receipt is what is left by then plus what comes', () => {
  expect(coverAfter({ available: 100, openPurchase: 0 }, assumptions, 80)).toBe((100 - 70 + 80) / 10);
  expect(coverAfter({ available: 20, openPurchase: 0 }, assumptions, 80)).toBe(8);
  expect(coverAfter({ available: 20, openPurchase: 0 }, { ...assumptions, dailyUnits: 0 }, 80)).toBeNull();
});

test('contributions add up to the change, the largest first', () => {
  const found = contributionsOf(
    'channel',
    new Map([
      ['shop', 42],
      ['store', 21],
    ]),
    new Map([
      ['shop', 7],
      ['store', 21],
    ]),
    { before: 21, after: 7 },
  );
  expect(found).toEqual([
    { by: 'channel', key: 'store', before: 1, after: 3, change: 2 },
    { by: 'channel', key: 'shop', before: 2, after: 1, change: -1 },
  ]);
  expect(demandOf([1, 3])).toEqual({ dailyUnits: 2, dailyDeviation: Math.SQRT2 });
});
