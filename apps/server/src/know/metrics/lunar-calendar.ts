import { addDays, daysBetween } from '../../platform/time.ts';

export interface Holiday {
  day: string;
  key: string;
  title: { zh: string; en: string };
}

/** Feasts counted from the first day of the Chinese year. */
const afterNewYear: readonly (Omit<Holiday, 'day'> & { days: number })[] = [
  { key: 'spring_festival', days: 0, title: { zh: '春节', en: 'Spring Festival' } },
  { key: 'lantern', days: 14, title: { zh: '元宵节', en: 'Lantern Festival' } },
];

/** Feasts by the month and day of the Chinese calendar. */
const lunar: readonly (Omit<Holiday, 'day'> & { month: number; date: number })[] = [
  { key: 'dragon_boat', month: 5, date: 5, title: { zh: '端午节', en: 'Dragon Boat Festival' } },
  { key: 'qixi', month: 7, date: 7, title: { zh: '七夕', en: 'Qixi' } },
  { key: 'mid_autumn', month: 8, date: 15, title: { zh: '中秋节', en: 'Mid-Autumn Festival' } },
  { key: 'double_ninth', month: 9, date: 9, title: { zh: '重阳节', en: 'Double Ninth' } },
];

/** Feasts and sales by the month and day of the common calendar. */
const solar: readonly (Omit<Holiday, 'day'> & { on: string })[] = [
  { key: 'new_year', on: '01-01', title: { zh: '元旦', en: 'New Year' } },
  { key: 'labour_day', on: '05-01', title: { zh: '劳动节', en: 'Labour Day' } },
  { key: 'sale_618', on: '06-18', title: { zh: '618', en: '618 sale' } },
  { key: 'national_day', on: '10-01', title: { zh: '国庆节', en: 'National Day' } },
  { key: 'double_11', on: '11-11', title: { zh: '双十一', en: 'Double 11' } },
  { key: 'double_12', on: '12-12', title: { zh: '双十二', en: 'Double 12' } },
];

const format = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' });

/** Month and day in the Chinese calendar. A leap month has no number of its own and holds no feast: NaN. */
function lunarDate(day: string): { month: number; date: number } {
  const parts = format.formatToParts(new Date(`${day}T04:00:00Z`));
  const valueOf = (type: 'month' | 'day'): number => Number(parts.find((part) => part.type === type)?.value);
  return { month: valueOf('month'), date: valueOf('day') };
}

/** New moons within minutes of midnight in Beijing, which the runtime's calendar puts a day off (checked for 2000 to 2050). */
const festivals = new Map([
  [2027, '2027-02-06'],
  [2030, '2030-02-03'],
]);

/** The first day of the Chinese year that begins in this common year, between 20 January and 21 February. */
export function springFestival(year: number): string {
  const known = festivals.get(year);
  if (known !== undefined) return known;
  let day = `${String(year).padStart(4, '0')}-01-20`;
  for (let tries = 0; tries < 40; tries += 1, day = addDays(day, 1)) {
    const { month, date } = lunarDate(day);
    if (month === 1 && date === 1) break;
  }
  festivals.set(year, day);
  return day;
}

/** The Spring Festival nearest to a period: in it if one is. */
export function springFestivalNear(from: string, to: string): string {
  const year = Number(from.slice(0, 4));
  const away = (day: string): number => Math.max(daysBetween(day, from), daysBetween(to, day), 0);
  const near = [year, year + 1, Number(to.slice(0, 4)), Number(to.slice(0, 4)) + 1].map(springFestival);
  return near.reduce((best, day) => (away(day) < away(best) ? day : best));
}

/** Feasts of the Chinese and the common calendar within whole days, both ends included, in their order. */
export function holidaysBetween(from: string, to: string): Holiday[] {
  const found: Holiday[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const on = lunarDate(day);
    for (const { key, title } of solar.filter((one) => day.endsWith(one.on))) found.push({ day, key, title });
    const newYear = springFestival(Number(day.slice(0, 4)));
    for (const { key, title } of afterNewYear.filter(({ days }) => day === addDays(newYear, days)))
      found.push({ day, key, title });
    for (const { key, title } of lunar.filter(({ month, date }) => month === on.month && date === on.date))
      found.push({ day, key, title });
  }
  return found;
}
