import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { stockMoved } from './events.ts';
import { lockLevels } from './lock-levels.ts';
import { afterMove, byPlace, freeToLeave, type Level, levelKey, type Move } from './stock.ts';
import type { MovementKind } from './tables.ts';

export interface StockMove extends Move {
  /** The lot that the units belong to; its own balance moves with them. */
  lot?: string | undefined;
  /** Last usable day of a lot that comes in. */
  expiresOn?: string | undefined;
  /** Units of an open promise that leave with this movement. */
  fromPromise?: number;
  reason?: string | undefined;
}

interface MoveStock {
  kind: MovementKind;
  /** The document that made it happen, `order:2611220001`. */
  cause: string;
  moves: readonly StockMove[];
  /** When it happened, if not now (history). */
  at?: Date;
}

const movesMax = 1000;

/**
 * The only way a balance changes: every movement is written with who, why and what was left, and balances stay the sum of their
 * movements. All moves, or none. Answers each move with the unit cost at which it was booked.
 * Refuses `stock.insufficient` when units would leave that are not there, promised to others or unavailable.
 */
export async function moveStock(ctx: Ctx, { kind, cause, moves, at = ctx.now }: MoveStock): Promise<{ unitCostFen: number }[]> {
  const booked: { unitCostFen: number }[] = [];
  for (let start = 0; start < moves.length; start += movesMax) {
    booked.push(...(await moveSome(ctx, { kind, cause, at }, moves.slice(start, start + movesMax))));
  }
  return booked;
}

async function moveSome(ctx: Ctx, head: { kind: MovementKind; cause: string; at: Date }, moves: readonly StockMove[]) {
  const places = [
    ...new Map(moves.map((move) => [levelKey(move), { sku: move.sku, location: move.location }])).values(),
  ].toSorted(byPlace);
  await run(
    ctx.tx,
    sql`insert into inventory.stock (sku, location)
      select sku, location from jsonb_to_recordset(${json(places)}) as p (sku text, location text) on conflict do nothing`,
  );
  const levels = await lockLevels(ctx, places);

  const booked = moves.map((move) => book(levels, move));

  await moveLots(ctx, moves);
  await save(
    ctx,
    head,
    moves,
    booked,
    places.flatMap((place) => levels.get(levelKey(place)) ?? []),
  );
  return booked;
}

/** Applies one move to the levels in memory; refuses what is not there. */
function book(levels: Map<string, Level>, move: StockMove): { balance: number; unitCostFen: number } {
  const before = levels.get(levelKey(move));
  if (before === undefined)
    return refuse('stock.insufficient', { lines: [{ sku: move.sku, location: move.location, available: 0 }] });
  const unpromised = { ...before, promised: before.promised - (move.fromPromise ?? 0) };
  if (move.quantity < 0 && freeToLeave(unpromised) < -move.quantity) {
    const short = { sku: move.sku, location: move.location, quantity: -move.quantity, available: freeToLeave(unpromised) };
    return refuse('stock.insufficient', { lines: [short] });
  }
  const after = afterMove(unpromised, move);
  levels.set(levelKey(move), after);
  return {
    balance: after.onHand,
    unitCostFen: move.quantity > 0 ? (move.unitCostFen ?? before.unitCostFen) : before.unitCostFen,
  };
}

/** Lots move with their units; the locked stock rows keep them still. A lot cannot go below nothing: the constraint refuses. */
async function moveLots(ctx: Ctx, moves: readonly StockMove[]): Promise<void> {
  const lots = moves.filter((move) => move.lot !== undefined);
  if (lots.length === 0) return;
  await run(
    ctx.tx,
    sql`with given as (
        select sku, location, lot, min("expiresOn") as expires_on, sum(quantity)::int as quantity
        from jsonb_to_recordset(${json(lots)}) as l (sku text, location text, lot text, "expiresOn" date, quantity int) group by sku, location, lot
      ), lowered as (
        update inventory.lot set on_hand = on_hand + given.quantity from given
        where lot.sku = given.sku and lot.location = given.location and lot.code = given.lot and given.quantity < 0
      )
      insert into inventory.lot (sku, location, code, expires_on, on_hand)
      select sku, location, lot, expires_on, quantity from given where quantity > 0 order by sku, location, lot
      on conflict (sku, location, code) do update set on_hand = lot.on_hand + excluded.on_hand`,
  );
}

async function save(
  ctx: Ctx,
  { kind, cause, at }: { kind: MovementKind; cause: string; at: Date },
  moves: readonly StockMove[],
  booked: readonly { balance: number; unitCostFen: number }[],
  levels: readonly Level[],
): Promise<void> {
  const rows = moves.map((move, index) => ({
    sku: move.sku,
    location: move.location,
    quantity: move.quantity,
    reason: move.reason ?? null,
    lot: move.lot ?? null,
    ...booked[index],
  }));
  const written = await run(
    ctx.tx,
    sql<{ id: string }>`with saved as (
        update inventory.stock s set on_hand = l."onHand", promised = l.promised, unit_cost_fen = l."unitCostFen"
        from jsonb_to_recordset(${json(levels)}) as l (sku text, location text, "onHand" int, promised int, "unitCostFen" bigint)
        where s.sku = l.sku and s.location = l.location
      )
      insert into inventory.movement (sku, location, kind, quantity, balance, unit_cost_fen, cause, actor, reason, lot, at)
      select m.sku, m.location, ${kind}, m.quantity, m.balance, m."unitCostFen", ${cause}, ${actorLabel(ctx.actor).name}, m.reason, m.lot, ${at}
      from rows from (jsonb_to_recordset(${json(rows)})
        as (sku text, location text, quantity int, balance int, "unitCostFen" bigint, reason text, lot text)) with ordinality
        as m (sku, location, quantity, balance, "unitCostFen", reason, lot, position) order by position
      returning id`,
  );
  const movements = rows.map((row, index) => ({
    id: written[index]?.id ?? '',
    sku: row.sku,
    location: row.location,
    kind,
    quantity: row.quantity,
    balance: row.balance ?? 0,
    unitCostFen: row.unitCostFen ?? 0,
  }));
  await emit({ ...ctx, now: at }, stockMoved, { movements });
}
