import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';

export interface PastDispatch {
  orderId: string;
  lineNo: number;
  sku: string;
  location: string;
  lot: string;
  quantity: number;
  unitCostFen: number;
  at: Date;
}

/**
 * Writes down by which lots orders of the past were sent, so that a recall finds their buyers. Nothing moves: the shipments that took the
 * units off the shelf are booked by who tells the history.
 */
export async function recordDispatches(ctx: Ctx, cause: string, rows: readonly PastDispatch[]): Promise<void> {
  if (rows.length === 0) return;
  await run(
    ctx.tx,
    sql`insert into inventory.dispatch (order_id, cause, line_no, sku, location, lot, quantity, unit_cost_fen, at)
      select "orderId", ${cause}, "lineNo", sku, location, lot, quantity, "unitCostFen", at
      from jsonb_to_recordset(${json(rows)})
        as d ("orderId" uuid, "lineNo" int, sku text, location text, lot text, quantity int, "unitCostFen" bigint, at timestamptz)`,
  );
}
