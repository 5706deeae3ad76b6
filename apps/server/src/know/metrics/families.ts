import type { metrics as contract } from '@tongshang/contract';
import type { Analytics } from '../stream/index.ts';
import { readCustomers, readRepurchase } from './customers.ts';
import { readHandling } from './handling.ts';
import { readSales } from './sales.ts';
import type { FamilyRow, Slice } from './slice.ts';
import { readStock } from './stock.ts';
import { readVisits } from './visits.ts';

type Family = 'sales' | 'visits' | 'customers' | 'repurchase' | 'stock' | 'handling';

/** Metrics that are read together, from the same rows. */
const familyOf: Readonly<Record<contract.MetricName, Family>> = {
  gmv: 'sales',
  net_sales: 'sales',
  gross_profit: 'sales',
  gross_margin: 'sales',
  orders: 'sales',
  aov: 'sales',
  units_sold: 'sales',
  return_rate: 'sales',
  cancelled_orders: 'sales',
  visitors: 'visits',
  conversion: 'visits',
  new_customers: 'customers',
  returning_customers: 'customers',
  repurchase_90d: 'repurchase',
  stock_value: 'stock',
  stock_units: 'stock',
  stock_turnover: 'stock',
  days_of_cover: 'stock',
  order_handling_time: 'handling',
  order_handling_p90: 'handling',
  orders_untouched: 'handling',
};

const readers: Readonly<Record<Family, (analytics: Analytics, slice: Slice) => Promise<FamilyRow[]>>> = {
  sales: readSales,
  visits: readVisits,
  customers: readCustomers,
  repurchase: readRepurchase,
  stock: readStock,
  handling: readHandling,
};

/** The figures of these metrics, a row per key; one round trip a family, all families at once. */
export async function readRows(
  analytics: Analytics,
  names: readonly contract.MetricName[],
  slice: Slice,
): Promise<Map<string, FamilyRow>> {
  const families = [...new Set(names.map((name) => familyOf[name]))];
  const answers = await Promise.all(families.map((family) => readers[family](analytics, slice)));
  const merged = new Map<string, FamilyRow>();
  for (const row of answers.flat()) {
    const key = keyOf(row.keys);
    const before = merged.get(key);
    merged.set(
      key,
      before === undefined ? row : { ...before, values: { ...before.values, ...row.values }, n: Math.max(before.n, row.n) },
    );
  }
  return merged;
}

export const keyOf = (keys: readonly string[]): string => keys.join('\u0000');
