// What a run is judged by: each indicator once, by name, with the two sums that it is the ratio of. Pure.
import type { DayFigures } from './figures.ts';
import { differenceOf, type Interval, mean, quantile, type Ratio, sum } from './statistics.ts';

export type Unit = 'count' | 'fen' | 'share' | 'ratio' | 'seconds';

export interface Indicator {
  name: string;
  zh: string;
  en: string;
  unit: Unit;
  /** Whether more of it is better; undefined: neither. */
  isMoreBetter: boolean | undefined;
  /** Of one day; the figure of a run is the sum of the parts over the sum of what they are of. */
  ratioOf: (day: DayFigures) => Ratio;
}

export const indicators: readonly Indicator[] = [
  { name: 'orders', zh: '订单（每天）', en: 'Orders a day', unit: 'count', isMoreBetter: true, ratioOf: (day) => ({ part: day.orders, of: 1 }) },
  { name: 'gmv', zh: '成交额（每天）', en: 'GMV a day', unit: 'fen', isMoreBetter: true, ratioOf: (day) => ({ part: day.gmvFen, of: 1 }) },
  { name: 'fill_rate', zh: '满足率', en: 'Fill rate', unit: 'share', isMoreBetter: true, ratioOf: (day) => ({ part: day.unitsSold, of: day.unitsWanted }) },
  { name: 'stock_outs', zh: '缺货 SKU（每天）', en: 'SKUs out of stock a day', unit: 'ratio', isMoreBetter: false, ratioOf: (day) => ({ part: day.stockOuts, of: 1 }) },
  { name: 'turnover', zh: '库存周转（次/年）', en: 'Stock turns a year', unit: 'ratio', isMoreBetter: true, ratioOf: (day) => ({ part: day.costOfGoodsFen * 365, of: day.stockValueFen }) },
  { name: 'stock_value', zh: '库存金额', en: 'Stock value', unit: 'fen', isMoreBetter: false, ratioOf: (day) => ({ part: day.stockValueFen, of: 1 }) },
  { name: 'parcels_per_order', zh: '每单包裹数', en: 'Parcels an order', unit: 'ratio', isMoreBetter: false, ratioOf: (day) => ({ part: day.parcels, of: day.shippedOrders }) },
  { name: 'late_share', zh: '包裹晚发比例', en: 'Share of parcels sent late', unit: 'share', isMoreBetter: false, ratioOf: (day) => ({ part: day.lateParcels, of: day.parcels }) },
  { name: 'arrived_late', zh: '送达晚于承诺日', en: 'Share arrived after the promised day', unit: 'share', isMoreBetter: false, ratioOf: (day) => ({ part: day.arrivedLate, of: day.arrived }) },
  { name: 'untouched_share', zh: '无人工处理比例', en: 'Share untouched by hand', unit: 'share', isMoreBetter: true, ratioOf: (day) => ({ part: day.untouched, of: day.released }) },
  { name: 'by_hand', zh: '异常决定（每天）', en: 'Exceptions decided a day', unit: 'ratio', isMoreBetter: false, ratioOf: (day) => ({ part: sum(Object.values(day.decided)), of: 1 }) },
  { name: 'rejections', zh: '门店拒单与拣货缺件（每天）', en: 'Refused by stores or short a day', unit: 'ratio', isMoreBetter: false, ratioOf: (day) => ({ part: day.rejected + day.short, of: 1 }) },
  { name: 'no_shows', zh: '自提无人来取比例', en: 'Pick-ups nobody came for', unit: 'share', isMoreBetter: undefined, ratioOf: (day) => ({ part: day.lapsed, of: day.collected + day.lapsed }) },
  { name: 'supplier_faults', zh: '到货迟到或短少比例', en: 'Receipts late or short', unit: 'share', isMoreBetter: undefined, ratioOf: (day) => ({ part: day.faultyReceipts, of: day.receipts }) },
  { name: 'refunds', zh: '退款（每天）', en: 'Refunds a day', unit: 'fen', isMoreBetter: undefined, ratioOf: (day) => ({ part: day.refundedFen, of: 1 }) },
]; // prettier-ignore

/** The indicator over all days; undefined when there was nothing to divide by. */
export function valueOf({ ratioOf }: Indicator, days: readonly DayFigures[]): number | undefined {
  const ratios = days.map(ratioOf);
  const of = sum(ratios.map((ratio) => ratio.of));
  return of === 0 ? undefined : sum(ratios.map(({ part }) => part)) / of;
}

export interface Handling {
  median: number | undefined;
  p99: number | undefined;
  mean: number;
  count: number;
}

/** Seconds from paid to released over all days; measured on this machine, so it differs from run to run. */
export function handlingOf(days: readonly DayFigures[]): Handling {
  const seconds = days.flatMap((day) => day.handlingSeconds);
  return { median: quantile(seconds, 0.5), p99: quantile(seconds, 0.99), mean: mean(seconds), count: seconds.length };
}

export interface Compared {
  indicator: Indicator;
  before: number | undefined;
  after: number | undefined;
  difference: number;
  interval: Interval;
  /** `unclear` when the interval holds zero; without a side when neither is better. */
  verdict: 'better' | 'worse' | 'different' | 'unclear';
}

/** Two policies on the same days of the same demand, indicator by indicator. */
export function compare(before: readonly DayFigures[], after: readonly DayFigures[]): Compared[] {
  const days = Math.min(before.length, after.length);
  return indicators.map((indicator) => {
    const [first, second] = [before.slice(0, days), after.slice(0, days)];
    const found = differenceOf(first.map(indicator.ratioOf), second.map(indicator.ratioOf));
    return {
      indicator,
      before: valueOf(indicator, first),
      after: valueOf(indicator, second),
      ...found,
      verdict: verdictOf(indicator, found),
    };
  });
}

function verdictOf({ isMoreBetter }: Indicator, { interval: { low, high } }: { interval: Interval }): Compared['verdict'] {
  if (low <= 0 && high >= 0) return 'unclear';
  if (isMoreBetter === undefined) return 'different';
  return low > 0 === isMoreBetter ? 'better' : 'worse';
}

/** A figure as people read it: `¥1,234`, `97.3 %`, `2.41`. */
export function show(value: number | undefined, unit: Unit, { isSigned = false } = {}): string {
  if (value === undefined) return '–';
  const sign = value < 0 ? '−' : isSigned && value > 0 ? '+' : '';
  const size = Math.abs(value);
  const decimals = (most: number) => size.toLocaleString('en-US', { maximumFractionDigits: most, minimumFractionDigits: most });
  switch (unit) {
    case 'fen':
      return `${sign}¥${(size / 100).toLocaleString('en-US', { maximumFractionDigits: 0 })}`;
    case 'share':
      return `${sign}${(size * 100).toFixed(2)} %`;
    case 'seconds':
      return `${sign}${size < 10 ? decimals(2) : decimals(0)} s`;
    case 'count':
      return `${sign}${decimals(1)}`;
    case 'ratio':
      return `${sign}${decimals(2)}`;
  }
}
