import { expect, test } from 'vitest';
import { contrast, dark, light, type Palette } from './tokens.ts';

const themes: [string, Palette][] = [
  ['light', light],
  ['dark', dark],
];
const words = ['text', 'textSecond', 'textThird', 'link', 'danger', 'warning', 'success', 'trendRed', 'trendTeal'] as const;

test.each(themes)('every text colour of the %s theme reads at 4.5:1 on page, card and raised', (_, theme) => {
  for (const word of words) {
    for (const ground of [theme.page, theme.card, theme.raised]) {
      expect(contrast(theme[word], ground), `${word} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test.each(themes)('edges, focus ring and chart series of the %s theme stand out at 3:1 on a card', (_, theme) => {
  for (const colour of [theme.controlBorder, theme.focus, theme.warningDot, ...theme.series]) {
    expect(contrast(colour, theme.card), colour).toBeGreaterThanOrEqual(3);
  }
});

test('contrast knows black on white and equal colours', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#123456', '#123456')).toBe(1);
});
