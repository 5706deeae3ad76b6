import { sql } from 'kysely';
import { componentsOf } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { expandKits } from './kits.ts';
import { moveStock } from './move-stock.ts';
import { takeSerialsBack } from './serial/take-serials-back.ts';

export interface ReturnLine {
  /** The line of the order by which it was sold. */
  lineNo: number;
  sku: string;
  quantity: number;
  /** At what one left, fen; for what was sent by lots the books know it better. */
  unitCostFen: number;
  /** Whether it goes back on the shelf; what does not is with nobody. */
  isSellable: boolean;
  /** Which appliances came back. */
  serials?: readonly string[] | undefined;
}

export interface ReturnStock {
  orderId: string;
  /** The document behind it, `return:RT-0001`. */
  cause: string;
  location: string;
  lines: readonly ReturnLine[];
  at?: Date;
}

/**
 * Takes units of an order back: sellable ones are on the shelf again at the cost at which they left, in the lots by which they left, a kit as
 * its components; serial numbers are the buyer's no more. Refuses `serial.not_sold_to_order`, and `serial.missing` when it is not said
 * which of several appliances came back. The caller holds the order's lock.
 */
export async function returnStock(ctx: Ctx, { orderId, cause, location, lines, at = ctx.now }: ReturnStock): Promise<void> {
  const kits = await componentsOf(
    ctx.tx,
    lines.map(({ sku }) => sku),
  );
  const parts = expandKits(
    lines.map((line) => ({ ...line, location })),
    kits,
  );
  const out = await outstanding(ctx, orderId);
  const back = parts.flatMap((part) => spread(part, out));
  const moves = back
    .filter(({ isSellable }) => isSellable)
    .map(({ sku, quantity, unitCostFen, lot }) => ({ sku, location, quantity, unitCostFen, lot: lot ?? undefined }));
  if (moves.length > 0) await moveStock(ctx, { kind: 'return', cause, moves, at });
  await run(
    ctx.tx,
    sql`insert into inventory.takeback (order_id, cause, line_no, sku, location, lot, quantity, is_sellable, at)
      select ${orderId}, ${cause}, "lineNo", sku, ${location}, lot, quantity, "isSellable", ${at}
      from jsonb_to_recordset(${json(back)}) as b ("lineNo" int, sku text, lot text, quantity int, "isSellable" boolean)`,
  );
  await takeSerialsBack(ctx, { orderId, cause, location, at }, parts);
}

/** Units that were sent by a lot and have not come back. */
interface Outstanding {
  lineNo: number;
  sku: string;
  lot: string | null;
  quantity: number;
  unitCostFen: number;
}

const outstanding = (ctx: Ctx, orderId: string): Promise<Outstanding[]> =>
  run(
    ctx.tx,
    sql<Outstanding>`select d.line_no as "lineNo", d.sku, d.lot, (sum(d.quantity) - coalesce(max(b.quantity), 0))::int as quantity,
        round(sum(d.quantity * d.unit_cost_fen) / sum(d.quantity))::bigint as "unitCostFen"
      from inventory.dispatch d
      left join (select line_no, sku, lot, sum(quantity) as quantity from inventory.takeback where order_id = ${orderId} group by 1, 2, 3) b
        on b.line_no = d.line_no and b.sku = d.sku and b.lot is not distinct from d.lot
      where d.order_id = ${orderId} group by d.line_no, d.sku, d.lot order by d.line_no, d.sku, d.lot nulls last`,
  );

/** Lays what comes back over the lots that it left by; what the books know nothing of has no lot. */
function spread(part: ReturnLine, out: Outstanding[]) {
  const { lineNo, sku, isSellable, unitCostFen } = part;
  let rest = part.quantity;
  const back = out.flatMap((one) => {
    if (one.lineNo !== lineNo || one.sku !== sku) return [];
    const quantity = Math.min(rest, one.quantity);
    one.quantity -= quantity;
    rest -= quantity;
    return quantity > 0 ? [{ lineNo, sku, isSellable, quantity, lot: one.lot, unitCostFen: one.unitCostFen }] : [];
  });
  return rest > 0 ? [...back, { lineNo, sku, isSellable, quantity: rest, lot: null, unitCostFen }] : back;
}
