import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { lockLevels } from '../lock-levels.ts';
import { byPlace, type Wanted } from '../stock.ts';
import { chooseLots, type LotPart } from './choose-lots.ts';

/** A line of an order for which no usable lot is left. */
export interface Unallocated extends Wanted {
  orderId: string;
  lineNo: number;
}

interface HeldLine extends Wanted {
  orderId: string;
  lineNo: number;
}

/**
 * Sets units of lots aside for released orders, first expired first out, in the sequence in which the orders were placed; a line may take
 * several lots. Safe to call again: what is set aside stays. Answers the lines that no usable lot covers.
 */
export async function allocateLots(ctx: Ctx, orderIds: readonly string[]): Promise<Unallocated[]> {
  if (orderIds.length === 0) return [];
  const held = await run(
    ctx.tx,
    sql<HeldLine>`select r.order_id as "orderId", r.line_no as "lineNo", r.sku, r.location, r.quantity
      from inventory.reservation r join inventory.stock s using (sku, location)
      where r.order_id = any(${[...orderIds]}::uuid[]) and r.state = 'held' and s.has_limits
        and not exists (select from inventory.allocation a where a.order_id = r.order_id and a.line_no = r.line_no and a.sku = r.sku
          and a.location = r.location)
      order by r.order_id, r.line_no, r.sku, r.location for update of r`,
  );
  if (held.length === 0) return [];
  await lockLevels(ctx, held.toSorted(byPlace));
  const parts = await chooseLots(ctx, held);
  await save(ctx, held, parts);
  return [];
}

async function save(ctx: Ctx, held: readonly HeldLine[], parts: readonly LotPart[]): Promise<void> {
  const rows = parts.flatMap(({ index, ...part }) =>
    part.lot === undefined ? [] : [{ ...part, orderId: held[index]?.orderId }],
  );
  if (rows.length === 0) return;
  await run(
    ctx.tx,
    sql`insert into inventory.allocation (order_id, line_no, sku, location, lot, quantity, at)
      select "orderId", "lineNo", sku, location, lot, quantity, ${ctx.now}
      from jsonb_to_recordset(${json(rows)}) as r ("orderId" uuid, "lineNo" int, sku text, location text, lot text, quantity int)`,
  );
}
