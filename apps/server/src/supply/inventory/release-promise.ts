import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { lockLevels } from './lock-levels.ts';
import { sumByPlace, type Wanted } from './stock.ts';

/** Gives an order's promised units back. Safe to call twice: only what is still held goes back. Answers the units given back. */
export async function releasePromise(ctx: Ctx, { orderId }: { orderId: string }): Promise<number> {
  const released = await run(
    ctx.tx,
    sql<Wanted>`update inventory.reservation set state = 'released', at = ${ctx.now}
      where order_id = ${orderId} and state = 'held' returning sku, location, quantity`,
  );
  if (released.length === 0) return 0;

  const given = sumByPlace(released);
  await lockLevels(ctx, given);
  await run(
    ctx.tx,
    sql`update inventory.stock s set promised = s.promised - g.quantity
      from jsonb_to_recordset(${json(given)}) as g (sku text, location text, quantity int)
      where s.sku = g.sku and s.location = g.location`,
  );
  return given.reduce((sum, line) => sum + line.quantity, 0);
}
