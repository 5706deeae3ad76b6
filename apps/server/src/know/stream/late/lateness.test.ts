import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, startOfDay } from '../../../platform/time.ts';
import { bucketStart, closedGrains, grains, judgeDelay } from './lateness.ts';

const at = new Date('2026-11-20T15:59:30Z'); // 23:59:30 in Shanghai
const judged = (arrived: string) => judgeDelay(at, new Date(arrived));

test('on time until two minutes after its minute, late for 72 hours after it, too late from then on', () => {
  expect(judged('2026-11-20T16:01:59.999Z')).toBe('on_time');
  expect(judged('2026-11-20T16:02:00Z')).toBe('late');
  expect(judged('2026-11-23T16:00:00Z')).toBe('late');
  expect(judged('2026-11-23T16:00:00.001Z')).toBe('too_late');
});

test('what arrives before it happened, by a clock that runs ahead, is on time', () => {
  expect(judged('2026-11-20T15:00:00Z')).toBe('on_time');
});

test('a day begins at midnight in Shanghai; a bucket holds its instant; an open parent is not opened again', () => {
  const instants = fc.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true });
  fc.assert(
    fc.property(instants, fc.integer({ min: 0, max: 4 * 86_400_000 }), (instant, delayMs) => {
      expect(bucketStart('day', instant)).toEqual(startOfDay(dayOf(instant)));
      const starts = grains.map((grain) => bucketStart(grain, instant).getTime());
      expect(starts).toEqual(starts.toSorted((a, b) => b - a)); // a parent begins no later than its child
      const closed = closedGrains(instant, new Date(instant.getTime() + delayMs));
      expect(closed).toEqual(grains.slice(0, closed.length)); // no parent is closed while its child is open
      expect(closed.length > 0).toBe(judgeDelay(instant, new Date(instant.getTime() + delayMs)) !== 'on_time');
    }),
  );
});

test('what is taken in when its minute is kept no more opens its hour and its day', () => {
  expect(closedGrains(at, new Date('2026-12-05T00:00:00Z'))).toEqual(['hour', 'day']);
});
