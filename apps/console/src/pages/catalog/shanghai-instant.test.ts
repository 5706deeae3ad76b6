import dayjs from 'dayjs';
import { expect, test } from 'vitest';
import { shanghaiInstant } from './shanghai-instant.ts';

test('what the picker shows is Beijing time, whatever the zone of the machine', () => {
  const sent = shanghaiInstant(dayjs('2026-11-22T18:30:00'));
  expect(sent).toBe('2026-11-22T18:30:00+08:00');
  expect(new Date(sent).toISOString()).toBe('2026-11-22T10:30:00.000Z');
});
