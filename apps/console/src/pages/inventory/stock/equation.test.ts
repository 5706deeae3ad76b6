import { expect, test } from 'vitest';
import { leftOver } from './equation.ts';

const part = (units: number) => ({ key: String(units), name: '', units });

test('a sum that adds up leaves nothing over', () => {
  expect(leftOver(50, [part(2), part(1)], 47)).toBe(0);
});

test('units kept back by something unnamed (an earmark, an expired lot) are shown, and so is being promised beyond what is there', () => {
  expect(leftOver(50, [part(2)], 40)).toBe(8);
  expect(leftOver(5, [part(7)], 0)).toBe(-2);
});
