import { dayOf } from '../../../platform/time.ts';
import { type Analytics, ask } from '../analytics.ts';
import { type Amounts, type BucketKey, bucketName } from './buckets.ts';
import { type Grain, grains } from './lateness.ts';

type Source = BucketKey['source'];

const tableOf: Readonly<Record<Source, Readonly<Record<Grain, string>>>> = {
  sales: { minute: 'sales_minute', hour: 'sales_hour', day: 'sales_sku_day' },
  events: { minute: 'event_minute', hour: 'event_hour', day: 'event_day' },
};
const startOf: Readonly<Record<Grain, string>> = {
  minute: 'toUnixTimestamp(minute)',
  hour: 'toUnixTimestamp(hour)',
  day: "toUnixTimestamp(toDateTime(day, 'Asia/Shanghai'))",
};
const keysOf: Readonly<Record<Source, string>> = {
  sales: "channel, store, category, sku, campaign, '' as event",
  events: "channel, '' as store, category, sku, campaign, event",
};
const sumsOf: Readonly<Record<Source, string>> = {
  sales: 'sum(paid_fen) as paidFen, sum(net_fen) as netFen, sum(net_units) as netUnits, sum(orders) as orders',
  events: 'sum(events) as events',
};

/** What these buckets say now, by their names; a bucket that holds nothing yet is left out. */
export async function readAmounts(analytics: Analytics, buckets: readonly BucketKey[]): Promise<Map<string, Amounts>> {
  const found = new Map<string, Amounts>();
  for (const source of ['sales', 'events'] as const)
    for (const grain of grains) {
      const wanted = buckets.filter((bucket) => bucket.source === source && bucket.grain === grain);
      if (wanted.length > 0) await readGrain(analytics, source, grain, wanted, found);
    }
  return found;
}

type Row = Omit<BucketKey, 'source' | 'grain' | 'startsAt'> & { start: number } & Record<string, unknown>;

async function readGrain(
  analytics: Analytics,
  source: Source,
  grain: Grain,
  wanted: readonly BucketKey[],
  found: Map<string, Amounts>,
): Promise<void> {
  const names = new Set(wanted.map(bucketName));
  const rows = await ask<Row>(
    analytics,
    `select ${startOf[grain]} as start, ${keysOf[source]}, ${sumsOf[source]} from ${tableOf[source][grain]}
     where day in {days:Array(Date)} and start in {starts:Array(UInt32)} and sku in {skus:Array(String)}
     group by start, channel, store, category, sku, campaign, event`,
    {
      days: [...new Set(wanted.map(({ startsAt }) => dayOf(startsAt)))],
      starts: [...new Set(wanted.map(({ startsAt }) => startsAt.getTime() / 1000))],
      skus: [...new Set(wanted.map(({ sku }) => sku))],
    },
  );
  for (const { start, channel, store, category, sku, campaign, event, ...amounts } of rows) {
    const name = bucketName({ source, grain, startsAt: new Date(start * 1000), channel, store, category, sku, campaign, event });
    if (names.has(name)) found.set(name, amounts as Amounts);
  }
}
