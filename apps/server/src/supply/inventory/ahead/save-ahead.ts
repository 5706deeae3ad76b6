import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';

interface AheadLine {
  orderId: string;
  lineNo: number;
  sku: string;
  location: string;
  channel: string;
  quantity: number;
  fromDay: string;
}

/** Writes what was sold before it is there; the caller holds the locks of the stock rows. */
export async function saveAhead(ctx: Ctx, lines: readonly AheadLine[]): Promise<void> {
  if (lines.length === 0) return;
  await run(
    ctx.tx,
    sql`with given as (
        select * from jsonb_to_recordset(${json(lines)})
          as l ("orderId" uuid, "lineNo" int, sku text, location text, channel text, quantity int, "fromDay" date)
      ), waiting as (
        insert into inventory.ahead_promise (order_id, line_no, sku, location, from_day, channel, quantity, at)
        select "orderId", "lineNo", sku, location, "fromDay", channel, quantity, ${ctx.now} from given
        on conflict (order_id, line_no, sku, location) do update set state = 'waiting', from_day = excluded.from_day,
          quantity = excluded.quantity, at = excluded.at where ahead_promise.state = 'released'
      )
      update inventory.ahead a set promised = a.promised + g.quantity
      from (select sku, location, "fromDay", sum(quantity)::int as quantity from given group by sku, location, "fromDay") g
      where a.sku = g.sku and a.location = g.location and a.from_day = g."fromDay"`,
  );
}
