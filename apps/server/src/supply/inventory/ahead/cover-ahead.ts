import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { emit } from '../../../platform/events.ts';
import { dayOf } from '../../../platform/time.ts';
import { saveUses } from '../earmark/save-uses.ts';
import { aheadCovered } from '../events.ts';
import { lockLevels } from '../lock-levels.ts';
import { promiseInTurn } from '../promise.ts';
import { type Level, levelKey, sumByPlace, type Wanted } from '../stock.ts';

interface Waiting extends Wanted {
  orderId: string;
  lineNo: number;
  channel: string;
  fromDay: string;
}

/**
 * Gives units that came to the orders that were sold them ahead, in the sequence in which these were placed; nobody else could take them
 * meanwhile. Announces the orders that wait for nothing any more. Safe to run twice: only what still waits is served.
 */
export async function coverAhead(ctx: Ctx, places: readonly { sku: string; location: string }[]): Promise<void> {
  const waiting = await run(
    ctx.tx,
    sql<Waiting>`select a.order_id as "orderId", a.line_no as "lineNo", a.sku, a.location, a.quantity, a.channel, a.from_day as "fromDay"
      from inventory.ahead_promise a
      where a.state = 'waiting' and (a.sku, a.location) in (select sku, location from jsonb_to_recordset(${json(places)}) as p (sku text, location text))
      order by a.order_id, a.line_no, a.sku, a.location for update`,
  );
  if (waiting.length === 0) return;
  const levels = await lockLevels(
    ctx,
    sumByPlace(waiting),
    waiting.map(({ channel }) => channel),
  );
  const { covered, uses } = serve(levels, waiting, dayOf(ctx.now));
  if (covered.length === 0) return;
  await save(ctx, covered);
  await saveUses(ctx, { given: [], taken: uses, hasGiven: false });
  const orderIds = await waitingNoMore(ctx, covered);
  if (orderIds.length > 0) await emit(ctx, aheadCovered, { orderIds });
}

/** Each in its turn: units that lines before it still wait for are kept from it, those of the lines behind it are not. */
function serve(start: ReadonlyMap<string, Level>, waiting: readonly Waiting[], day: string) {
  const levels = new Map([...start].map(([key, level]) => [key, withWaiting(level, 0)]));
  const covered: Waiting[] = [];
  const uses: { orderId: string; lineNo: number; earmarkId: string; quantity: number }[] = [];
  for (const line of waiting) {
    const level = levels.get(levelKey(line));
    if (level?.limits === undefined) continue;
    const turn = { channel: line.channel, lines: [line], givesBack: [] };
    const { shortages, uses: used } = promiseInTurn(new Map([[levelKey(line), level]]), [turn], day);
    if (shortages[0]?.length !== 0) {
      levels.set(levelKey(line), withWaiting(level, level.limits.waiting + line.quantity));
      continue;
    }
    const taken = new Map(used.map(({ earmarkId, quantity }) => [earmarkId, quantity]));
    const earmarks = level.limits.earmarks.map((one) => ({ ...one, left: one.left - (taken.get(one.id) ?? 0) }));
    levels.set(levelKey(line), { ...level, promised: level.promised + line.quantity, limits: { ...level.limits, earmarks } });
    covered.push(line);
    uses.push(...used.map(({ earmarkId, quantity }) => ({ orderId: line.orderId, lineNo: line.lineNo, earmarkId, quantity })));
  }
  return { covered, uses };
}

const withWaiting = (level: Level, waiting: number): Level =>
  level.limits === undefined ? level : { ...level, limits: { ...level.limits, waiting } };

const save = (ctx: Ctx, covered: readonly Waiting[]) =>
  run(
    ctx.tx,
    sql`with given as (
        select * from jsonb_to_recordset(${json(covered)})
          as c ("orderId" uuid, "lineNo" int, sku text, location text, quantity int, channel text, "fromDay" date)
      ), done as (
        update inventory.ahead_promise p set state = 'covered', at = ${ctx.now} from given g
        where p.order_id = g."orderId" and p.line_no = g."lineNo" and p.sku = g.sku and p.location = g.location
      ), freed as (
        update inventory.ahead a set promised = a.promised - g.units, units_max = a.units_max - g.units
        from (select sku, location, "fromDay", sum(quantity)::int as units from given group by 1, 2, 3) g
        where a.sku = g.sku and a.location = g.location and a.from_day = g."fromDay"
      ), kept as (
        insert into inventory.reservation as r (order_id, line_no, sku, location, channel, quantity, at)
        select "orderId", "lineNo", sku, location, channel, quantity, ${ctx.now} from given
        on conflict (order_id, line_no, sku, location) do update set state = 'held', at = excluded.at,
          quantity = excluded.quantity + case when r.state = 'held' then r.quantity else 0 end
      )
      update inventory.stock s set promised = s.promised + g.units
      from (select sku, location, sum(quantity)::int as units from given group by 1, 2) g
      where s.sku = g.sku and s.location = g.location`,
  );

async function waitingNoMore(ctx: Ctx, covered: readonly Waiting[]): Promise<string[]> {
  const orderIds = [...new Set(covered.map(({ orderId }) => orderId))];
  const rows = await run(
    ctx.tx,
    sql<{ orderId: string }>`select distinct order_id as "orderId" from inventory.ahead_promise
      where order_id = any(${orderIds}::uuid[]) and state = 'waiting'`,
  );
  const still = new Set(rows.map(({ orderId }) => orderId));
  return orderIds.filter((orderId) => !still.has(orderId));
}
