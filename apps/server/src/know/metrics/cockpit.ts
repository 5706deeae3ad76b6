import type { metrics as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { addDays, dayOf } from '../../platform/time.ts';
import { findDefinition } from './book.ts';
import type { Figures } from './figures.ts';
import { type Filters, usedFilters } from './measures/slice.ts';
import { comparedPeriod, type Period } from './period.ts';
import { type FigureRow, readFigures } from './read-figures.ts';
import { type Scope, scopedStores } from './scope.ts';

type Cockpit = z.input<typeof contract.getCockpit.reply>;

/** What adds up over a day and is therefore held against the whole compared day too. */
const flows = ['gmv', 'net_sales', 'gross_profit', 'orders', 'units_sold'] as const;
const today = [...flows, 'gross_margin', 'aov', 'return_rate', 'cancelled_orders'] as const;
const shoppers = ['visitors', 'conversion', 'new_customers', 'returning_customers'] as const;
const levels = ['repurchase_90d', 'order_handling_time'] as const;
/** Stock turns too slowly for a day: turnover is that of the 28 days up to now; the levels at their end are those of now. */
const stock = ['stock_value', 'days_of_cover', 'stock_turnover'] as const;
const turnoverDays = 28;

/** Today so far, beside the same weekday a week ago up to the same time of day. Metrics that lack a filtered dimension are left out. */
export async function readCockpit(figures: Figures, asked: Filters, scope: Scope): Promise<Omit<Cockpit, 'asOf' | 'version'>> {
  const { book, now } = figures;
  const filters = { ...asked, store: scopedStores(scope, asked.store) };
  const day = dayOf(now);
  const period: Period = { from: day, to: day, until: now };
  const compared = comparedPeriod(period, 'same_weekday');
  const used = usedFilters(filters);
  const shown = (names: readonly string[]): string[] =>
    names.filter((name) => used.every((dimension) => findDefinition(book, name)?.dimensions.includes(dimension)));
  const dayNames = shown([...today, ...shoppers, ...levels]);
  const stockNames = shown(stock);
  const long = (of: Period): Period => ({ ...of, from: addDays(of.to, 1 - turnoverDays) });
  const read = async (names: readonly string[], of: Period): Promise<FigureRow | undefined> =>
    names.length === 0 ? undefined : (await readFigures(figures, names, { ...of, by: [], filters })).get('');
  const hoursOf = (of: Period) => readFigures(figures, flows, { ...of, by: ['hour'], filters });

  const [values, before, stockNow, stockBefore, hours, hoursBefore] = await Promise.all([
    read(dayNames, period),
    read(dayNames, compared),
    read(stockNames, long(period)),
    read(stockNames, long(compared)),
    hoursOf(period),
    hoursOf({ ...compared, until: undefined }),
  ]);

  const valueOf = (name: string, ...rows: (FigureRow | undefined)[]): number | null =>
    rows.map((row) => row?.values[name]).find((value) => value !== undefined) ?? null;
  const hourNow = Math.floor((now.getTime() - Date.parse(`${day}T00:00:00+08:00`)) / 3_600_000);
  return {
    day,
    until: now.toISOString(),
    comparedDay: compared.to,
    figures: [...dayNames, ...stockNames].map((metric) => ({
      metric,
      value: valueOf(metric, values, stockNow),
      before: valueOf(metric, before, stockBefore),
      beforeWholeDay: flows.some((flow) => flow === metric) ? sumOf(metric, hoursBefore) : null,
    })),
    hours: Array.from({ length: 24 }, (_, hour) => {
      const key = String(hour).padStart(2, '0');
      return {
        hour: key,
        netSalesFen: hour > hourNow ? null : (hours.get(key)?.values['net_sales'] ?? 0),
        beforeFen: hoursBefore.get(key)?.values['net_sales'] ?? 0,
      };
    }),
    zone: 'Asia/Shanghai',
  };
}

const sumOf = (name: string, rows: ReadonlyMap<string, FigureRow>): number =>
  [...rows.values()].reduce((sum, { values }) => sum + (values[name] ?? 0), 0);
