import { type RawBuilder, sql } from 'kysely';
import { dayOf } from '../../../platform/time.ts';

/** Who asks, and when. Without a channel nobody in particular; without an instant now, by the database's clock. */
export interface Asker {
  channel?: string | undefined;
  at?: Date | undefined;
}

const day = ({ at }: Asker) => (at === undefined ? sql`(now() at time zone 'Asia/Shanghai')::date` : sql`${dayOf(at)}::date`);
const instant = ({ at }: Asker) => (at === undefined ? sql`now()` : sql`${at}::timestamptz`);

/** Whether lot `l` may be used by who asks: `isUsable` of `lot.ts` in SQL. */
export const usableSql = (asker: Asker, minimumLifeDays: RawBuilder<unknown> = sql`0`): RawBuilder<boolean> =>
  sql<boolean>`(not l.is_recalled and (l.expires_on is null or l.expires_on >= ${day(asker)} + ${minimumLifeDays}))`;

/** What the rules of the channel say for the SKU of stock row `s`; a figure of the SKU's own rule goes before that of the rule for all. */
const ruleSql = ({ channel }: Asker, figure: 'minimum_life_days' | 'buffer'): RawBuilder<unknown> =>
  channel === undefined
    ? sql`0`
    : sql`coalesce(
        (select r.${sql.ref(figure)} from inventory.channel_rule r where r.channel = ${channel} and r.sku = s.sku),
        (select r.${sql.ref(figure)} from inventory.channel_rule r where r.channel = ${channel} and r.sku = ''), 0)`;

/** Units at stock row `s` that lie in lots that who asks may not use: `unusableUnits` of `lot.ts` in SQL. */
export const unusableSql = (asker: Asker): RawBuilder<number> => sql<number>`case when not s.has_limits then 0 else coalesce((
    select sum(greatest(0, l.on_hand - coalesce((select sum(u.quantity) from inventory.unavailable u
        where u.sku = l.sku and u.location = l.location and u.lot = l.code), 0)
      - case when ${usableSql(asker)} then l.allocated else 0 end))
    from inventory.lot l where l.sku = s.sku and l.location = s.location and l.on_hand > 0
      and not ${usableSql(asker, ruleSql(asker, 'minimum_life_days'))}), 0)::int end`;

/** Units at stock row `s` that others have earmarked, or that orders sold ahead wait for. */
export const keptForOthersSql = (asker: Asker): RawBuilder<number> => sql<number>`case when not s.has_limits then 0 else (
    coalesce((select sum(e.units - e.taken) from inventory.earmark e where e.sku = s.sku and e.location = s.location
      and e.kind = 'earmark' and e.ended_at is null and e.starts_at <= ${instant(asker)} and e.ends_at > ${instant(asker)}
      and e.channel is distinct from ${asker.channel ?? null}::text), 0)
    + coalesce((select sum(a.quantity) from inventory.ahead_promise a where a.sku = s.sku and a.location = s.location
      and a.state = 'waiting'), 0))::int end`;

const quotaSql = ({ channel, at }: Asker): RawBuilder<number> =>
  channel === undefined
    ? sql<number>`2147483647`
    : sql<number>`case when not s.has_limits then 2147483647 else coalesce((select min(e.units - e.taken) from inventory.earmark e
        where e.sku = s.sku and e.location = s.location and e.kind = 'quota' and e.channel = ${channel} and e.ended_at is null
          and e.starts_at <= ${instant({ at })} and e.ends_at > ${instant({ at })}), 2147483647) end`;

/** What who asks may still sell at stock row `s`, units: `availableFor` of `stock.ts` in SQL. Rows without limits pay for a flag only. */
export const availableSql = (asker: Asker): RawBuilder<number> => sql<number>`greatest(0, least(
    s.on_hand - s.promised - s.unavailable - s.buffer - ${bufferSql(asker)} - ${unusableSql(asker)} - ${keptForOthersSql(asker)},
    ${quotaSql(asker)}))`;

/** A buffer for every SKU holds at rows without limits too: asked once a statement. */
const bufferSql = (asker: Asker): RawBuilder<unknown> =>
  asker.channel === undefined
    ? sql`0`
    : sql`case when s.has_limits then ${ruleSql(asker, 'buffer')}
        else coalesce((select r.buffer from inventory.channel_rule r where r.channel = ${asker.channel} and r.sku = ''), 0) end`;
