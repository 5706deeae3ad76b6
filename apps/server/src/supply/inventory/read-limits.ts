import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import type { ChannelLimits, Limits, OpenAhead, OpenEarmark } from './limits.ts';
import type { LotUnits } from './lot/lot.ts';
import { levelKey } from './stock.ts';

type StoredLot = Omit<LotUnits, 'expiresOn'> & { expiresOn: string | null };

interface Row {
  sku: string;
  location: string;
  lots: StoredLot[];
  rules: { channel: string; sku: string; minimumLifeDays: number | null; buffer: number | null }[];
  earmarks: OpenEarmark[];
  waiting: number;
  ahead: OpenAhead[];
}

/** What limits these channels at these places now. The stock rows are locked, so it holds still. */
export async function readLimits(
  ctx: Ctx,
  places: readonly { sku: string; location: string }[],
  channels: readonly string[],
): Promise<Map<string, Limits>> {
  const rows = await run(
    ctx.tx,
    sql<Row>`select p.sku, p.location,
        (select coalesce(jsonb_agg(jsonb_build_object('code', l.code, 'expiresOn', l.expires_on, 'isRecalled', l.is_recalled,
            'onHand', l.on_hand, 'allocated', l.allocated, 'setApart', coalesce(u.quantity, 0))), '[]')
          from inventory.lot l
          left join (select lot, sum(quantity) as quantity from inventory.unavailable u
            where u.sku = p.sku and u.location = p.location and u.lot <> '' and u.quantity > 0 group by lot) u on u.lot = l.code
          where l.sku = p.sku and l.location = p.location and l.on_hand > 0) as lots,
        (select coalesce(jsonb_agg(jsonb_build_object('channel', r.channel, 'sku', r.sku, 'minimumLifeDays', r.minimum_life_days,
            'buffer', r.buffer)), '[]')
          from inventory.channel_rule r where r.sku in ('', p.sku) and r.channel = any(${channels}::text[])) as rules,
        (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'kind', e.kind, 'channel', e.channel, 'left', e.units - e.taken)
            order by e.ends_at, e.id), '[]')
          from inventory.earmark e where e.sku = p.sku and e.location = p.location and e.ended_at is null
            and e.starts_at <= ${ctx.now} and e.ends_at > ${ctx.now}) as earmarks,
        (select coalesce(sum(a.quantity), 0)::int from inventory.ahead_promise a
          where a.sku = p.sku and a.location = p.location and a.state = 'waiting') as waiting,
        (select coalesce(jsonb_agg(jsonb_build_object('fromDay', a.from_day, 'left', a.units_max - a.promised) order by a.from_day), '[]')
          from inventory.ahead a where a.sku = p.sku and a.location = p.location and a.units_max > a.promised) as ahead
      from jsonb_to_recordset(${json(places)}) as p (sku text, location text)`,
  );
  return new Map(rows.map((row) => [levelKey(row), limitsOf(row)]));
}

function limitsOf({ sku, lots, rules, earmarks, waiting, ahead }: Row): Limits {
  const byChannel = Map.groupBy(rules, ({ channel }) => channel);
  return {
    lots: lots.map((lot) => ({ ...lot, expiresOn: lot.expiresOn ?? undefined })),
    rules: new Map([...byChannel].map(([channel, own]) => [channel, effective(own, sku)])),
    earmarks,
    waiting,
    ahead,
  };
}

/** A figure of the SKU's rule goes before that of the rule for all. */
function effective(rules: Row['rules'], sku: string): ChannelLimits {
  const own = rules.find((rule) => rule.sku === sku);
  const all = rules.find((rule) => rule.sku === '');
  return {
    minimumLifeDays: own?.minimumLifeDays ?? all?.minimumLifeDays ?? 0,
    buffer: own?.buffer ?? all?.buffer ?? 0,
  };
}
