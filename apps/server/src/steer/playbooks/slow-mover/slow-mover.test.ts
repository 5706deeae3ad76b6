import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArmRow, assignArms, type Candidate, markdownPrice, planMarkdown, sellThroughBp, unitMargin } from './slow-mover.ts';

const someSkus = fc.uniqueArray(
  fc.record({ sku: fc.string({ minLength: 1, maxLength: 6 }), category: fc.constantFrom('a/x', 'a/y', 'a/z') }),
  {
    selector: ({ sku }) => sku,
    minLength: 4,
    maxLength: 60,
  },
);

test('the two groups are all SKUs, none in both, and the same seed draws them again', () => {
  fc.assert(
    fc.property(someSkus, fc.nat(), fc.integer({ min: 1000, max: 9000 }), (skus, seed, treatedShareBp) => {
      const { treated, control } = assignArms(skus, { seed, treatedShareBp });
      expect([...treated, ...control].map(({ sku }) => sku).toSorted()).toEqual(skus.map(({ sku }) => sku).toSorted());
      expect(Math.min(treated.length, control.length)).toBeGreaterThanOrEqual(2);
      expect(assignArms(skus.toReversed(), { seed, treatedShareBp })).toEqual({ treated, control });
    }),
  );
});

test('each category gives its proportional share, to one SKU', () => {
  fc.assert(
    fc.property(someSkus, fc.nat(), (skus, seed) => {
      const { treated } = assignArms(skus, { seed, treatedShareBp: 5000 });
      for (const [category, members] of Map.groupBy(skus, (sku) => sku.category)) {
        const share = (treated.length * members.length) / skus.length;
        const drawn = treated.filter((sku) => sku.category === category).length;
        expect(Math.abs(drawn - share)).toBeLessThan(1);
      }
    }),
  );
});

test('over many seeds every SKU is treated equally often', () => {
  const skus = Array.from({ length: 12 }, (_, index) => ({ sku: `s${index}`, category: index < 7 ? 'a/x' : 'a/y' }));
  const times = new Map<string, number>();
  const draws = 6000;
  for (let seed = 0; seed < draws; seed += 1)
    for (const { sku } of assignArms(skus, { seed, treatedShareBp: 5000 }).treated) times.set(sku, (times.get(sku) ?? 0) + 1);
  for (const count of times.values()) expect(Math.abs(count / draws - 0.5)).toBeLessThan(0.035);
});

test('a mark-down is never under the floor, never above list, and leaves out what the floor holds up', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), fc.integer({ min: 100, max: 9000 }), (oldPriceFen, floorFen, depthBp) => {
      const price = markdownPrice({ oldPriceFen, floorFen }, { depthBp, depthMinimumBp: 500 });
      if (price === undefined) return;
      expect(price).toBeGreaterThanOrEqual(floorFen);
      expect(price).toBeLessThan(oldPriceFen);
      expect(price % 10).toBe(0);
    }),
  );
  expect(markdownPrice({ oldPriceFen: 10, floorFen: 0 }, { depthBp: 100, depthMinimumBp: 500 })).toBeUndefined();
  expect(markdownPrice({ oldPriceFen: 10_000, floorFen: 9_900 }, { depthBp: 2000, depthMinimumBp: 500 })).toBeUndefined();
  expect(markdownPrice({ oldPriceFen: 10_000, floorFen: 8_555 }, { depthBp: 2000, depthMinimumBp: 500 })).toBe(8_560);
  expect(markdownPrice({ oldPriceFen: 9_990, floorFen: 0 }, { depthBp: 2000, depthMinimumBp: 500 })).toBe(7_990);
});

const aCandidate = (over: Partial<Candidate> = {}): Candidate => ({
  sku: 's',
  name: 's',
  nameEn: 's',
  category: 'a',
  available: 1000,
  dailyUnits: 2,
  oldPriceFen: 11_300,
  floorFen: 0,
  unitCostFen: 4_000,
  taxRateBp: 1300,
  ...over,
});
const treated = (over: Partial<ArmRow> = {}): ArmRow => ({ ...aCandidate(), arm: 'treated', newPriceFen: 5_650, ...over });
const assumptions = { elasticity: { low: -3, mid: -2, high: -1 }, depthBp: 5000, windowDays: 10 };

test('half the price at elasticity −2 sells four times as much, and margin follows unit by unit', () => {
  expect(unitMargin(11_300, { taxRateBp: 1300, unitCostFen: 4_000 })).toBe(6_000);
  const { expected, amountFen } = planMarkdown([treated()], assumptions, 28);
  expect(expected.extraUnits).toEqual({ low: 20, mid: 60, high: 140 });
  expect(expected.extraMarginFen.mid).toBe(80 * 1_000 - 20 * 6_000);
  expect(amountFen).toBe(80 * 5_650);
});

test('nobody sells more than there is, and the control group expects nothing', () => {
  const { expected } = planMarkdown(
    [treated({ available: 30 }), treated({ arm: 'control', newPriceFen: null })],
    assumptions,
    28,
  );
  expect(expected.extraUnits.mid).toBe(10);
});

test('a SKU that sold nothing is taken to sell half a unit in the history', () => {
  const { expected } = planMarkdown([treated({ dailyUnits: 0 })], assumptions, 28);
  expect(expected.extraUnits.mid).toBeCloseTo((0.5 / 28) * 10 * 3, 9);
});

test('sell-through counts what was sold over what was there', () => {
  expect([sellThroughBp(0, 0), sellThroughBp(5, 15), sellThroughBp(-3, 10)]).toEqual([0, 2500, 0]);
});
