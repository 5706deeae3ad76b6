import { useQuery } from '@tanstack/react-query';
import { boards } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { useMemo } from 'react';
import { keyLabel } from '../parts/answers/key-label.ts';
import type { Mark } from '../parts/chart-options.ts';
import { q } from './api.ts';
import { useLanguage } from './language.ts';
import { useMay } from './session.ts';

type Annotation = boards.Annotation;

/** More than these nobody reads on one chart: what people wrote comes first, feasts last. */
const marksMax = 12;
const weight: Readonly<Record<Annotation['kind'], number>> = { outage: 1, note: 1, campaign: 2, holiday: 3 };

/** Things that happened, on an axis whose points are days or begin with one; what no point shows is left out. */
export function marksOn(points: readonly string[], items: readonly Annotation[], nameOf: (one: Annotation) => string): Mark[] {
  const sorted = points.toSorted();
  const [first] = sorted;
  if (first === undefined) return [];
  /** The last point that begins on or before a day: days of a week or month belong to its point. */
  const pointOf = (day: string): string | undefined =>
    sorted.findLast((point) => point <= day.slice(0, point.length) && point <= day);
  return items
    .flatMap((one) => {
      const to = pointOf(one.to);
      if (to === undefined) return [];
      const from = one.from < first ? first : (pointOf(one.from) ?? first);
      return [{ rank: rankOf(one), name: nameOf(one), from, to }];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .reduce<Placed[]>(gathered, [])
    .slice(0, marksMax)
    .map(({ others, name, from, to }) => ({ name: others > 0 ? `${name} +${others}` : name, from, to }));
}

interface Placed extends Mark {
  others: number;
}

/** What stands on the same points is one mark: the first by name, the others by number. */
function gathered(marks: Placed[], { name, from, to }: Mark): Placed[] {
  const same = marks.find((mark) => mark.from === from && mark.to === to);
  if (same === undefined) marks.push({ name, from, to, others: 0 });
  else if (same.name !== name) same.others += 1;
  return marks;
}

const rankOf = ({ source, kind }: Annotation): number => (source === 'hand' ? 0 : weight[kind]);

/** Feasts fill an axis of weeks or months with lines that explain nothing; the one that moves the year's sales stays. */
const isFeast = ({ source, id }: Annotation): boolean => source === 'calendar' && !id.startsWith('holiday:spring_festival');

interface Asked {
  by: readonly string[];
  period: { from: string; to: string };
  rows: readonly { keys: readonly string[] }[];
}

const dated: readonly string[] = ['day', 'week', 'month'];

/** What is to be known about the days of an answer along a calendar; nothing while it is read, or where it may not be seen. */
export function useMarks(answer: Asked | undefined): readonly Mark[] {
  const may = useMay();
  const language = useLanguage();
  const place = answer === undefined ? -1 : answer.by.findIndex((dimension) => dated.includes(dimension));
  const { from = '', to = '' } = answer?.period ?? {};
  const { data } = useQuery({
    ...q(boards.listAnnotations, { query: { from, to } }),
    enabled: place >= 0 && may('boards.view'),
    staleTime: 60_000,
  });
  return useMemo(() => {
    if (answer === undefined || data === undefined || place < 0) return [];
    const points = [...new Set(answer.rows.map(({ keys }) => keys[place] ?? ''))];
    const labelOf = (point: string): string => keyLabel(answer.by[place], point, null, language);
    const told = data.items.filter((one) => answer.by[place] === 'day' || !isFeast(one));
    return marksOn(points, told, ({ title }) => say(title, language)).map(({ name, ...at }) => ({
      name,
      from: labelOf(at.from),
      to: labelOf(at.to),
    }));
  }, [answer, data, place, language]);
}
