import { orders as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { canMove, isComplete, move, newOrderNumber } from './order.ts';

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
