import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../apps/server/src/platform/time.ts';
import { createCaller } from './call.ts';
import { createCarriers } from './carriers.ts';
import { processorSeconds } from './processor.ts';

const nobody = createCaller('http://127.0.0.1:9');
const day = '2030-03-04';
const take = (over: { promisedOn?: string; dispatchBy?: string; carrierDelay?: number; isMissedAtDoor?: boolean }): string => {
  const { carrierDelay = 0, isMissedAtDoor = false, promisedOn = '2030-03-07', dispatchBy = '2030-03-04T10:00:00Z' } = over;
  const parcel = { carrier: 'ZTO', trackingNumber: '1', promisedOn, dispatchBy, orderIds: [] };
  return createCarriers({ office: nobody, origin: 'http://127.0.0.1:9' }).take(parcel, day, { carrierDelay, isMissedAtDoor });
};

test('a parcel arrives on its promised day, as much later as it left too late, and a day later where nobody was at home', () => {
  expect(take({})).toBe('2030-03-07');
  expect(take({ carrierDelay: 3 })).toBe('2030-03-10');
  expect(take({ dispatchBy: '2030-03-02T10:00:00Z' })).toBe('2030-03-09');
  expect(take({ isMissedAtDoor: true })).toBe('2030-03-08');
});

test('no parcel arrives on the day on which it left, however early its carrier is', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -3, max: 3 }), (promised, carrierDelay) => {
      expect(take({ promisedOn: addDays(day, promised), carrierDelay }) > day).toBe(true);
    }),
  );
});

test('processor time is told where the system tells it, and grows with work', () => {
  const before = processorSeconds();
  for (const end = performance.now() + 60; performance.now() < end;);
  expect(before === undefined || (processorSeconds() ?? 0) > before).toBe(true);
});
