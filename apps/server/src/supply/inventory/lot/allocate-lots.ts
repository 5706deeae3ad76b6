import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { dayOf } from '../../../platform/time.ts';
import { rulesFor } from '../limits.ts';
import { lockLevels } from '../lock-levels.ts';
import { type Level, levelKey, sumByPlace, type Wanted } from '../stock.ts';
import { withAllocations } from './allocations.ts';
import { chooseLots, type LotShare } from './choose-lots.ts';
import { isUsable } from './lot.ts';

interface HeldLine extends Wanted {
  orderId: string;
  lineNo: number;
  channel: string;
}

/** Units of a line that no usable lot covers: they were promised, and expired or were recalled since. */
export type Unallocated = Omit<HeldLine, 'channel'>;

/**
 * Sets units of lots aside for released orders, first expired first out, in the sequence in which the orders were placed; a line may take
 * several lots. Called again it keeps what is still usable and mends the rest. Lines of SKUs without lots need nothing. Answers the units
 * that no usable lot covers.
 */
export async function allocateLots(ctx: Ctx, orderIds: readonly string[]): Promise<Unallocated[]> {
  if (orderIds.length === 0) return [];
  const held = await run(
    ctx.tx,
    sql<HeldLine>`select r.order_id as "orderId", r.line_no as "lineNo", r.sku, r.location, r.channel, r.quantity
      from inventory.reservation r join inventory.stock s using (sku, location)
      where r.order_id = any(${[...orderIds]}::uuid[]) and r.state = 'held' and s.has_limits
      order by r.order_id, r.line_no, r.sku, r.location for update of r`, // ids of orders are in the sequence of their placing
  );
  if (held.length === 0) return [];
  const levels = await lockLevels(
    ctx,
    sumByPlace(held),
    held.map(({ channel }) => channel),
  );
  const lines = (await withAllocations(ctx, held, levels)).map((line) => judged(ctx, line, levels));
  const open = lines.map(({ line, kept }) => ({ ...line, quantity: line.quantity - units(kept) }));

  const { parts, uncovered } = chooseLots(ctx, open, withoutDropped(levels, lines));
  await save(ctx, {
    dropped: lines.flatMap(({ line, dropped }) => dropped.map((share) => ({ ...line, ...share }))),
    added: parts.flatMap(({ index, ...part }) => (part.lot === undefined ? [] : [{ ...part, orderId: open[index]?.orderId }])),
  });
  return uncovered.flatMap(({ index, quantity }) => {
    const line = open[index];
    if (line === undefined) return [];
    const { orderId, lineNo, sku, location } = line;
    return [{ orderId, lineNo, sku, location, quantity }];
  });
}

const units = (shares: readonly LotShare[]): number => shares.reduce((sum, { quantity }) => sum + quantity, 0);

interface Judged {
  line: HeldLine;
  kept: LotShare[];
  dropped: LotShare[];
}

/** What was set aside before and may still be used stays, as far as the line needs it. */
function judged(
  ctx: Ctx,
  { allocated, ...line }: HeldLine & { allocated: LotShare[] },
  levels: ReadonlyMap<string, Level>,
): Judged {
  const limits = levels.get(levelKey(line))?.limits;
  const need = { day: dayOf(ctx.now), minimumLifeDays: rulesFor(limits, line.channel).minimumLifeDays };
  const isKept = ({ lot }: LotShare) => {
    const found = limits?.lots.find(({ code }) => code === lot);
    return found !== undefined && isUsable(found, need);
  };
  return { line, kept: allocated.filter(isKept), dropped: allocated.filter((share) => !isKept(share)) };
}

/** The lots as they are once what may not be used is set aside no more. */
function withoutDropped(levels: ReadonlyMap<string, Level>, lines: readonly Judged[]): Map<string, Level> {
  const freed = new Map<string, number>();
  for (const { line, dropped } of lines)
    for (const { lot, quantity } of dropped)
      freed.set(`${levelKey(line)}\n${lot}`, (freed.get(`${levelKey(line)}\n${lot}`) ?? 0) + quantity);
  return new Map(
    [...levels].map(([key, level]) => {
      if (level.limits === undefined) return [key, level];
      const lots = level.limits.lots.map((lot) => ({
        ...lot,
        allocated: lot.allocated - (freed.get(`${key}\n${lot.code}`) ?? 0),
      }));
      return [key, { ...level, limits: { ...level.limits, lots } }];
    }),
  );
}

async function save(ctx: Ctx, { dropped, added }: { dropped: readonly object[]; added: readonly object[] }): Promise<void> {
  if (dropped.length > 0)
    await run(
      ctx.tx,
      sql`with gone as (
          delete from inventory.allocation a using jsonb_to_recordset(${json(dropped)})
            as d ("orderId" uuid, "lineNo" int, sku text, location text, lot text)
          where a.order_id = d."orderId" and a.line_no = d."lineNo" and a.sku = d.sku and a.location = d.location and a.lot = d.lot
          returning a.sku, a.location, a.lot, a.quantity
        )
        update inventory.lot l set allocated = l.allocated - g.quantity
        from (select sku, location, lot, sum(quantity)::int as quantity from gone group by sku, location, lot) g
        where l.sku = g.sku and l.location = g.location and l.code = g.lot`,
    );
  if (added.length === 0) return;
  await run(
    ctx.tx,
    sql`with given as (
        select * from jsonb_to_recordset(${json(added)})
          as a ("orderId" uuid, "lineNo" int, sku text, location text, lot text, quantity int)
      ), kept as (
        insert into inventory.allocation as a (order_id, line_no, sku, location, lot, quantity, at)
        select "orderId", "lineNo", sku, location, lot, quantity, ${ctx.now} from given
        on conflict (order_id, line_no, sku, location, lot) do update set quantity = a.quantity + excluded.quantity
      )
      update inventory.lot l set allocated = l.allocated + g.quantity
      from (select sku, location, lot, sum(quantity)::int as quantity from given group by sku, location, lot) g
      where l.sku = g.sku and l.location = g.location and l.code = g.lot`,
  );
}
