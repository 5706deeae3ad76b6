import type { metrics as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { addDays, dayOf } from '../../platform/time.ts';
import type { Analytics } from '../stream/index.ts';
import { readRows } from './families.ts';
import { comparedPeriod, type Period } from './period.ts';
import type { FamilyRow, Filters } from './slice.ts';

type Cockpit = z.input<typeof contract.getCockpit.reply>;
type Name = contract.MetricName;

/** What adds up over a day and is therefore held against the whole compared day too. */
const flows = ['gmv', 'net_sales', 'gross_profit', 'orders', 'units_sold'] as const satisfies readonly Name[];
const today = [...flows, 'gross_margin', 'aov', 'return_rate', 'cancelled_orders'] as const satisfies readonly Name[];
const shoppers = ['visitors', 'conversion', 'new_customers', 'returning_customers'] as const satisfies readonly Name[];
const levels = ['repurchase_90d', 'order_handling_time'] as const satisfies readonly Name[];
/** Stock turns too slowly for a day: turnover is that of the 28 days up to now; the levels at their end are those of now. */
const stock = ['stock_value', 'days_of_cover', 'stock_turnover'] as const satisfies readonly Name[];
const turnoverDays = 28;

/** Today so far, beside the same weekday a week ago up to the same time of day. Metrics that lack a filtered dimension are left out. */
async function readCockpit(
  analytics: Analytics,
  { now, filters }: { now: Date; filters: Filters },
): Promise<Omit<Cockpit, 'asOf' | 'version'>> {
  const day = dayOf(now);
  const period: Period = { from: day, to: day, until: now };
  const compared = comparedPeriod(period, 'same_weekday');
  const narrow = Object.values(filters).some((values) => (values?.length ?? 0) > 0);
  const dayNames: readonly Name[] = narrow
    ? [...today, 'new_customers', 'returning_customers', 'order_handling_time']
    : [...today, ...shoppers, ...levels];
  const stockNames: readonly Name[] = narrow ? [] : stock;
  const long = (of: Period): Period => ({ ...of, from: addDays(of.to, 1 - turnoverDays) });
  const read = async (names: readonly Name[], of: Period): Promise<FamilyRow | undefined> =>
    names.length === 0 ? undefined : (await readRows(analytics, names, { ...of, by: [], filters })).get('');
  const hoursOf = (of: Period) => readRows(analytics, flows, { ...of, by: ['hour'], filters });

  const [values, before, stockNow, stockBefore, hours, hoursBefore] = await Promise.all([
    read(dayNames, period),
    read(dayNames, compared),
    read(stockNames, long(period)),
    read(stockNames, long(compared)),
    hoursOf(period),
    hoursOf({ ...compared, until: undefined }),
  ]);

  const valueOf = (name: Name, ...rows: (FamilyRow | undefined)[]): number | null =>
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
        netSalesFen: hour > hourNow ? null : (hours.get(key)?.values.net_sales ?? 0),
        beforeFen: hoursBefore.get(key)?.values.net_sales ?? 0,
      };
    }),
    zone: 'Asia/Shanghai',
  };
}

const sumOf = (name: Name, rows: ReadonlyMap<string, FamilyRow>): number =>
  [...rows.values()].reduce((sum, { values }) => sum + (values[name] ?? 0), 0);

type Answer = Awaited<ReturnType<typeof readCockpit>>;
const minuteMs = 60_000;
const keptMax = 100;

/**
 * Reads the cockpit once for all who look at it: an answer holds while no newer figures arrived and the minute lasts. It is cut at the
 * end of the running minute, so that nothing of today is missing and last week is cut at the same minute.
 */
export function sharedCockpit(analytics: Analytics): (ask: { now: Date; filters: Filters; version: string }) => Promise<Answer> {
  const kept = new Map<string, Promise<Answer>>();
  return ({ now, filters, version }) => {
    const until = new Date(Math.floor(now.getTime() / minuteMs + 1) * minuteMs - 1);
    const name = JSON.stringify([version, until, filters]);
    const known = kept.get(name);
    if (known !== undefined) return known;
    if (kept.size >= keptMax) kept.clear();
    const reading = readCockpit(analytics, { now: until, filters });
    kept.set(name, reading);
    reading.catch(() => kept.delete(name));
    return reading;
  };
}
