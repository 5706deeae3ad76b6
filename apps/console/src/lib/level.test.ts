import { expect, test } from 'vitest';
import { fromTyped, percentOfBp, toTyped } from './level.ts';

test('levels are typed in yuan, percent and minutes and come back exactly as they went', () => {
  expect([toTyped('fen', 123_456), fromTyped('fen', 1234.56)]).toEqual([1234.56, 123_456]);
  expect([toTyped('ratio', 0.153), fromTyped('ratio', 15.3)]).toEqual([15.3, 0.153]);
  expect([toTyped('seconds', 5400), fromTyped('seconds', 90)]).toEqual([90, 5400]);
  expect([toTyped('days', 14), fromTyped('days', 14.5)]).toEqual([14, 14.5]);
  expect(fromTyped('fen', 0.29)).toBe(29);
});

test('basis points read as percent', () => {
  expect([percentOfBp(9500), percentOfBp(1250)]).toEqual(['95%', '12.5%']);
});
