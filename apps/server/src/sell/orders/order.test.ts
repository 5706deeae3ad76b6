import { orders as contract } from '@tongshang/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canMove, isComplete, lineAmounts, move, newOrderNumber, orderAmounts } from './order.ts';

test('an order moves only as the table says; every other move names what is left', () => {
  const moves = contract.orderStates.flatMap((from) =>
    contract.orderStates.filter((to) => canMove(from, to)).map((to) => `${from}>${to}`),
  );
  expect(moves).toEqual([
    'placed>paid', 'placed>cancelled', 'paid>released', 'paid>cancelled', 'released>partly_shipped',
    'released>shipped', 'released>cancelled', 'partly_shipped>shipped', 'shipped>delivered',
  ]); // prettier-ignore
  expect(move('paid', 'released')).toBe('released');
  expect(() => move('shipped', 'cancelled')).toThrowError(/order.wrong_state .*"moves":\["delivered"\]/);
});

test('amounts are the sums of their lines, tax never exceeds them, and nothing is negative', () => {
  const line = fc.record({
    quantity: fc.integer({ min: 1, max: 999 }),
    unitFen: fc.integer({ min: 0, max: 9_999_999 }),
    taxRateBp: fc.integer({ min: 0, max: 10_000 }),
  });
  const property = fc.property(
    fc.array(line, { minLength: 1, maxLength: 30 }),
    fc.integer({ min: 0, max: 5000 }),
    (given, freightFen) => {
      const lines = given.map((one, n) => {
        const terms = { ...one, discountFen: Math.floor((one.quantity * one.unitFen * (n % 3)) / 7) };
        return { ...terms, ...lineAmounts(terms) };
      });
      const amounts = orderAmounts(lines, freightFen);
      expect(amounts.totalFen).toBe(lines.reduce((sum, one) => sum + one.amountFen, 0) + freightFen);
      expect(amounts.taxFen).toBeLessThanOrEqual(amounts.totalFen);
      for (const one of lines)
        expect([one.amountFen >= 0, one.taxFen >= 0, one.taxFen <= one.amountFen]).toEqual([true, true, true]);
    },
  );
  fc.assert(property);
});

test('freight is ¥8.00 up to ¥98.99 of goods, free from ¥99.00, and none in a store or for nothing', () => {});

test('an address is complete when somebody could deliver to it', () => {
  const whole = { name: '张三', phone: '138-0013-8000', region: '上海市', address: '人民大道 200 号' };
  expect(isComplete(whole)).toBe(true);
  for (const part of [{ name: ' ' }, { phone: '12345' }, { region: '' }, { address: '?' }])
    expect(isComplete({ ...whole, ...part })).toBe(false);
});

test('order numbers tell the day, and neither the next one nor how many there are', () => {
  const numbers = Array.from({ length: 2000 }, () => newOrderNumber('2026-11-22'));
  expect(new Set(numbers).size).toBe(2000);
  for (const number of numbers) expect(number).toMatch(/^261122-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
});
