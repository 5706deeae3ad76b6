import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { dayOf } from '../../../platform/time.ts';
import { rulesFor } from '../limits.ts';
import { readLimits } from '../read-limits.ts';
import { levelKey } from '../stock.ts';
import { firstExpiring, isUsable } from './lot.ts';

export interface SetAside {
  orderId: string;
  lineNo: number;
  sku: string;
  lot: string;
  quantity: number;
}

/** The units of lots that are set aside at a location for these orders, first expiring first. */
export const setAsideFor = (
  ctx: Ctx,
  { location, orderIds }: { location: string; orderIds: readonly string[] },
): Promise<SetAside[]> =>
  run(
    ctx.tx,
    sql<SetAside>`select a.order_id as "orderId", a.line_no as "lineNo", a.sku, a.lot, a.quantity
      from inventory.allocation a left join inventory.lot l on l.sku = a.sku and l.location = a.location and l.code = a.lot
      where a.location = ${location} and a.order_id in (select jsonb_array_elements_text(${json(orderIds)})::uuid)
      order by a.order_id, a.line_no, a.sku, l.expires_on nulls last, a.lot`,
  );

/** Lots of a SKU at a location that may leave today for a channel, first expiring first. */
export async function usableLotsAt(
  ctx: Ctx,
  { location, sku, channel }: { location: string; sku: string; channel: string },
): Promise<string[]> {
  const limits = (await readLimits(ctx, [{ sku, location }], [channel])).get(levelKey({ sku, location }));
  const need = { day: dayOf(ctx.now), minimumLifeDays: rulesFor(limits, channel).minimumLifeDays };
  return (limits?.lots ?? [])
    .filter((lot) => isUsable(lot, need))
    .toSorted(firstExpiring)
    .map(({ code }) => code);
}

/** Whether a serial number lies at a location, and is nobody's. */
export async function isSerialAt(
  ctx: Ctx,
  { location, sku, serial }: { location: string; sku: string; serial: string },
): Promise<boolean> {
  const rows = await run(
    ctx.tx,
    sql`select from inventory.serial where sku = ${sku} and serial = ${serial} and location = ${location} and state = 'in_stock'`,
  );
  return rows.length > 0;
}
