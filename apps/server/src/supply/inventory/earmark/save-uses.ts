import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';

interface TakenUse {
  orderId: string;
  lineNo: number;
  earmarkId: string;
  quantity: number;
}

/**
 * Writes which units of earmarks and quotas promises took, and gives back those of promises that others take the place of. The caller
 * holds the locks of the stock rows.
 */
export async function saveUses(
  ctx: Ctx,
  { given, taken, hasGiven }: { given: readonly string[]; taken: readonly TakenUse[]; hasGiven: boolean },
): Promise<void> {
  if (hasGiven)
    await run(
      ctx.tx,
      sql`with gone as (
          delete from inventory.earmark_use where order_id = any(${given}::uuid[]) returning earmark_id, quantity
        )
        update inventory.earmark e set taken = e.taken - g.quantity
        from (select earmark_id, sum(quantity)::int as quantity from gone group by earmark_id) g where e.id = g.earmark_id`,
    );
  if (taken.length === 0) return;
  await run(
    ctx.tx,
    sql`with used as (
        insert into inventory.earmark_use (order_id, line_no, earmark_id, quantity)
        select "orderId", "lineNo", "earmarkId", sum(quantity)::int
        from jsonb_to_recordset(${json(taken)}) as t ("orderId" uuid, "lineNo" int, "earmarkId" uuid, quantity int)
        group by "orderId", "lineNo", "earmarkId"
        on conflict (order_id, line_no, earmark_id) do update set quantity = earmark_use.quantity + excluded.quantity
      )
      update inventory.earmark e set taken = e.taken + t.quantity
      from (select "earmarkId", sum(quantity)::int as quantity
        from jsonb_to_recordset(${json(taken)}) as t ("earmarkId" uuid, quantity int) group by "earmarkId") t
      where e.id = t."earmarkId"`,
  );
}
