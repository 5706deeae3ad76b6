import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { lockLevels } from './lock-levels.ts';
import { shortagesOf, sumByPlace } from './stock.ts';

export interface PromiseStock {
  orderId: string;
  lines: readonly { lineNo: number; sku: string; location: string; quantity: number }[];
}

/**
 * Promises units to an order: every line, or none. No unit is ever promised twice.
 * Refuses `stock.insufficient` with each SKU that falls short and what is still available.
 */
export async function promiseStock(ctx: Ctx, { orderId, lines }: PromiseStock): Promise<void> {
  const wanted = sumByPlace(lines);
  const levels = await lockLevels(ctx, wanted);

  const short = shortagesOf(levels, lines);
  if (short.length > 0) refuse('stock.insufficient', { lines: short });

  await run(
    ctx.tx,
    sql`with taken as (
        update inventory.stock s set promised = s.promised + w.quantity
        from jsonb_to_recordset(${json(wanted)}) as w (sku text, location text, quantity int)
        where s.sku = w.sku and s.location = w.location
      )
      insert into inventory.reservation (order_id, line_no, sku, location, quantity, at)
      select ${orderId}, l."lineNo", l.sku, l.location, l.quantity, ${ctx.now}
      from jsonb_to_recordset(${json(lines)}) as l ("lineNo" int, sku text, location text, quantity int)`,
  );
}
