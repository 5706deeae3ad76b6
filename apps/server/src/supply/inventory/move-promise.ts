import { sql } from 'kysely';
import { componentsOf } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { dayOf } from '../../platform/time.ts';
import { expandKits, type Kits } from './kits.ts';
import { saveUses } from './earmark/save-uses.ts';
import { freeLimits } from './give-back.ts';
import { lockLevels } from './lock-levels.ts';
import { type Outcome, promiseInTurn } from './promise.ts';
import { sumByPlace, type Wanted } from './stock.ts';

export interface MovedLine {
  lineNo: number;
  /** The SKU that was sold; a kit moves with its components. */
  sku: string;
  from: string;
  to: string;
  quantity: number;
}

export interface MovePromise {
  orderId: string;
  moves: readonly MovedLine[];
}

/**
 * Pins an order's promise to other places: every move, or none, and at no moment are the units anybody else's. Refuses
 * `stock.insufficient` when a new place cannot cover it, or the old one does not hold as much.
 */
export async function movePromise(ctx: Ctx, { orderId, moves }: MovePromise, knownKits?: Kits): Promise<void> {
  if (moves.length === 0) return;
  const kits =
    knownKits ??
    (await componentsOf(
      ctx.tx,
      moves.map(({ sku }) => sku),
    ));
  const parts = expandKits(
    moves.map(({ from, ...move }) => ({ ...move, location: from })),
    kits,
  );
  const held = await lockHeld(ctx, orderId);
  const leaving = sumByLine(parts);
  for (const line of leaving) {
    const there = held.get(lineKey(line))?.quantity ?? 0;
    if (there < line.quantity)
      refuse('stock.insufficient', {
        lines: [{ sku: line.sku, location: line.location, quantity: line.quantity, available: there }],
      });
  }

  const [first] = held.values();
  const channel = first?.channel ?? '';
  const coming = sumByLine(parts.map(({ to, ...part }) => ({ ...part, location: to })));
  const levels = await lockLevels(ctx, sumByPlace([...leaving, ...coming]), [channel]);
  const outcome = promiseInTurn(levels, [{ channel, lines: coming, givesBack: leaving }], dayOf(ctx.now));
  const [short = []] = outcome.shortages;
  if (short.length > 0) refuse('stock.insufficient', { lines: short });
  await save(ctx, { orderId, channel }, { ...outcome, leaving, coming });
  const gone = leaving.flatMap((line) => {
    const row = held.get(lineKey(line));
    return row === undefined ? [] : [{ ...line, orderId, held: row.quantity, shipped: row.shipped }];
  });
  await freeLimits(ctx, gone, levels);
  const taken = outcome.uses.map(({ lineNo, earmarkId, quantity }) => ({ orderId, lineNo, earmarkId, quantity }));
  await saveUses(ctx, { given: [], taken, hasGiven: false });
}

interface Line extends Wanted {
  lineNo: number;
}

const lineKey = ({ lineNo, sku, location }: Pick<Line, 'lineNo' | 'sku' | 'location'>): string =>
  `${lineNo}\n${sku}\n${location}`;

function sumByLine(lines: readonly Line[]): Line[] {
  const sums = new Map<string, Line>();
  for (const { lineNo, sku, location, quantity } of lines) {
    const key = lineKey({ lineNo, sku, location });
    sums.set(key, { lineNo, sku, location, quantity: (sums.get(key)?.quantity ?? 0) + quantity });
  }
  return [...sums.values()];
}

interface HeldLine extends Line {
  channel: string;
  shipped: number;
}

async function lockHeld(ctx: Ctx, orderId: string): Promise<Map<string, HeldLine>> {
  const rows = await run(
    ctx.tx,
    sql<HeldLine>`select line_no as "lineNo", sku, location, channel, quantity, shipped from inventory.reservation
      where order_id = ${orderId} and state = 'held' order by line_no, sku, location for update`,
  );
  return new Map(rows.map((row) => [lineKey(row), row]));
}

interface Saved extends Pick<Outcome, 'changes'> {
  leaving: readonly Line[];
  coming: readonly Line[];
}

async function save(
  ctx: Ctx,
  { orderId, channel }: { orderId: string; channel: string },
  { changes, leaving, coming }: Saved,
): Promise<void> {
  await run(
    ctx.tx,
    sql`update inventory.stock s set promised = s.promised + c.quantity
      from jsonb_to_recordset(${json(changes)}) as c (sku text, location text, quantity int)
      where s.sku = c.sku and s.location = c.location`,
  );
  await run(
    ctx.tx,
    sql`update inventory.reservation r set at = ${ctx.now},
        state = case when r.quantity = l.quantity then 'released' else r.state end,
        quantity = case when r.quantity = l.quantity then r.quantity else r.quantity - l.quantity end
      from jsonb_to_recordset(${json(leaving)}) as l ("lineNo" int, sku text, location text, quantity int)
      where r.order_id = ${orderId} and r.line_no = l."lineNo" and r.sku = l.sku and r.location = l.location`,
  );
  await run(
    ctx.tx,
    sql`insert into inventory.reservation as r (order_id, line_no, sku, location, channel, quantity, at)
      select ${orderId}::uuid, c."lineNo", c.sku, c.location, ${channel}, c.quantity, ${ctx.now}
      from jsonb_to_recordset(${json(coming)}) as c ("lineNo" int, sku text, location text, quantity int)
      on conflict (order_id, line_no, sku, location) do update set state = 'held', at = excluded.at,
        quantity = excluded.quantity + case when r.state = 'held' then r.quantity else 0 end`,
  );
}
