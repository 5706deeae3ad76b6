import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';

export interface AheadUnits {
  orderId: string;
  lineNo: number;
  sku: string;
  location: string;
  quantity: number;
}

/** What these orders still wait for, locked. */
export const lockAhead = (ctx: Ctx, orderIds: readonly string[]): Promise<AheadUnits[]> =>
  run(
    ctx.tx,
    sql<AheadUnits>`select order_id as "orderId", line_no as "lineNo", sku, location, quantity from inventory.ahead_promise
      where order_id = any(${[...orderIds]}::uuid[]) and state = 'waiting' order by order_id, line_no, sku, location for update`,
  );

/** Units that nobody waits for any more may be sold ahead again. */
export async function endAhead(ctx: Ctx, units: readonly AheadUnits[]): Promise<void> {
  if (units.length === 0) return;
  await run(
    ctx.tx,
    sql`with gone as (
        select p.*, g.quantity as units from inventory.ahead_promise p
        join jsonb_to_recordset(${json(units)}) as g ("orderId" uuid, "lineNo" int, sku text, location text, quantity int)
          on p.order_id = g."orderId" and p.line_no = g."lineNo" and p.sku = g.sku and p.location = g.location
      ), ended as (
        update inventory.ahead_promise p set at = ${ctx.now},
          state = case when g.units = g.quantity then 'released' else p.state end,
          quantity = case when g.units = g.quantity then p.quantity else p.quantity - g.units end
        from gone g where p.order_id = g.order_id and p.line_no = g.line_no and p.sku = g.sku and p.location = g.location
      )
      update inventory.ahead a set promised = a.promised - g.units
      from (select sku, location, from_day, sum(units)::int as units from gone group by sku, location, from_day) g
      where a.sku = g.sku and a.location = g.location and a.from_day = g.from_day`,
  );
}
