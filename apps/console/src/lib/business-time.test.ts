import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf, parseTime, readInstant } from './business-time.ts';

test('what an instant shows as leads back to the same instant, to the second', () => {
  const seconds = fc.integer({ min: Date.parse('1992-01-01T00:00:00Z') / 1000, max: Date.parse('2099-12-31T00:00:00Z') / 1000 });
  fc.assert(
    fc.property(seconds, (second) => {
      const instant = new Date(second * 1000).toISOString();
      expect(Date.parse(instantOf(readInstant(instant)) ?? '')).toBe(second * 1000);
    }),
  );
});

test('no browser zone moves a window: not Los Angeles in its missing hour, not Auckland, not Lord Howe’s half hour', () => {
  const script = `
    import { instantOf, readInstant } from ${JSON.stringify(join(import.meta.dirname, 'business-time.ts'))};
    const hours = Array.from({ length: 24 * 400 }, (_, hour) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString());
    const moved = hours.filter((one) => Date.parse(instantOf(readInstant(one))) !== Date.parse(one));
    console.log(JSON.stringify([moved.length, readInstant('2027-03-13T18:30:00Z')]));`;
  for (const zone of ['America/Los_Angeles', 'Pacific/Auckland', 'Australia/Lord_Howe', 'UTC', 'Asia/Shanghai']) {
    const told = execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TZ: zone } });
    expect(JSON.parse(String(told)), zone).toEqual([0, { day: '2027-03-14', time: '02:30' }]);
  }
});

test('a time of day is read as people type it, and nonsense is not', () => {
  for (const [text, time] of [
    ['9', '09:00'],
    ['930', '09:30'],
    ['9:5', '09:05'],
    ['09：30', '09:30'],
    ['24:00', '24:00'],
    ['18点30分', '18:30'],
    ['23:59:59', '23:59:59'],
  ] as const)
    // prettier-ignore
    expect(parseTime(text), text).toBe(time);
  for (const text of ['', '25:00', '24:01', '12:60', 'noon', '12:3:4']) expect(parseTime(text), text).toBeUndefined();
});

test('24:00 is the beginning of the next day; half a date is no instant', () => {
  expect(instantOf({ day: '2026-12-31', time: '24:00' })).toBe('2027-01-01T00:00:00+08:00');
  expect(instantOf({ day: '2026-02-30', time: '10:00' })).toBeUndefined();
  expect(instantOf({ day: '2026-12-31', time: '' })).toBeUndefined();
});
