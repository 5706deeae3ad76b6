import { type RawBuilder, sql } from 'kysely';
import { dayOf } from '../../../platform/time.ts';

/** Who asks, and when. Without a channel nobody in particular; without an instant now, by the database's clock. */
export interface Asker {
  channel?: string | undefined;
  at?: Date | undefined;
}

const day = ({ at }: Asker) => (at === undefined ? sql`(now() at time zone 'Asia/Shanghai')::date` : sql`${dayOf(at)}::date`);
const instant = ({ at }: Asker) => (at === undefined ? sql`now()` : sql`${at}::timestamptz`);

/** Whether lot `l` may be used by who asks: `isUsable` of `lot.ts` in SQL. A recalled lot was usable until before all time. */
export const usableSql = (asker: Asker, minimumLifeDays: RawBuilder<unknown> = sql`0`): RawBuilder<boolean> =>
  sql<boolean>`(l.usable_until >= ${day(asker)} + ${minimumLifeDays})`;

/**
 * What the rules of the channel say for a SKU; a figure of the SKU's own rule goes before that of the rule for all. Whether
 * there is any rule of a SKU is asked once a statement, here and below: 5,000 rows are then not looked up in vain.
 */
const ruleSql = ({ channel }: Asker, figure: 'minimum_life_days' | 'buffer', sku = sql`s.sku`): RawBuilder<unknown> =>
  channel === undefined
    ? sql`0`
    : sql`coalesce(
        case when exists (select from inventory.channel_rule r where r.channel = ${channel} and r.sku <> '')
          then (select r.${sql.ref(figure)} from inventory.channel_rule r where r.channel = ${channel} and r.sku = ${sku}) end,
        (select r.${sql.ref(figure)} from inventory.channel_rule r where r.channel = ${channel} and r.sku = ''), 0)`;

/** The units of lot `l`, of which who asks may use none: `unusableUnits` of `lot.ts` in SQL. */
const lostUnits = (asker: Asker) => sql`greatest(0, l.on_hand
  - case when exists (select from inventory.unavailable where lot <> '' and quantity > 0) then coalesce((select sum(u.quantity)
      from inventory.unavailable u where u.sku = l.sku and u.location = l.location and u.lot = l.code), 0)::int else 0 end
  - case when ${usableSql(asker)} then l.allocated else 0 end)`;
const isLost = (asker: Asker, minimumLifeDays: RawBuilder<unknown>) =>
  sql`l.on_hand > 0 and not ${usableSql(asker, minimumLifeDays)}`;

/** Units at stock row `s` that lie in lots that who asks may not use. */
export const unusableSql = (asker: Asker): RawBuilder<number> => sql<number>`case when not s.has_limits then 0 else coalesce((
    select sum(${lostUnits(asker)}) from inventory.lot l where l.sku = s.sku and l.location = s.location
      and ${isLost(asker, ruleSql(asker, 'minimum_life_days'))}), 0)::int end`;

/**
 * The same for many SKUs at once, to join as (sku, location, units). Of their lots only those are looked at that end before the longest
 * life that the channel asks of any SKU: an index finds them, and most shelves have none.
 */
export const unusableOf = (
  asker: Asker,
  skus: readonly string[],
) => sql`(select l.sku, l.location, sum(${lostUnits(asker)})::int as units
    from inventory.lot l
    where l.sku = any(${[...skus]}::text[]) and l.usable_until < ${day(asker)} + ${longestLife(asker)}
      and ${isLost(asker, ruleSql(asker, 'minimum_life_days', sql`l.sku`))}
    group by l.sku, l.location)`;

const longestLife = ({ channel }: Asker): RawBuilder<unknown> =>
  channel === undefined
    ? sql`0`
    : sql`(select coalesce(max(r.minimum_life_days), 0) from inventory.channel_rule r where r.channel = ${channel})`;

const hasEarmarks = sql`exists (select from inventory.earmark where ended_at is null)`;
const openEarmark = (
  { at }: Asker,
  kind: 'earmark' | 'quota',
) => sql`e.sku = s.sku and e.location = s.location and e.kind = ${sql.lit(kind)}
  and e.ended_at is null and e.starts_at <= ${instant({ at })} and e.ends_at > ${instant({ at })}`;

/** Units at stock row `s` that others have earmarked, or that orders sold ahead wait for. */
export const keptForOthersSql = (asker: Asker): RawBuilder<number> => sql<number>`case when not s.has_limits then 0 else (
    case when ${hasEarmarks} then coalesce((select sum(e.units - e.taken) from inventory.earmark e
      where ${openEarmark(asker, 'earmark')} and e.channel is distinct from ${asker.channel ?? null}::text), 0) else 0 end
    + case when exists (select from inventory.ahead_promise where state = 'waiting') then coalesce((select sum(a.quantity)
      from inventory.ahead_promise a where a.sku = s.sku and a.location = s.location and a.state = 'waiting'), 0) else 0 end)::int end`;

const quotaSql = (asker: Asker): RawBuilder<number> =>
  asker.channel === undefined
    ? sql<number>`2147483647`
    : sql<number>`case when not s.has_limits or not ${hasEarmarks} then 2147483647 else coalesce((select min(e.units - e.taken)
        from inventory.earmark e where ${openEarmark(asker, 'quota')} and e.channel = ${asker.channel}), 2147483647) end`;

/** What who asks may still sell at stock row `s`, units: `availableFor` of `stock.ts` in SQL. Rows without limits pay for a flag only. */
export const availableSql = (asker: Asker, unusable = unusableSql(asker)): RawBuilder<number> => sql<number>`greatest(0, least(
    s.on_hand - s.promised - s.unavailable - s.buffer - ${bufferSql(asker)} - ${unusable} - ${keptForOthersSql(asker)},
    ${quotaSql(asker)}))`;

/** A buffer for every SKU holds at rows without limits too: asked once a statement. */
const bufferSql = (asker: Asker): RawBuilder<unknown> =>
  asker.channel === undefined
    ? sql`0`
    : sql`case when s.has_limits then ${ruleSql(asker, 'buffer')}
        else coalesce((select r.buffer from inventory.channel_rule r where r.channel = ${asker.channel} and r.sku = ''), 0) end`;
