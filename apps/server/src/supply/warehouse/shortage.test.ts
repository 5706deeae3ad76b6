import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ShortLine, spreadShortages } from './shortage.ts';

const hour = (at: number): Date => new Date(at * 3_600_000);
const lines = fc
  .array(fc.record({ at: fc.integer({ min: 0, max: 4 }), quantity: fc.integer({ min: 1, max: 5 }) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((some) =>
    some.map(({ at, quantity }, index): ShortLine => ({
      fulfilmentId: `f${index}`,
      orderId: `o${index}`,
      lineNo: 1,
      sku: 'fan',
      quantity,
      perSold: 1,
      dispatchBy: hour(at),
    })),
  );
const total = (some: readonly { quantity: number }[]): number => some.reduce((sum, { quantity }) => sum + quantity, 0);

test('exactly what was short is taken out, never more than a line has, and what nobody can give is named', () => {
  fc.assert(
    fc.property(lines, fc.integer({ min: 1, max: 50 }), (some, short) => {
      const { lowered, beyond } = spreadShortages(some, [{ sku: 'fan', quantity: short }]);
      expect(total(lowered) + total(beyond)).toBe(short);
      expect(total(lowered)).toBe(Math.min(short, total(some)));
      for (const { line, quantity } of lowered) expect(quantity).toBeLessThanOrEqual(line.quantity);
    }),
  );
});

test('nobody goes without while a parcel that leaves later still has units', () => {
  fc.assert(
    fc.property(lines, fc.integer({ min: 1, max: 30 }), (some, short) => {
      const lowered = new Map(
        spreadShortages(some, [{ sku: 'fan', quantity: short }]).lowered.map(({ line, quantity }) => [line, quantity]),
      );
      for (const early of some.filter((line) => lowered.has(line)))
        for (const late of some.filter(({ dispatchBy }) => (dispatchBy ?? 0) > (early.dispatchBy ?? 0)))
          expect(lowered.get(late)).toBe(late.quantity);
    }),
  );
});

test('what has no hour to leave by goes without first', () => {
  const line = { orderId: 'o', lineNo: 1, sku: 'fan', quantity: 1, perSold: 1 };
  const [urgent, patient] = [
    { ...line, fulfilmentId: 'a', dispatchBy: hour(3) },
    { ...line, fulfilmentId: 'b', dispatchBy: null },
  ];
  expect(spreadShortages([urgent, patient], [{ sku: 'fan', quantity: 1 }]).lowered).toEqual([{ line: patient, quantity: 1 }]);
});
