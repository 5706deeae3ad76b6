import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { lockLevels } from './lock-levels.ts';
import { type Level, sumByPlace, type Wanted } from './stock.ts';

/** Units of a line's promise at a place that nobody needs any more. */
export interface Gone extends Wanted {
  orderId: string;
  lineNo: number;
  /** Units that the line held there before. */
  held: number;
  /** Units of it that were shipped from there. */
  shipped: number;
}

/** Takes units off what is promised, and gives back what they held of lots and earmarks. Answers how many. */
export async function giveBack(ctx: Ctx, gone: readonly Gone[]): Promise<number> {
  if (gone.length === 0) return 0;
  const given = sumByPlace(gone);
  const levels = await lockLevels(ctx, given);
  await run(
    ctx.tx,
    sql`update inventory.stock s set promised = s.promised - g.quantity
      from jsonb_to_recordset(${json(given)}) as g (sku text, location text, quantity int)
      where s.sku = g.sku and s.location = g.location`,
  );
  await freeLimits(ctx, gone, levels);
  return given.reduce((sum, line) => sum + line.quantity, 0);
}

/** What units that go held of lots and earmarks is free again; no statement where nothing limits. */
export async function freeLimits(ctx: Ctx, gone: readonly Gone[], levels: ReadonlyMap<string, Level>): Promise<void> {
  if (![...levels.values()].some(({ hasLimits }) => hasLimits)) return;
  await freeLots(ctx, gone);
  await freeEarmarks(ctx, gone);
}

/** Allocations beyond what the line still holds are undone, last expiring first. */
export const freeLots = (ctx: Ctx, gone: readonly Omit<Gone, 'shipped'>[]) =>
  run(
    ctx.tx,
    sql`with gone as (${goneRows(gone)}), spread as (
        select a.*, l.id as lot_id, sum(a.quantity) over w - a.quantity as before,
          sum(a.quantity) over (partition by a.order_id, a.line_no, a.sku, a.location) - (g.held - g.quantity) as excess
        from gone g
        join inventory.allocation a on a.order_id = g."orderId" and a.line_no = g."lineNo" and a.sku = g.sku and a.location = g.location
        join inventory.lot l on l.sku = a.sku and l.location = a.location and l.code = a.lot
        window w as (partition by a.order_id, a.line_no, a.sku, a.location order by l.expires_on desc nulls first, a.lot desc)
      ), back as (
        select *, least(quantity, excess - before)::int as units from spread where excess > before
      ), lowered as (
        update inventory.allocation a set quantity = a.quantity - b.units from back b
        where a.order_id = b.order_id and a.line_no = b.line_no and a.sku = b.sku and a.location = b.location and a.lot = b.lot
          and b.units < b.quantity
      ), removed as (
        delete from inventory.allocation a using back b
        where a.order_id = b.order_id and a.line_no = b.line_no and a.sku = b.sku and a.location = b.location and a.lot = b.lot
          and b.units = b.quantity
      )
      update inventory.lot l set allocated = l.allocated - b.units
      from (select lot_id, sum(units)::int as units from back group by lot_id) b where l.id = b.lot_id`,
  );

/** An earmark gets back what the line no longer uses of it: units that were nobody's go first, and what was shipped is taken for good. */
const freeEarmarks = (ctx: Ctx, gone: readonly Gone[]) =>
  run(
    ctx.tx,
    sql`with gone as (${goneRows(gone)}), back as (
        select u.order_id, u.line_no, u.earmark_id, u.quantity,
          greatest(0, greatest(0, u.quantity - g.shipped) - (g.held - g.quantity))::int as units
        from gone g
        join inventory.earmark_use u on u.order_id = g."orderId" and u.line_no = g."lineNo"
        join inventory.earmark e on e.id = u.earmark_id and e.sku = g.sku and e.location = g.location
      ), lowered as (
        update inventory.earmark_use u set quantity = u.quantity - b.units from back b
        where u.order_id = b.order_id and u.line_no = b.line_no and u.earmark_id = b.earmark_id and b.units > 0 and b.units < b.quantity
      ), removed as (
        delete from inventory.earmark_use u using back b
        where u.order_id = b.order_id and u.line_no = b.line_no and u.earmark_id = b.earmark_id and b.units = b.quantity
      )
      update inventory.earmark e set taken = e.taken - b.units
      from (select earmark_id, sum(units)::int as units from back group by earmark_id) b where e.id = b.earmark_id and b.units > 0`,
  );

const goneRows = (gone: readonly Omit<Gone, 'shipped'>[]) =>
  sql`select * from jsonb_to_recordset(${json(gone)})
    as g ("orderId" uuid, "lineNo" int, sku text, location text, quantity int, held int, shipped int)`;
