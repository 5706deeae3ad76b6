import { expect, test } from 'vitest';
import { addDays, dayOf, daysBetween, startOfDay } from './time.ts';

test('a business day begins and ends at midnight in Shanghai, whatever the machine says', () => {
  expect(dayOf(new Date('2026-11-10T15:59:59.999Z'))).toBe('2026-11-10');
  expect(dayOf(new Date('2026-11-10T16:00:00Z'))).toBe('2026-11-11');
  expect(startOfDay('2026-11-11').toISOString()).toBe('2026-11-10T16:00:00.000Z');
});

test('days are counted across months and leap years', () => {
  expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
  expect(daysBetween('2026-12-31', '2027-01-02')).toBe(2);
});
