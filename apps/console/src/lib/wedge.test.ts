import { expect, test } from 'vitest';
import { cleanCode, readWedge } from './wedge.ts';

/** Presses the keys of a text, `gapMs` apart, then Enter; answers what was read. */
const type = (wedge: ReturnType<typeof readWedge>, text: string, gapMs: number, fromMs = 0): string | undefined => {
  let at = fromMs;
  for (const key of text) wedge.press(key, (at += gapMs));
  return wedge.press('Enter', at + gapMs);
};

test('a burst that ends with Enter is a code; what a person types is none', () => {
  expect(type(readWedge(), '6901234567892', 8)).toBe('6901234567892');
  expect(type(readWedge(), '6901234567892', 180)).toBeUndefined();
  expect(type(readWedge(), 'ab', 8)).toBeUndefined();
});

test('letters typed slowly before the burst do not stick to the code', () => {
  const wedge = readWedge();
  wedge.press('j', 0);
  expect(type(wedge, 'SKU-1', 10, 1000)).toBe('SKU-1');
});

test('shift between the letters of a code is no letter', () => {
  const wedge = readWedge();
  for (const [at, key] of ['Shift', 'S', 'Shift', 'K', 'U'].entries()) wedge.press(key, at * 5);
  expect(wedge.press('Enter', 30)).toBe('SKU');
});

test('the same code twice within 300 ms counts once, later it counts again', () => {
  const wedge = readWedge();
  expect(type(wedge, 'SKU-1', 5)).toBe('SKU-1');
  expect(type(wedge, 'SKU-1', 5, 100)).toBeUndefined();
  expect(type(wedge, 'SKU-1', 5, 600)).toBe('SKU-1');
});

test('full-width letters, blanks and invisible marks of a code are mended', () => {
  expect(cleanCode(' ＳＫＵ－０１\u200b ')).toBe('SKU-01');
});
