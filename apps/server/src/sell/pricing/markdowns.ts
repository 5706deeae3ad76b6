import { sql } from 'kysely';
import { findSkus } from '../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { brokeConstraint, json, run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { priceChanged } from './events.ts';
import { floorOf } from './price.ts';
import { pricesAt } from './prices-at.ts';
import { lockSkus } from './set-prices.ts';

export interface ScheduleMarkdowns {
  /** What asks for it, `decision:…`; ends them together. */
  cause: string;
  /** Only in this channel; everywhere when absent. */
  channel?: string | undefined;
  rows: readonly { sku: string; amountFen: number }[];
  validFrom: Date;
  validTo: Date;
}

const rowsMax = 1000;

/**
 * Lowers prices from one instant to another: all rows, or none. Answers how many.
 * Refuses `price.below_floor` with every SKU that would break the margin floor, `price.missing` without a price to lower, and
 * `price.invalid_window` when the window is empty or over, or crosses a mark-down that is already set.
 */
export async function scheduleMarkdowns(
  ctx: Ctx,
  { cause, channel, rows, validFrom, validTo }: ScheduleMarkdowns,
): Promise<number> {
  const window = { validFrom: validFrom.toISOString(), validTo: validTo.toISOString() };
  if (validTo <= validFrom || validTo <= ctx.now) refuse('price.invalid_window', window);
  const skus = rows.map((row) => row.sku);
  await checkRows(ctx, { channel, rows, validFrom });

  await lockSkus(ctx, skus);
  const crossing = await findCrossing(ctx, { skus, channel, validFrom, validTo });
  if (crossing.length > 0) refuse('price.invalid_window', { ...window, sku: crossing[0], skus: crossing });
  try {
    await run(
      ctx.tx,
      sql`insert into pricing.price (sku, channel, kind, amount_fen, valid_from, valid_to, cause, created_by, created_at)
        select sku, ${channel ?? null}, 'markdown', "amountFen", ${validFrom}, ${validTo}, ${cause}, ${actorLabel(ctx.actor).name}, ${ctx.now}
        from jsonb_to_recordset(${json(rows)}) as g (sku text, "amountFen" bigint) order by sku`,
    );
  } catch (error) {
    if (brokeConstraint(error, 'price_windows_do_not_overlap')) refuse('price.invalid_window', window); // the same SKU twice in one call
    throw error;
  }

  await announce(ctx, skus);
  return rows.length;
}

/** Ends the mark-downs of a cause now; one that has not begun never does. Answers how many. Safe to call twice. */
export async function endMarkdowns(ctx: Ctx, { cause }: { cause: string }): Promise<number> {
  const open = await run(
    ctx.tx,
    sql<{ sku: string }>`select sku from pricing.price where kind = 'markdown' and cause = ${cause} and valid_to > ${ctx.now}`,
  );
  if (open.length === 0) return 0;
  await lockSkus(
    ctx,
    open.map((row) => row.sku),
  );
  const ended = await run(
    ctx.tx,
    sql<{ sku: string }>`with dropped as (
        delete from pricing.price where kind = 'markdown' and cause = ${cause} and valid_from >= ${ctx.now} returning sku
      ), cut as (
        update pricing.price set valid_to = ${ctx.now}
        where kind = 'markdown' and cause = ${cause} and valid_from < ${ctx.now} and valid_to > ${ctx.now} returning sku
      )
      select sku from dropped union all select sku from cut`,
  );
  await announce(
    ctx,
    ended.map((row) => row.sku),
  );
  return ended.length;
}

async function checkRows(
  ctx: Ctx,
  { channel, rows, validFrom }: Pick<ScheduleMarkdowns, 'channel' | 'rows' | 'validFrom'>,
): Promise<void> {
  const skus = rows.map((row) => row.sku);
  const facts = await findSkus(ctx.tx, skus);
  const unknown = skus.find((sku) => !facts.has(sku));
  if (unknown !== undefined) refuse('sku.not_found', { sku: unknown });
  const prices = await pricesAt(ctx.tx, { skus, channel: channel ?? '', at: validFrom });
  const unpriced = skus.find((sku) => !prices.has(sku));
  if (unpriced !== undefined) refuse('price.missing', { sku: unpriced });
  const below = rows.flatMap(({ sku, amountFen }) => {
    const fact = facts.get(sku);
    const floorFen = fact === undefined ? 0 : floorOf(fact);
    return amountFen < floorFen ? [{ sku, amountFen, floorFen }] : [];
  });
  if (below[0] !== undefined) refuse('price.below_floor', { ...below[0], skus: below.map((row) => row.sku) });
}

async function findCrossing(
  ctx: Ctx,
  { skus, channel, validFrom, validTo }: { skus: readonly string[]; channel: string | undefined; validFrom: Date; validTo: Date },
): Promise<string[]> {
  const rows = await run(
    ctx.tx,
    sql<{ sku: string }>`select distinct sku from pricing.price
      where kind = 'markdown' and sku = any(${skus}::text[]) and channel is not distinct from ${channel ?? null}
        and valid_from < ${validTo} and valid_to > ${validFrom} order by sku`,
  );
  return rows.map((row) => row.sku);
}

async function announce(ctx: Ctx, skus: readonly string[]): Promise<void> {
  const all = [...new Set(skus)];
  for (let start = 0; start < all.length; start += rowsMax)
    await emit(ctx, priceChanged, { skus: all.slice(start, start + rowsMax) });
}
