import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type OpenLine, shareOfReturn, shareOfUnits, undoSales } from './return.ts';

test('the shares of a line, in any partition and sequence, sum to what it cost, and none is negative', () => {
  const parts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 });
  const property = fc.property(parts, fc.integer({ min: 0, max: 10_000_000 }), (units, amountFen) => {
    const line = { quantity: units.reduce((a, b) => a + b, 0), amountFen };
    let returned = 0;
    const shares = units.map((quantity) => {
      const share = shareOfUnits(line, returned, quantity);
      returned += quantity;
      return share;
    });
    expect(shares.reduce((a, b) => a + b, 0)).toBe(amountFen);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
  });
  fc.assert(property);
});

test('units called off and units that come back, in any sequence before and after the last has left, sum to what the line cost', () => {
  const step = fc.record({ isReturn: fc.boolean(), quantity: fc.integer({ min: 1, max: 9 }) });
  const steps = fc.array(step, { minLength: 1, maxLength: 12 });
  const property = fc.property(
    steps,
    fc.array(step, { maxLength: 6 }),
    fc.integer({ min: 0, max: 9999 }),
    (partly, rest, amountFen) => {
      const after = rest.map((one) => ({ ...one, isReturn: true }));
      const sold = [...partly, ...after].reduce((sum, { quantity }) => sum + quantity, 0);
      let [calledOff, before, given, off] = [0, 0, 0, 0];
      for (const [index, { isReturn, quantity }] of [...partly, ...after].entries()) {
        if (isReturn) {
          given += shareOfReturn(amountFen, { sold, calledOff, before, quantity, isWhole: index >= partly.length }, given);
          before += quantity;
        } else {
          off += shareOfUnits({ quantity: sold, amountFen }, calledOff, quantity);
          calledOff += quantity;
        }
      }
      expect(given + off).toBe(amountFen);
    },
  );
  fc.assert(property);
});

const sale = (orderId: string, day: number, quantity: number, returned = 0): OpenLine =>
  ({
    orderId,
    lineNo: 1,
    sku: 'a',
    quantity,
    returned,
    amountFen: quantity * 100,
    placedAt: new Date(Date.UTC(2026, 0, day)),
  }) as OpenLine;

test('an imported return undoes the latest sales before it, never more than was bought, and says what it found no sale for', () => {
  const lines = [sale('old', 1, 5), sale('new', 5, 3, 1), sale('after', 9, 9)];
  const undone = undoSales(lines, 10, new Date(Date.UTC(2026, 0, 7)));
  expect(undone.map((part) => [part.line?.orderId, part.quantity])).toEqual([
    ['new', 2],
    ['old', 5],
    [undefined, 3],
  ]);
  expect(undoSales(lines, 1, new Date(Date.UTC(2026, 0, 7)))).toEqual([{ line: undefined, quantity: 1 }]);
});

test('sales of the same minute are undone the same way, in whatever order the database tells them', () => {
  const told = () => [sale('small', 1, 2), sale('large', 1, 7), sale('middle', 1, 5)];
  const undo = (lines: OpenLine[]) =>
    undoSales(lines, 10, new Date(Date.UTC(2026, 0, 2))).map((part) => [part.line?.orderId, part.quantity]);
  const wanted = [['large', 7], ['middle', 3]]; // prettier-ignore
  expect(undo(told())).toEqual(wanted);
  expect(undo(told().toReversed())).toEqual(wanted);
});
