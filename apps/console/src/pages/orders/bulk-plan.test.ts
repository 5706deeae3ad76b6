import { expect, test } from 'vitest';
import { inCalls, planBulk, reasonsOf } from './bulk-plan.ts';

const rows = (['placed', 'paid', 'released', 'shipped', 'cancelled'] as const).map((state) => ({ state }));
const states = (chosen: readonly { state: string }[]) => chosen.map(({ state }) => state);

test('only what the contract lets an order do is tried: release what is paid, cancel what has not been shipped', () => {
  expect(states(planBulk('release', rows).able)).toEqual(['paid']);
  expect(states(planBulk('cancel', rows).able)).toEqual(['placed', 'paid', 'released']);
  expect(states(planBulk('cancel', rows).unable)).toEqual(['shipped', 'cancelled']);
});

test('one call takes two hundred; none is left out and none asked twice', () => {
  const all = Array.from({ length: 401 }, (_, n) => n);
  expect(inCalls(all).map(({ length }) => length)).toEqual([200, 200, 1]);
  expect(inCalls(all).flat()).toEqual(all);
  expect(inCalls([])).toEqual([]);
});

test('reasons are counted, the most frequent first; what worked gives none', () => {
  const of = (problem: string | null) => ({ orderId: '', number: null, problem });
  expect(reasonsOf([of(null), of('a'), of('b'), of('b')])).toEqual([
    { problem: 'b', count: 2 },
    { problem: 'a', count: 1 },
  ]);
});
