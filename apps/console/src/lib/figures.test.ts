import { expect, test } from 'vitest';
import { formatIn } from './format.ts';
import { compareFigure, exactFigure, shortFigure } from './figures.ts';

const f = formatIn('zh-CN');

test('a figure is shown in its unit, an unknown one never as zero', () => {
  expect(shortFigure('fen', 1_230_000, f)).toBe('¥1.23万');
  expect(exactFigure('fen', 1_230_000, f)).toBe('¥12,300.00');
  expect(exactFigure('ratio', 0.153, f)).toBe('15.3%');
  expect(exactFigure('seconds', 5400, f)).toBe('1.5 小时');
  expect(exactFigure('days', 12.34, f)).toBe('12.3 天');
  expect([shortFigure('fen', null, f), exactFigure('count', 0, f)]).toEqual(['—', '0']);
});

test('ratios differ in points, other figures in percent; the verdict follows the polarity and not the direction', () => {
  const returns = { unit: 'ratio', polarity: 'less_is_better' } as const;
  expect(compareFigure(returns, 0.058, 0.05, '上周同日', f)).toEqual({
    with: '上周同日',
    text: '+0.8 个百分点',
    direction: 'up',
    verdict: 'bad',
  });
  const sales = { unit: 'fen', polarity: 'more_is_better' } as const;
  expect(compareFigure(sales, 110, 100, '目标', f)).toMatchObject({ text: '+10.0%', verdict: 'good' });
  expect(compareFigure(sales, 100, 100, '目标', f)).toMatchObject({ text: '0%', direction: 'same', verdict: undefined });
  expect(compareFigure(sales, 5000, 0, '目标', f)).toMatchObject({ text: '¥50.00', direction: 'up' });
  expect(compareFigure(sales, null, 100, '目标', f)).toBeUndefined();
});
