// How many units sell when: season, weekday, shopping festivals, growth, and what became of each product.
import { addDays, daysBetween } from '../platform/time.ts';
import type { Season } from './assortment.ts';
import type { DemoSku } from './catalogue.ts';

/** First days of the lunar years near the history (Hong Kong Observatory's tables). */
const springFestivals = ['2025-01-29', '2026-02-17', '2027-02-06'];
const midAutumns = ['2025-10-06', '2026-09-25'];

const monthly: Readonly<Record<Season, readonly number[]>> = {
  all: [1, 0.9, 1, 1, 1, 1, 1, 1, 1, 1, 1.1, 1.1],
  spring: [0.6, 0.9, 1.7, 1.9, 1.5, 0.9, 0.6, 0.6, 0.9, 0.9, 0.7, 0.6],
  summer: [0.3, 0.35, 0.6, 1, 1.6, 2.1, 2.2, 1.9, 1.1, 0.6, 0.35, 0.3],
  autumn: [0.7, 0.6, 0.7, 0.7, 0.7, 0.6, 0.7, 1, 1.7, 1.9, 1.5, 1.0],
  winter: [2.0, 1.4, 0.8, 0.5, 0.3, 0.25, 0.25, 0.35, 0.7, 1.3, 1.9, 2.2],
  gift: [2.4, 1.5, 0.6, 0.6, 0.8, 0.9, 0.6, 0.8, 1.6, 0.9, 0.8, 1.4],
};

/** Monday to Sunday. */
const weekdays = [0.92, 0.9, 0.92, 0.96, 1.06, 1.16, 1.12];

/** Times the ordinary demand on a day: season (blended over the month), weekday, festivals. */
function timesOf(day: string, season: Season): number {
  const date = new Date(`${day}T00:00:00Z`);
  const month = date.getUTCMonth();
  const intoMonth = (date.getUTCDate() - 15) / 30;
  const table = monthly[season];
  const here = table[month] ?? 1;
  const beside = table[(month + (intoMonth < 0 ? 11 : 1)) % 12] ?? 1;
  const seasonal = here + (beside - here) * Math.abs(intoMonth);
  return seasonal * (weekdays[(date.getUTCDay() + 6) % 7] ?? 1) * festivalTimes(day, season);
}

function festivalTimes(day: string, season: Season): number {
  const tail = day.slice(5);
  let times = 1;
  if (tail >= '06-01' && tail <= '06-20') times *= tail >= '06-16' && tail <= '06-18' ? 3.2 : 1.4; // 6.18
  if (tail >= '10-24' && tail <= '11-11') times *= tail === '11-11' ? 4.5 : tail >= '11-09' ? 2.4 : 1.35; // 11.11
  if (tail >= '11-12' && tail <= '11-16') times *= 0.7; // what was bought ahead
  if (tail === '12-12') times *= 2.2;
  for (const festival of springFestivals) {
    const before = daysBetween(day, festival);
    if (before >= 4 && before <= 28) times *= season === 'gift' ? 2.6 : 1.5; // 年货节
    if (before > -7 && before < 4) times *= 0.35; // couriers rest
  }
  for (const festival of midAutumns) {
    const before = daysBetween(day, festival);
    if (before >= 2 && before <= 24 && season === 'gift') times *= 1.8;
  }
  return times;
}

/** Where a product stands in its life, `share` of the way through the history. */
function lifeTimes(fate: DemoSku['item']['fate'], share: number): number {
  switch (fate) {
    case 'growing':
      return 0.6 + 0.9 * share;
    case 'fading':
      return share < 0.55 ? 1.1 : Math.max(0.42, 1.1 - (share - 0.55) * 2.3);
    case 'steady':
      return 1;
    case 'scarce':
      return 0.8 + 0.5 * share;
  }
}

/** Expected units of a SKU on a day, over all channels. What is left of a faded product sells a little in every season. */
export const expectedUnits = (one: DemoSku, day: string, share: number): number => {
  const season = one.item.fate === 'fading' && share > 0.8 ? 'all' : one.season;
  return one.dailyUnits * timesOf(day, season) * lifeTimes(one.item.fate, share) * (0.75 + 0.5 * share);
};

/** How strongly people answer a lower price: units × (new ÷ old)^elasticity. */
const elasticity = -2.6;
export const timesAtPrice = (priceFen: number, listFen: number): number => (priceFen / listFen) ** elasticity;

/** The days of the history, the last one yesterday. */
export function historyDays(today: string, months = 18): string[] {
  const count = Math.round(months * 30.44);
  return Array.from({ length: count }, (_, index) => addDays(today, index - count));
}
