import { expect, test } from 'vitest';
import { explainedLines, withOneMore, withoutSku, withQuantity } from './draft-lines.ts';

const mug = { sku: 'MUG', name: '杯', nameEn: 'Mug' };
const lid = { sku: 'LID', name: '盖', nameEn: 'Lid' };
const priced = (sku: string, quantity: number, isGift = false) => ({
  key: `${sku}${isGift ? ' gift' : ''}`,
  sku,
  quantity,
  isGift,
  listFen: 500,
  unitFen: 400,
  discountFen: 0,
  amountFen: isGift ? 0 : 400 * quantity,
  taxRateBp: 1300,
  taxFen: 1,
  adjustments: [],
});

test('the same SKU scanned again grows its line, another one stands at the end', () => {
  const lines = withOneMore(withOneMore(withOneMore([], mug), lid), mug);
  expect(lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
    ['MUG', 2],
    ['LID', 1],
  ]);
  expect(withQuantity(lines, 'LID', 7)[1]?.quantity).toBe(7);
  expect(withoutSku(lines, 'MUG')).toEqual([{ ...lid, quantity: 1 }]);
});

test('a line shows a price only for the quantity that was quoted; a gift of the same SKU stands apart', () => {
  const quote = { price: { lines: [priced('MUG', 2), priced('MUG', 1, true)] }, names: [mug] };
  const lines = explainedLines(
    [
      { ...mug, quantity: 2 },
      { ...lid, quantity: 1 },
    ],
    quote,
  );
  expect(lines.map(({ sku, amountFen, isGift, isWaiting = false }) => [sku, amountFen, isGift, isWaiting])).toEqual([
    ['MUG', 800, false, false],
    ['LID', 0, false, true],
    ['MUG', 0, true, false],
  ]);
  expect(explainedLines([{ ...mug, quantity: 3 }], quote)[0]?.isWaiting).toBe(true);
});
