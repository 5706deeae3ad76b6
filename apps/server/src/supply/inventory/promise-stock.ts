import { sql } from 'kysely';
import { componentsOf } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { dayOf } from '../../platform/time.ts';
import { lockLevels } from './lock-levels.ts';
import { expandKits, type Kits } from './kits.ts';
import { type Outcome, promiseInTurn, type TurnLine } from './promise.ts';
import { saveUses } from './earmark/save-uses.ts';
import { saveAhead } from './ahead/save-ahead.ts';
import { type Shortage, sumByPlace, type Wanted } from './stock.ts';

export type PromiseLine = TurnLine;

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
 * promised twice, however many processes do so: the stock rows are locked in the one order. What may be used is judged for the channel
 * on this day; its earmarks are used first. A line that was sold with a day waits for units to come when none is there. Kits promise
 * their components. Answers for each order what falls short, nothing when it was promised; a refused order keeps the promise that it came
 * with. Who knows the kits among the SKUs already says so, and saves asking.
 */
export async function promiseStocks(ctx: Ctx, claims: readonly PromiseStock[], knownKits?: Kits): Promise<Shortage[][]> {
  const kits = knownKits ?? (await kitsAmong(ctx, claims));
  const wanted = claims.map((claim) => ({ ...claim, lines: expandKits(claim.lines, kits) }));
  const held = await lockHeld(
    ctx,
    claims.flatMap(({ insteadOf }) => insteadOf ?? []),
  );
  const levels = await lockLevels(
    ctx,
    sumByPlace([...wanted.flatMap(({ lines }) => lines), ...[...held.values()].flat()]),
    wanted.map(({ channel }) => channel),
  );
  const isLimited = [...levels.values()].some(({ limits }) => limits !== undefined);
  const uses = isLimited ? await usesOf(ctx, [...held.keys()]) : new Map<string, HeldUse[]>();

  const turns = wanted.map(({ channel, lines, insteadOf }) => ({ channel, lines, givesBack: givenBy(insteadOf, held, uses) }));
  const outcome = promiseInTurn(levels, turns, dayOf(ctx.now));
  const hasGiven = [...uses.values()].some((own) => own.length > 0);
  await save(
    ctx,
    wanted.map((claim, index) => ({ ...claim, isPromised: outcome.shortages[index]?.length === 0 })),
    { ...outcome, hasGiven },
  );
  return outcome.shortages;
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

interface Held extends Wanted {
  orderId: string;
  lineNo: number;
}

/** What other promises still hold, their rows locked so that nobody gives them back meanwhile. */
async function lockHeld(ctx: Ctx, orderIds: readonly string[]): Promise<Map<string, Held[]>> {
  if (orderIds.length === 0) return new Map();
  const rows = await run(
    ctx.tx,
    sql<Held>`select order_id as "orderId", line_no as "lineNo", sku, location, quantity from inventory.reservation
      where order_id = any(${orderIds}::uuid[]) and state = 'held' order by order_id, line_no, sku, location for update`,
  );
  return Map.groupBy(rows, (row) => row.orderId);
}

interface HeldUse {
  orderId: string;
  lineNo: number;
  sku: string;
  earmarkId: string;
  quantity: number;
}

async function usesOf(ctx: Ctx, orderIds: readonly string[]): Promise<Map<string, HeldUse[]>> {
  if (orderIds.length === 0) return new Map();
  const rows = await run(
    ctx.tx,
    sql<HeldUse>`select u.order_id as "orderId", u.line_no as "lineNo", e.sku, e.id as "earmarkId", u.quantity
      from inventory.earmark_use u join inventory.earmark e on e.id = u.earmark_id where u.order_id = any(${orderIds}::uuid[])`,
  );
  return Map.groupBy(rows, (row) => row.orderId);
}

const givenBy = (id: string | undefined, held: ReadonlyMap<string, Held[]>, uses: ReadonlyMap<string, HeldUse[]>) =>
  (id === undefined ? [] : (held.get(id) ?? [])).map((line) => ({
    ...line,
    uses: uses.get(line.orderId)?.filter((use) => use.lineNo === line.lineNo && use.sku === line.sku) ?? [],
  }));

type Claim = PromiseStock & { isPromised: boolean };

async function save(
  ctx: Ctx,
  claims: readonly Claim[],
  { changes, uses, ahead, hasGiven }: Outcome & { hasGiven: boolean },
): Promise<void> {
  const promised = claims.filter(({ isPromised }) => isPromised);
  if (promised.length === 0) return;
  const given = promised.flatMap(({ insteadOf }) => insteadOf ?? []);
  if (given.length > 0) await release(ctx, given);
  const waits = new Set(ahead.map(({ turn, lineNo, sku }) => `${turn} ${lineNo} ${sku}`));
  const rows = claims.flatMap(({ orderId, channel, lines, isPromised }, turn) =>
    isPromised
      ? lines.flatMap((line) => (waits.has(`${turn} ${line.lineNo} ${line.sku}`) ? [] : [{ orderId, channel, ...line }]))
      : [],
  );
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
      on conflict (order_id, line_no, sku, location) do update set state = 'held', at = excluded.at,
        quantity = excluded.quantity + case when reservation.state = 'held' then reservation.quantity else 0 end`,
  );
  const orderOf = (turn: number) => claims[turn]?.orderId ?? '';
  await saveUses(ctx, { given, hasGiven, taken: uses.map(({ turn, ...use }) => ({ ...use, orderId: orderOf(turn) })) });
  await saveAhead(
    ctx,
    ahead.map(({ turn, ...line }) => ({ ...line, orderId: orderOf(turn), channel: claims[turn]?.channel ?? '' })),
  );
}

const release = (ctx: Ctx, orderIds: readonly string[]) =>
  run(
    ctx.tx,
    sql`update inventory.reservation set state = 'released', at = ${ctx.now}
      where order_id = any(${orderIds}::uuid[]) and state = 'held'`,
  );
