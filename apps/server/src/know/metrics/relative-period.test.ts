import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { metrics as contract } from '@tongshang/contract';
import { dayIn, relativePeriod } from './relative-period.ts';

const spanOf = (name: contract.Period, now: string, zone = 'Asia/Shanghai') => {
  const { from, to, until } = relativePeriod(name, new Date(now), zone);
  return [from, to, until?.toISOString()];
};

test('the last 7 full days are those of the business zone on a server in any zone', () => {
  const file = join(import.meta.dirname, 'relative-period.ts');
  const script = `const { relativePeriod } = await import(${JSON.stringify(file)});
    const of = (now) => { const { from, to } = relativePeriod('last_7_days', new Date(now), 'Asia/Shanghai'); return from + '/' + to; };
    console.log(new Date(2026, 0, 1).getTimezoneOffset(), of('2026-11-22T15:59:59.999Z'), of('2026-11-22T16:00:00Z'));`;
  const offsets = ['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati'].map((TZ) => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ },
      encoding: 'utf8',
    });
    const [offset, ...spans] = stdout.trim().split(' ');
    expect([stderr.includes('Error'), spans]).toEqual([false, ['2026-11-15/2026-11-21', '2026-11-16/2026-11-22']]);
    return offset;
  });
  expect(new Set(offsets).size).toBe(3); // the machines really stood in three zones
});

test('weeks start on Monday; whole periods end before today, those that run end now', () => {
  const sunday = '2026-11-22T04:00:00.000Z';
  expect(spanOf('this_week', sunday)).toEqual(['2026-11-16', '2026-11-22', sunday]);
  expect(spanOf('last_week', sunday)).toEqual(['2026-11-09', '2026-11-15', undefined]);
  expect(spanOf('this_week', '2026-11-22T16:00:00.000Z')).toEqual(['2026-11-23', '2026-11-23', '2026-11-22T16:00:00.000Z']);
  expect(spanOf('today', sunday)).toEqual(['2026-11-22', '2026-11-22', sunday]);
  expect(spanOf('yesterday', sunday)).toEqual(['2026-11-21', '2026-11-21', undefined]);
  expect(spanOf('last_month', '2026-03-01T00:00:00Z')).toEqual(['2026-02-01', '2026-02-28', undefined]);
  expect(spanOf('last_quarter', '2026-02-10T00:00:00Z')).toEqual(['2025-10-01', '2025-12-31', undefined]);
  expect(spanOf('last_year', sunday)).toEqual(['2025-01-01', '2025-12-31', undefined]);
  expect(spanOf('last_28_days', sunday)).toEqual(['2026-10-25', '2026-11-21', undefined]);
});

test('a period never reaches beyond today and is never empty, at any instant in any zone', () => {
  for (const zone of ['Asia/Shanghai', 'America/New_York', 'Pacific/Apia', 'UTC'])
    for (const now of ['2026-01-01T00:00:00Z', '2026-03-08T07:30:00Z', '2026-11-01T05:30:00Z', '2027-12-31T23:59:59Z'])
      for (const name of contract.periods) {
        const [from = '', to = ''] = spanOf(name, now, zone);
        expect([zone, now, name, from <= to && to <= dayIn(new Date(now), zone)]).toEqual([zone, now, name, true]);
      }
});

test('days of another zone follow its summer time', () => {
  expect(dayIn(new Date('2026-03-08T04:59:59Z'), 'America/New_York')).toBe('2026-03-07'); // UTC−5
  expect(dayIn(new Date('2026-03-09T03:59:59Z'), 'America/New_York')).toBe('2026-03-08'); // UTC−4: the day had 23 hours
  expect(dayIn(new Date('2026-03-09T04:00:00Z'), 'America/New_York')).toBe('2026-03-09');
});
