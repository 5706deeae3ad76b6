import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import type { Book, Standing } from './points.ts';

/** Locks the balances of these customers, in the one order (customer id), and reads them as they are now. */
export async function lockStandings(ctx: Ctx, customerIds: readonly string[]): Promise<Map<string, Standing>> {
  const rows = await run(
    ctx.tx,
    sql<Standing>`select customer_id as "customerId", tier, points, earned_fen as "earnedFen" from membership.standing
      where customer_id = any(${[...new Set(customerIds)]}::uuid[]) order by customer_id for no key update`,
  );
  return new Map(rows.map((row) => [row.customerId, row]));
}

/** Customers without a balance begin with none, on the lowest tier. */
export async function beginStandings(ctx: Ctx, customerIds: readonly string[]): Promise<void> {
  await run(
    ctx.tx,
    sql`insert into membership.standing (customer_id, tier)
      select id, (select code from membership.tier order by from_fen limit 1)
      from (select distinct unnest(${[...customerIds]}::uuid[]) as id) given order by id on conflict do nothing`,
  );
}

/** The only way a balance changes: balances and the ledger's entries in one statement; nothing when nothing changed. */
export async function savePoints(ctx: Ctx, { standings, entries }: Book): Promise<void> {
  if (entries.length === 0) return;
  const changed = [...new Set(entries.map((entry) => entry.customerId))].flatMap((id) => standings.get(id) ?? []);
  await run(
    ctx.tx,
    sql`with saved as (
        update membership.standing s set points = c.points, tier = c.tier, earned_fen = c."earnedFen"
        from jsonb_to_recordset(${json(changed)}) as c ("customerId" uuid, points int, tier text, "earnedFen" bigint)
        where s.customer_id = c."customerId"
      )
      insert into membership.points_ledger (customer_id, kind, points, balance, goods_fen, cause, order_id, actor, reason, at)
      select e."customerId", e.kind, e.points, e.balance, e."goodsFen", e.cause, e."orderId", ${actorLabel(ctx.actor).name}, e.reason, ${ctx.now}
      from rows from (jsonb_to_recordset(${json(entries)})
        as ("customerId" uuid, kind text, points int, balance int, "goodsFen" bigint, cause text, "orderId" uuid, reason text)) with ordinality
        as e ("customerId", kind, points, balance, "goodsFen", cause, "orderId", reason, position) order by position`,
  );
}
