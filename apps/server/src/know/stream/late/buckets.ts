import { columnsOf, type Facts, type FactTable } from '../facts.ts';
import { bucketStart, closedGrains, type Grain } from './lateness.ts';

/** What a bucket says of sales, or of events. */
export type Amounts = Readonly<Record<string, number>>;

export interface BucketKey {
  source: 'sales' | 'events';
  grain: Grain;
  startsAt: Date;
  channel: string;
  store: string;
  category: string;
  sku: string;
  campaign: string;
  /** The event's name; empty for sales. */
  event: string;
}

export interface ReopenedBucket extends BucketKey {
  delta: Amounts;
}

export const bucketName = (key: BucketKey): string =>
  JSON.stringify([
    key.source, key.grain, key.startsAt.getTime(), key.channel, key.store, key.category, key.sku, key.campaign, key.event,
  ]); // prettier-ignore

/** The closed buckets that these rows open again, each once, with what the rows add to them. */
export function reopenedBy(late: readonly { facts: Facts; arrivedAt: Date }[]): ReopenedBucket[] {
  const found = new Map<string, ReopenedBucket>();
  const add = (key: Omit<BucketKey, 'grain' | 'startsAt'>, at: Date, arrivedAt: Date, delta: Amounts): void => {
    for (const grain of closedGrains(at, arrivedAt)) {
      const bucket: BucketKey = { ...key, grain, startsAt: bucketStart(grain, at) };
      const name = bucketName(bucket);
      found.set(name, { ...bucket, delta: addAmounts(found.get(name)?.delta ?? {}, delta) });
    }
  };
  for (const { facts, arrivedAt } of late) {
    for (const row of facts.order_line) {
      const { kind, at, channel, store, category, sku, campaign, ...line } = rowOf('order_line', row);
      const key = { source: 'sales' as const, event: '', ...texts({ channel, store, category, sku, campaign }) };
      add(key, instantOf(at), arrivedAt, salesOf(String(kind), line));
    }
    for (const row of facts.behaviour) {
      const { at, channel, category, sku, campaign, event } = rowOf('behaviour', row);
      const key = { source: 'events' as const, store: '', ...texts({ channel, category, sku, campaign, event }) };
      add(key, instantOf(at), arrivedAt, { events: 1 });
    }
  }
  return [...found.values()];
}

/** As the columns of the sums say it (clickhouse/0001_facts.sql): money in fen, net without VAT. */
function salesOf(kind: string, line: Readonly<Record<string, unknown>>): Amounts {
  const [amount, tax, units] = [Number(line['amount_fen']), Number(line['tax_fen']), Number(line['quantity'])];
  const sign = kind === 'paid' ? 1 : kind === 'placed' ? 0 : -1;
  return {
    paidFen: kind === 'paid' ? amount : 0,
    netFen: sign * (amount - tax),
    netUnits: sign * units,
    orders: kind === 'paid' ? Number(line['is_order_first']) : 0,
  };
}

export function addAmounts(before: Amounts, more: Amounts): Amounts {
  const sum: Record<string, number> = { ...before };
  for (const [name, value] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + value;
  return sum;
}

/** A row of facts by the names of its columns. */
export const rowOf = <T extends FactTable>(
  table: T,
  row: readonly (string | number)[],
): Record<(typeof columnsOf)[T][number], string | number> =>
  Object.fromEntries(columnsOf[table].map((column, index) => [column, row[index] ?? ''])) as never;

const texts = <K extends string>(cells: Record<K, string | number>): Record<K, string> =>
  Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, String(cell)])) as Record<K, string>;

/** The instant that `momentOf` wrote. */
const instantOf = (at: string | number): Date => new Date(`${String(at).replace(' ', 'T')}+08:00`);
