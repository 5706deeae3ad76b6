import { expect, test } from 'vitest';
import { aheadState } from './ahead-state.ts';

const on = (fromDay: string, unitsMax: number, promised: number) => aheadState({ fromDay, unitsMax, promised }, '2026-11-22');

test('a sale ahead is open while units are left and its day has not passed; who waits beyond the day is overdue', () => {
  expect([on('2026-11-22', 10, 3), on('2026-12-01', 10, 10), on('2026-11-21', 10, 3), on('2026-11-21', 10, 0)]).toEqual([
    'selling', 'full', 'overdue', 'past',
  ]); // prettier-ignore
});
