import { expect, test } from 'vitest';
import { readBar, writeBar } from './bar-url.ts';

const url = (text: string) => new URLSearchParams(text);
const own = { period: 'today' as const, store: ['S01'] };

test('the address says what the bar shows; where it says nothing the board’s own holds', () => {
  expect(readBar(url(''), own)).toEqual(own);
  expect(readBar(url('period=last_7_days&channel=shop&channel=store&compare=year'), own)).toEqual({
    period: 'last_7_days',
    channel: ['shop', 'store'],
    compare: 'year',
  });
});

test('a bar that was written is read again as it was, also one that asks for nothing', () => {
  for (const bar of [own, {}, { from: '2026-11-01', to: '2026-11-11', compare: 'none' as const, category: ['food/tea'] }])
    expect(readBar(writeBar(url('x=1&period=today'), bar), own)).toEqual(bar);
  expect(writeBar(url('x=1'), own).get('x')).toBe('1');
});

test('what is spelt wrongly is left out, the rest holds', () => {
  expect(readBar(url('period=someday&store=S01&from=tomorrow'), own)).toEqual({ store: ['S01'] });
});
