import type { boards } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { marksOn } from './annotations.ts';

const one = (zh: string, from: string, to: string, over: Partial<boards.Annotation> = {}): boards.Annotation => ({
  id: zh,
  kind: 'campaign',
  from,
  to,
  title: { zh, en: zh },
  source: 'hand',
  byName: null,
  version: 1,
  ...over,
});
const marks = (points: string[], items: boards.Annotation[]) => marksOn(points, items, ({ title }) => title.zh);

test('what happened stands on its days; what began before the chart begins with it, what is after it is left out', () => {
  const days = ['2026-11-10', '2026-11-11', '2026-11-12'];
  expect(
    marks(days, [
      one('sale', '2026-11-11', '2026-11-11'),
      one('long', '2026-10-01', '2026-11-11'),
      one('over', '2026-10-01', '2026-10-31'),
    ]),
  ).toEqual([
    { name: 'sale', from: '2026-11-11', to: '2026-11-11' },
    { name: 'long', from: '2026-11-10', to: '2026-11-11' },
  ]);
});

test('on an axis of weeks or months a day belongs to its week or month', () => {
  expect(marks(['2026-11-02', '2026-11-09'], [one('sale', '2026-11-11', '2026-11-11')])).toEqual([
    { name: 'sale', from: '2026-11-09', to: '2026-11-09' },
  ]);
  expect(marks(['2026-10', '2026-11'], [one('sale', '2026-10-30', '2026-11-11')])).toEqual([
    { name: 'sale', from: '2026-10', to: '2026-11' },
  ]);
});

test('a crowded chart keeps what people wrote, then outages and campaigns, then feasts: twelve in all', () => {
  const days = Array.from({ length: 20 }, (_, n) => `2026-11-${10 + n}`);
  const feasts = days.map((day, n) => one(`feast ${n}`, day, day, { kind: 'holiday', source: 'calendar' }));
  const shown = marks(days, [...feasts, one('note', '2026-11-10', '2026-11-12', { kind: 'note' })]);
  expect(shown).toHaveLength(12);
  expect(shown[0]?.name).toBe('note');
});

test('what stands on the same days is one mark that counts the others', () => {
  const sales = ['a', 'b', 'c'].map((name) => one(name, '2026-11-23', '2027-01-21', { source: 'promotions' }));
  expect(marks(['2026-11-22', '2026-11-23'], sales)).toEqual([{ name: 'a +2', from: '2026-11-23', to: '2026-11-23' }]);
});
