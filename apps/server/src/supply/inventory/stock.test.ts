import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterMove, availableIn, type Level, levelKey, shortagesOf } from './stock.ts';

const aLevel = (over: Partial<Level> = {}): Level => ({
  sku: 'mug',
  location: 'WH1',
  onHand: 10,
  promised: 0,
  unavailable: 0,
  buffer: 0,
  unitCostFen: 1000,
  ...over,
});
const levelsOf = (...levels: Level[]) => new Map(levels.map((level) => [levelKey(level), level]));

test('available is on hand less what is promised, unavailable and kept back, and never negative', () => {
  expect(availableIn(aLevel({ onHand: 47, promised: 5, unavailable: 2, buffer: 10 }))).toBe(30);
  expect(availableIn(aLevel({ onHand: 5, buffer: 10 }))).toBe(0);
});

test('two lines of the same SKU are judged together, not one by one', () => {
  const lines = [
    { sku: 'mug', location: 'WH1', quantity: 6 },
    { sku: 'mug', location: 'WH1', quantity: 5 },
  ];
  expect(shortagesOf((key) => levelsOf(aLevel()).get(key), lines)).toEqual([
    { sku: 'mug', location: 'WH1', quantity: 11, available: 10 },
  ]);
});

test('whether an order can be promised does not depend on the order of its lines', () => {
  const line = fc.record({
    sku: fc.constantFrom('a', 'b', 'c'),
    location: fc.constant('WH1'),
    quantity: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), fc.integer({ min: 0, max: 20 }), (lines, onHand) => {
      const levels = levelsOf(aLevel({ sku: 'a', onHand }), aLevel({ sku: 'b', onHand: 7 }));
      const at = (key: string) => levels.get(key);
      expect(shortagesOf(at, lines.toReversed())).toEqual(shortagesOf(at, lines));
    }),
  );
});

test('units that come in move the average cost; units that leave do not', () => {
  const received = afterMove(aLevel({ onHand: 10, unitCostFen: 1000 }), {
    sku: 'mug',
    location: 'WH1',
    quantity: 5,
    unitCostFen: 1300,
  });
  expect(received).toMatchObject({ onHand: 15, unitCostFen: 1100 });
  expect(afterMove(received, { sku: 'mug', location: 'WH1', quantity: -15 })).toMatchObject({ onHand: 0, unitCostFen: 1100 });
});

test('the average always lies between the cheapest and the dearest unit that came in', () => {
  const receipt = fc.record({ quantity: fc.integer({ min: 1, max: 500 }), cost: fc.integer({ min: 0, max: 100_000 }) });
  fc.assert(
    fc.property(fc.array(receipt, { minLength: 1, maxLength: 20 }), (receipts) => {
      const end = receipts.reduce(
        (level, { quantity, cost }) => afterMove(level, { sku: 'mug', location: 'WH1', quantity, unitCostFen: cost }),
        aLevel({ onHand: 0, unitCostFen: 0 }),
      );
      const costs = receipts.map(({ cost }) => cost);
      expect(end.unitCostFen).toBeGreaterThanOrEqual(Math.min(...costs) - 1);
      expect(end.unitCostFen).toBeLessThanOrEqual(Math.max(...costs) + 1);
      expect(end.onHand).toBe(receipts.reduce((sum, { quantity }) => sum + quantity, 0));
    }),
  );
});
