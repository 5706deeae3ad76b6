import type { boards as contract } from '@tongshang/contract';
import type { Tx } from '../../platform/db.ts';
import { addMs, dayOf, startOfDay, addDays } from '../../platform/time.ts';
import { listWindows } from '../../sell/promotions/index.ts';
import { type Holiday, holidaysBetween } from '../metrics/index.ts';

interface Days {
  from: string;
  to: string;
}

const byYear = new Map<string, Holiday[]>();

/** Feasts of both calendars; a year's never change and are looked up once. */
function feastsOf(year: string): Holiday[] {
  const known = byYear.get(year) ?? holidaysBetween(`${year}-01-01`, `${year}-12-31`);
  byYear.set(year, known);
  return known;
}

export function feastAnnotations({ from, to }: Days): contract.Annotation[] {
  const years: string[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) years.push(String(year).padStart(4, '0'));
  return years
    .flatMap(feastsOf)
    .filter(({ day }) => day >= from && day <= to)
    .map(({ day, key, title }) => ({
      ...made('calendar', 'holiday'),
      id: `holiday:${key}:${day}`,
      from: day,
      to: day,
      title,
    }));
}

/** Promotions that have an end, on the business days on which they held. */
export async function promotionAnnotations(tx: Tx, { from, to }: Days): Promise<contract.Annotation[]> {
  const windows = await listWindows(tx, { from: startOfDay(from), until: startOfDay(addDays(to, 1)) });
  return windows.map(({ id, name, nameEn, startsAt, endsAt }) => ({
    ...made('promotions', 'campaign'),
    id: `promotion:${id}`,
    from: dayOf(startsAt),
    to: dayOf(addMs(endsAt, -1)),
    title: { zh: name, en: nameEn },
  }));
}

const made = (source: contract.Annotation['source'], kind: contract.Annotation['kind']) => ({
  kind,
  source,
  byName: null,
  version: 1,
});
