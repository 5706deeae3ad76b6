import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { lockLevels } from './lock-levels.ts';
import { sumByPlace, type Wanted } from './stock.ts';

/** Gives orders' promised units back. Safe to call twice: only what is still held goes back. Answers the units given back. */
export async function releasePromises(ctx: Ctx, orderIds: readonly string[]): Promise<number> {
  if (orderIds.length === 0) return 0;
  const released = await run(
    ctx.tx,
    sql<Wanted>`update inventory.reservation set state = 'released', at = ${ctx.now}
      where (order_id, line_no, sku, location) in (
        select order_id, line_no, sku, location from inventory.reservation where order_id = any(${[...orderIds]}::uuid[]) and state = 'held'
        order by order_id, line_no, sku, location for update
      ) and state = 'held' returning sku, location, quantity`,
  );
  return giveBack(ctx, released);
}

export const releasePromise = (ctx: Ctx, { orderId }: { orderId: string }): Promise<number> => releasePromises(ctx, [orderId]);

export interface ReleaseUnits {
  orderId: string;
  /** `quantity` units of a line that still holds `of`; a kit's components go back in proportion. */
  lines: readonly { lineNo: number; quantity: number; of: number }[];
}

/** Gives single units of an order's promise back. The caller holds the order's lock, so that the same units go back once. */
export async function releaseUnits(ctx: Ctx, { orderId, lines }: ReleaseUnits): Promise<number> {
  const released = await run(
    ctx.tx,
    sql<Wanted>`with wanted as (
        select * from jsonb_to_recordset(${json(lines)}) as w ("lineNo" int, quantity int, "of" int)
      ), held as (
        select r.line_no, r.sku, r.location, r.quantity, r.quantity * w.quantity / w."of" as back
        from inventory.reservation r join wanted w on w."lineNo" = r.line_no
        where r.order_id = ${orderId} and r.state = 'held' order by r.line_no, r.sku for update of r
      )
      update inventory.reservation r set at = ${ctx.now},
        state = case when held.back = held.quantity then 'released' else r.state end,
        quantity = case when held.back = held.quantity then r.quantity else r.quantity - held.back end
      from held where r.order_id = ${orderId} and r.line_no = held.line_no and r.sku = held.sku
      returning r.sku, r.location, held.back::int as quantity`,
  );
  return giveBack(ctx, released);
}

async function giveBack(ctx: Ctx, released: readonly Wanted[]): Promise<number> {
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
