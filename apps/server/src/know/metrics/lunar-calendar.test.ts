import { expect, test } from 'vitest';
import { holidaysBetween, springFestival } from './lunar-calendar.ts';
import { comparedPeriod } from './period.ts';

test('Spring Festival is on its published day, also where the new moon comes within minutes of midnight', () => {
  const published = [
    '2019-02-05', '2020-01-25', '2021-02-12', '2022-02-01', '2023-01-22', '2024-02-10', '2025-01-29', '2026-02-17',
    '2027-02-06', '2028-01-26', '2029-02-13', '2030-02-03', '2031-01-23', '2033-01-31', '2034-02-19',
  ]; // prettier-ignore
  expect(published.map((day) => springFestival(Number(day.slice(0, 4))))).toEqual(published);
});

test('a year holds its feasts, those of a leap month once', () => {
  const days = (year: number) => holidaysBetween(`${year}-01-01`, `${year}-12-31`).map(({ day, key }) => `${day} ${key}`);
  expect(days(2025)).toEqual([
    '2025-01-01 new_year', '2025-01-29 spring_festival', '2025-02-12 lantern', '2025-05-01 labour_day', '2025-05-31 dragon_boat',
    '2025-06-18 sale_618', '2025-08-29 qixi', '2025-10-01 national_day', '2025-10-06 mid_autumn', '2025-10-29 double_ninth',
    '2025-11-11 double_11', '2025-12-12 double_12',
  ]); // prettier-ignore
  expect(days(2027)).toEqual(
    expect.arrayContaining(['2027-02-06 spring_festival', '2027-02-20 lantern', '2027-09-15 mid_autumn']),
  );
});

test('a year on year comparison by the Chinese calendar lays Spring Festival over Spring Festival', () => {
  const compared = (from: string, to: string) => comparedPeriod({ from, to, until: undefined }, 'lunar_year');
  expect(compared('2026-02-17', '2026-02-23')).toMatchObject({ from: '2025-01-29', to: '2025-02-04' });
  expect(compared('2026-01-25', '2026-03-03')).toMatchObject({ from: '2025-01-06', to: '2025-02-12' }); // 23 days before, 14 after
  expect(compared('2027-01-15', '2027-01-31')).toMatchObject({ from: '2026-01-26', to: '2026-02-11' }); // both end six days before it
  const until = new Date('2026-02-18T04:00:00Z');
  expect(comparedPeriod({ from: '2026-02-17', to: '2026-02-18', until }, 'lunar_year').until).toEqual(
    new Date('2025-01-30T04:00:00Z'),
  );
});
