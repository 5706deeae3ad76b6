import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { readLimits } from './read-limits.ts';
import { type Level, levelKey } from './stock.ts';

/**
 * Locks the balances of these places, in the one order, and reads them as they are now. A place without a row is absent. Where channels
 * want to sell, what limits them is read too: one statement more, and only when there is a place that has limits.
 */
export async function lockLevels(
  ctx: Ctx,
  places: readonly { sku: string; location: string }[],
  channels?: readonly string[],
): Promise<Map<string, Level>> {
  const rows = await run(
    ctx.tx,
    sql<Level>`select s.sku, s.location, on_hand as "onHand", promised, unavailable, buffer, unit_cost_fen as "unitCostFen",
        has_limits or exists (select from inventory.channel_rule where sku = '' and buffer > 0) as "hasLimits"
      from inventory.stock s
      where (s.sku, s.location) in (select sku, location from jsonb_to_recordset(${json(places)}) as p (sku text, location text))
      order by s.sku, s.location for no key update of s`,
  );
  const levels = new Map(rows.map((row) => [levelKey(row), row]));
  const limited = rows.filter(({ hasLimits }) => hasLimits);
  if (channels === undefined || limited.length === 0) return levels;
  const limits = await readLimits(ctx, limited, [...new Set(channels)]);
  for (const row of limited) levels.set(levelKey(row), { ...row, limits: limits.get(levelKey(row)) });
  return levels;
}
