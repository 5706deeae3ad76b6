import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run, type Tx } from '../../../platform/db.ts';
import { freeLots } from '../give-back.ts';
import { type Level, levelKey } from '../stock.ts';
import type { LotPart, LotShare } from './choose-lots.ts';

interface Line {
  orderId: string;
  lineNo: number;
  sku: string;
  location: string;
}

export interface Allocation extends Line, LotShare {
  expiresOn: string | null;
}

/** The lots that are set aside for these orders, first expiring first. */
export const allocationsOf = (tx: Tx, orderIds: readonly string[]): Promise<Allocation[]> =>
  run(
    tx,
    sql<Allocation>`select a.order_id as "orderId", a.line_no as "lineNo", a.sku, a.location, a.lot, a.quantity, l.expires_on as "expiresOn"
      from inventory.allocation a join inventory.lot l on l.sku = a.sku and l.location = a.location and l.code = a.lot
      where a.order_id = any(${[...orderIds]}::uuid[])
      order by a.order_id, a.line_no, a.sku, a.location, l.expires_on nulls last, a.lot`,
  );

const lineKey = ({ orderId, lineNo, sku, location }: Line): string => `${orderId}\n${lineNo}\n${sku}\n${location}`;

/** Lines with what is set aside for them; no statement where nothing limits. */
export async function withAllocations<L extends Line>(
  ctx: Ctx,
  lines: readonly L[],
  levels: ReadonlyMap<string, Level>,
): Promise<(L & { allocated: LotShare[] })[]> {
  const limited = lines.filter((line) => levels.get(levelKey(line))?.limits !== undefined);
  const orderIds = [...new Set(limited.map(({ orderId }) => orderId))];
  const found = Map.groupBy(orderIds.length === 0 ? [] : await allocationsOf(ctx.tx, orderIds), lineKey);
  return lines.map((line) => ({ ...line, allocated: found.get(lineKey(line)) ?? [] }));
}

/** Units that leave are set aside no more, and neither is what a line does not need any more. `promises` are what leaves of each. */
export async function useAllocations(
  ctx: Ctx,
  promises: readonly (Line & { quantity: number; held: number; isSetAside: boolean })[],
  parts: readonly (LotPart & { orderId: string })[],
): Promise<void> {
  const limited = promises.filter(({ isSetAside }) => isSetAside);
  if (limited.length === 0) return;
  await lower(
    ctx,
    parts.filter(({ lot }) => lot !== undefined),
  );
  await freeLots(ctx, limited);
}

const lower = (ctx: Ctx, used: readonly object[]) =>
  run(
    ctx.tx,
    sql`with used as (
        select a.*, least(a.quantity, u.quantity) as units from inventory.allocation a
        join (
          select "orderId", "lineNo", sku, location, lot, sum(quantity)::int as quantity
          from jsonb_to_recordset(${json(used)}) as g ("orderId" uuid, "lineNo" int, sku text, location text, lot text, quantity int)
          group by "orderId", "lineNo", sku, location, lot
        ) u on a.order_id = u."orderId" and a.line_no = u."lineNo" and a.sku = u.sku and a.location = u.location and a.lot = u.lot
      ), lowered as (
        update inventory.allocation a set quantity = a.quantity - u.units from used u
        where a.order_id = u.order_id and a.line_no = u.line_no and a.sku = u.sku and a.location = u.location and a.lot = u.lot
          and u.units < u.quantity
      ), removed as (
        delete from inventory.allocation a using used u
        where a.order_id = u.order_id and a.line_no = u.line_no and a.sku = u.sku and a.location = u.location and a.lot = u.lot
          and u.units = u.quantity
      )
      update inventory.lot l set allocated = l.allocated - u.units
      from (select sku, location, lot, sum(units)::int as units from used group by sku, location, lot) u
      where l.sku = u.sku and l.location = u.location and l.code = u.lot`,
  );
