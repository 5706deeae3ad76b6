import { sql } from 'kysely';
import { componentsOf } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { lockLevels } from './lock-levels.ts';
import { expandKits, type Kits } from './kits.ts';
import { promiseInTurn, type Shortage, sumByPlace, type Wanted } from './stock.ts';

export interface PromiseLine extends Wanted {
  lineNo: number;
}

export interface PromiseStock {
  orderId: string;
  /** Who sells: its rules decide what is usable, its earmarks are used first. */
  channel: string;
  lines: readonly PromiseLine[];
  /** An open promise that this one takes the place of, such as a cart's hold. */
  insteadOf?: string | undefined;
}

/**
 * Promises units to orders that are decided together, in the order given: every line of an order, or none of it. No unit is ever
 * promised twice, however many processes do so: the stock rows are locked in the one order. Kits promise their components. Answers
 * for each order what falls short, nothing when it was promised; a refused order keeps the promise that it came with. Who knows the kits
 * among the SKUs already says so, and saves asking.
 */
export async function promiseStocks(ctx: Ctx, claims: readonly PromiseStock[], knownKits?: Kits): Promise<Shortage[][]> {
  const kits = knownKits ?? (await kitsAmong(ctx, claims));
  const wanted = claims.map((claim) => ({ ...claim, lines: expandKits(claim.lines, kits) }));
  const held = await lockHeld(
    ctx,
    claims.flatMap(({ insteadOf }) => insteadOf ?? []),
  );
  const levels = await lockLevels(ctx, sumByPlace([...wanted.flatMap(({ lines }) => lines), ...[...held.values()].flat()]));

  const { shortages, changes } = promiseInTurn(
    levels,
    wanted.map(({ lines, insteadOf }) => ({ lines, givesBack: (insteadOf && held.get(insteadOf)) || [] })),
  );
  await save(ctx, {
    changes,
    promised: wanted.filter((_, index) => shortages[index]?.length === 0),
  });
  return shortages;
}

/**
 * Promises units to one order: every line, or none. Refuses `stock.insufficient` with each SKU that falls short and what is still
 * available.
 */
export async function promiseStock(ctx: Ctx, claim: PromiseStock): Promise<void> {
  const [short = []] = await promiseStocks(ctx, [claim]);
  if (short.length > 0) refuse('stock.insufficient', { lines: short });
}

const kitsAmong = (ctx: Ctx, claims: readonly PromiseStock[]): Promise<Kits> =>
  componentsOf(
    ctx.tx,
    claims.flatMap((claim) => claim.lines.map((line) => line.sku)),
  );

/** What other promises still hold, their rows locked so that nobody gives them back meanwhile. */
async function lockHeld(ctx: Ctx, orderIds: readonly string[]): Promise<Map<string, Wanted[]>> {
  if (orderIds.length === 0) return new Map();
  const rows = await run(
    ctx.tx,
    sql<Wanted & { orderId: string }>`select order_id as "orderId", sku, location, quantity from inventory.reservation
      where order_id = any(${orderIds}::uuid[]) and state = 'held' order by order_id, line_no, sku for update`,
  );
  return Map.groupBy(rows, (row) => row.orderId);
}

interface Saved {
  changes: readonly Wanted[];
  promised: readonly PromiseStock[];
}

async function save(ctx: Ctx, { changes, promised }: Saved): Promise<void> {
  if (promised.length === 0) return;
  const given = promised.flatMap(({ insteadOf }) => insteadOf ?? []);
  if (given.length > 0)
    await run(
      ctx.tx,
      sql`update inventory.reservation set state = 'released', at = ${ctx.now}
        where order_id = any(${given}::uuid[]) and state = 'held'`,
    );
  const rows = promised.flatMap(({ orderId, channel, lines }) => lines.map((line) => ({ orderId, channel, ...line })));
  await run(
    ctx.tx,
    sql`with taken as (
        update inventory.stock s set promised = s.promised + w.quantity
        from unnest(${changes.map((one) => one.sku)}::text[], ${changes.map((one) => one.location)}::text[],
          ${changes.map((one) => one.quantity)}::int[]) as w (sku, location, quantity)
        where s.sku = w.sku and s.location = w.location
      )
      insert into inventory.reservation (order_id, line_no, sku, location, channel, quantity, at)
      select order_id, line_no, sku, location, channel, quantity, ${ctx.now}
      from unnest(${rows.map((row) => row.orderId)}::uuid[], ${rows.map((row) => row.lineNo)}::int[], ${rows.map((row) => row.sku)}::text[],
        ${rows.map((row) => row.location)}::text[], ${rows.map((row) => row.channel)}::text[], ${rows.map((row) => row.quantity)}::int[])
        as l (order_id, line_no, sku, location, channel, quantity)
      on conflict (order_id, line_no, sku, location) do update set state = 'held', quantity = excluded.quantity, at = excluded.at
        where reservation.state = 'released'`,
  );
}
