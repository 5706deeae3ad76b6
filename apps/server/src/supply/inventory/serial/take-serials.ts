import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import type { OpenLine } from '../ship-units.ts';

/** Hands the oldest serial numbers in stock to the order, as many as each line ships. */
export async function takeSerials(
  ctx: Ctx,
  { orderId }: { orderId: string; cause: string },
  lines: readonly OpenLine[],
): Promise<string[][]> {
  const rows = await run(
    ctx.tx,
    sql<{ index: number; serial: string }>`with wanted as (
        select index::int as index, sku, location, quantity,
          sum(quantity) over (partition by sku, location order by index) - quantity as before
        from rows from (jsonb_to_recordset(${json(lines)}) as (sku text, location text, quantity int)) with ordinality
          as l (sku, location, quantity, index)
      ), open as (
        select sku, location, serial, row_number() over (partition by sku, location order by serial) as place
        from inventory.serial where state = 'in_stock' and (sku, location) in (select sku, location from wanted)
      )
      update inventory.serial s set state = 'shipped', order_id = ${orderId}, location = null, changed_at = ${ctx.now}
      from wanted join open using (sku, location)
      where open.place > wanted.before and open.place <= wanted.before + wanted.quantity and s.sku = open.sku and s.serial = open.serial
      returning wanted.index as index, s.serial as serial`,
  );
  return lines.map((_, index) => rows.flatMap((row) => (row.index === index + 1 ? row.serial : [])));
}
