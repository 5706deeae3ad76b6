import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { type Level, levelKey } from './stock.ts';

/** Locks the balances of these places, in the one order, and reads them as they are now. A place without a row is absent. */
export async function lockLevels(ctx: Ctx, places: readonly { sku: string; location: string }[]): Promise<Map<string, Level>> {
  const rows = await run(
    ctx.tx,
    sql<Level>`select s.sku, s.location, on_hand as "onHand", promised, unavailable, buffer, unit_cost_fen as "unitCostFen"
      from inventory.stock s
      where (s.sku, s.location) in (select sku, location from jsonb_to_recordset(${json(places)}) as p (sku text, location text))
      order by s.sku, s.location for no key update of s`,
  );
  return new Map(rows.map((row) => [levelKey(row), row]));
}
