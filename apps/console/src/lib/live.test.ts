import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { coalesce } from './live.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a hundred changes within a second are painted twice: at once, and once at the end', () => {
  let paints = 0;
  const refresh = coalesce(() => (paints += 1), 1_000);
  for (let change = 0; change < 100; change += 1) {
    refresh.ask();
    vi.advanceTimersByTime(9);
  }
  expect(paints).toBe(1);
  vi.advanceTimersByTime(200);
  expect(paints).toBe(2);
  vi.advanceTimersByTime(5_000);
  expect(paints).toBe(2);
});

test('after stop nothing is painted any more', () => {
  let paints = 0;
  const refresh = coalesce(() => (paints += 1), 1_000);
  refresh.ask();
  refresh.ask();
  refresh.stop();
  vi.advanceTimersByTime(5_000);
  expect(paints).toBe(1);
});
