import type { lots as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { dayOf, daysBetween } from '../../../platform/time.ts';
import { aheadOffers, availabilityByPlace } from '../availability.ts';
import { usableSql } from './available.ts';

type Query = z.output<typeof contract.listLotsOnShelf.query>;
type Row = Omit<z.input<typeof contract.LotOnShelf>, 'name' | 'nameEn' | 'daysLeft'>;
type State = Row['state'];

/** Lots on hand, first expiring first, with who may still sell them; and how many there are in each state. */
export async function listLotsOnShelf(
  ctx: Ctx,
  { location, search, state, withinDays, after, limit }: Query,
): Promise<z.input<typeof contract.listLotsOnShelf.reply>> {
  const today = dayOf(ctx.now);
  const asked = [
    location === undefined ? sql`true` : sql`location = ${location}`,
    search === undefined
      ? sql`true`
      : sql`(starts_with(lower(sku), lower(${search})) or starts_with(lower(lot), lower(${search})))`,
    withinDays === undefined ? sql`true` : sql`"expiresOn" <= ${today}::date + ${withinDays}::int`,
  ];
  const shelf = sql`select * from (${lotsNow(ctx)}) lots where ${sql.join(asked, sql` and `)}`;
  const [day = '', ...rest] = after?.split('\n') ?? [];
  const rows = await run(
    ctx.tx,
    sql<Row>`select * from (${shelf}) shelf where ${state === undefined ? sql`true` : sql`state = ${state}`}
        and ${after === undefined ? sql`true` : sql`(coalesce("expiresOn", '9999-12-31'), sku, location, lot) > (${day}::date, ${sql.join(rest)})`}
      order by coalesce("expiresOn", '9999-12-31'), sku, location, lot limit ${limit + 1}`,
  );
  const counted = await run(
    ctx.tx,
    sql<{ state: State; count: number }>`select state, count(*)::int as count from (${shelf}) s group by state`,
  );
  const facts = await findSkus(
    ctx.tx,
    rows.map(({ sku }) => sku),
  );
  const items = rows.slice(0, limit).map((row) => ({
    ...row,
    name: facts.get(row.sku)?.name ?? row.sku,
    nameEn: facts.get(row.sku)?.nameEn ?? '',
    daysLeft: row.expiresOn === null ? null : daysBetween(today, row.expiresOn),
  }));
  const last = items.at(-1);
  const next = last === undefined ? null : [last.expiresOn ?? '9999-12-31', last.sku, last.location, last.lot].join('\n');
  const count = (one: State) => counted.find((row) => row.state === one)?.count ?? 0;
  return {
    items,
    next: rows.length > limit ? next : null,
    counts: { usable: count('usable'), short: count('short'), expired: count('expired'), recalled: count('recalled') },
  };
}

/** Every lot on hand with its state today: one that somebody may not sell although it lasts is short. */
const lotsNow = ({ now }: Ctx) => sql`
  select l.sku, l.location, l.code as lot, l.expires_on as "expiresOn", l.on_hand as "onHand", l.allocated,
    coalesce(short.channels, '{}') as "tooShortFor",
    case when l.is_recalled then 'recalled' when not ${usableSql({ at: now })} then 'expired'
      when short.channels is not null then 'short' else 'usable' end as state
  from inventory.lot l
  left join lateral (
    select array_agg(c.channel order by c.channel) as channels
    from (select channel, coalesce(max(minimum_life_days) filter (where sku <> ''), max(minimum_life_days) filter (where sku = ''), 0) as days
      from inventory.channel_rule where sku in ('', l.sku) group by channel) c
    where ${usableSql({ at: now })} and not ${usableSql({ at: now }, sql`c.days`)}
  ) short on true
  where l.on_hand > 0`;

/** What a channel may sell now at each place, and what may be sold ahead; every asked SKU is answered at every place that has a balance of it. */
export async function listAvailability(
  { tx, now }: Ctx,
  { skus, channel, location }: z.output<typeof contract.listAvailability.query>,
): Promise<z.input<typeof contract.listAvailability.reply>> {
  const locations = location === undefined ? undefined : [location];
  const there = await availabilityByPlace(tx, { skus, locations, channel, at: now });
  const offers = await aheadOffers(tx, { skus, locations });
  const key = (one: { sku: string; location: string }) => `${one.sku}\n${one.location}`;
  const units = new Map(there.map((one) => [key(one), one.available]));
  const ahead = new Map(offers.map((one) => [key(one), { units: one.units, fromDay: one.fromDay }]));
  const places = new Map([...there, ...offers].map((one) => [key(one), { sku: one.sku, location: one.location }]));
  return {
    items: [...places].map(([at, place]) => ({ ...place, available: units.get(at) ?? 0, ahead: ahead.get(at) ?? null })),
  };
}
