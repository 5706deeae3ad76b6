import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { type ConditionChange, saveConditions } from './condition/save-conditions.ts';
import { stockMoved } from './events.ts';
import { lockLevels } from './lock-levels.ts';
import { moveLots } from './lot/move-lots.ts';
import { afterMove, byPlace, freeToLeave, type Level, levelKey, type Move } from './stock.ts';
import type { Condition, MovementKind } from './tables.ts';

export interface StockMove extends Move {
  /** The lot that the units belong to; its own balance moves with them. */
  lot?: string | undefined;
  /** Last usable day of a lot that comes in. */
  expiresOn?: string | undefined;
  /** Units of an open promise that leave with this movement. */
  fromPromise?: number;
  /** Units that leave are those in this condition; units that come in lie in it and cannot be sold. */
  condition?: Condition | undefined;
  reason?: string | undefined;
  /** The document of this move, where one batch carries several. */
  cause?: string | undefined;
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
 * movements; what the rounding of the average leaves over goes to the variance ledger. All moves, or none. Answers each move with the
 * unit cost at which it was booked. Refuses `stock.insufficient` when units would leave that are not there, promised to others or
 * unavailable.
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
  await saveConditions(ctx, head, moves.flatMap(conditionChange));
  await save(
    ctx,
    head,
    moves,
    booked,
    places.flatMap((place) => levels.get(levelKey(place)) ?? []),
  );
  return booked;
}

interface Booked {
  balance: number;
  /** What a unit costs that came in or left, fen. */
  unitCostFen: number;
  /** By how much the stock at this place is worth more now, fen. */
  valueFen: number;
  /** What came in at its cost and the rounded average does not carry, fen. */
  roundingFen: number;
}

/** Applies one move to the levels in memory; refuses what is not there. */
function book(levels: Map<string, Level>, move: StockMove): Booked {
  const before = levels.get(levelKey(move));
  if (before === undefined)
    return refuse('stock.insufficient', { lines: [{ sku: move.sku, location: move.location, available: 0 }] });
  const setApart = move.condition === undefined ? 0 : move.quantity;
  const freed = { ...before, promised: before.promised - (move.fromPromise ?? 0), unavailable: before.unavailable + setApart };
  if (move.quantity < 0 && freeToLeave(freed) < -move.quantity) {
    const short = { sku: move.sku, location: move.location, quantity: -move.quantity, available: freeToLeave(freed) };
    return refuse('stock.insufficient', { lines: [short] });
  }
  const after = afterMove(freed, move);
  levels.set(levelKey(move), after);
  const unitCostFen = move.quantity > 0 ? (move.unitCostFen ?? before.unitCostFen) : before.unitCostFen;
  const valueFen = after.onHand * after.unitCostFen - before.onHand * before.unitCostFen;
  return { balance: after.onHand, unitCostFen, valueFen, roundingFen: move.quantity * unitCostFen - valueFen };
}

function conditionChange({ sku, location, lot, condition, quantity, reason }: StockMove): ConditionChange[] {
  if (condition === undefined) return [];
  const [from, to] = quantity > 0 ? (['away', condition] as const) : ([condition, 'away'] as const);
  return [{ sku, location, lot, from, to, quantity: Math.abs(quantity), reason }];
}

async function save(
  ctx: Ctx,
  { kind, cause, at }: { kind: MovementKind; cause: string; at: Date },
  moves: readonly StockMove[],
  booked: readonly Booked[],
  levels: readonly Level[],
): Promise<void> {
  const rows = moves.flatMap(({ sku, location, quantity, reason, lot, cause: document = cause }, index) => {
    const own = booked[index];
    return own === undefined
      ? []
      : [{ sku, location, quantity, reason: reason ?? null, lot: lot ?? null, cause: document, ...own }];
  });
  const written = await run(
    ctx.tx,
    sql<{ id: string }>`with rows as (
        select * from rows from (jsonb_to_recordset(${json(rows)})
          as (sku text, location text, quantity int, balance int, "unitCostFen" bigint, "roundingFen" bigint, reason text, lot text, cause text)) with ordinality
          as m (sku, location, quantity, balance, unit_cost_fen, rounding_fen, reason, lot, cause, position)
      ), saved as (
        update inventory.stock s set on_hand = l."onHand", promised = l.promised, unavailable = l.unavailable, unit_cost_fen = l."unitCostFen"
        from jsonb_to_recordset(${json(levels)})
          as l (sku text, location text, "onHand" int, promised int, unavailable int, "unitCostFen" bigint)
        where s.sku = l.sku and s.location = l.location
      ), rounded as (
        insert into inventory.cost_variance (sku, location, kind, amount_fen, cause, at)
        select sku, location, 'rounding', rounding_fen, cause, ${at} from rows where rounding_fen <> 0 order by position
      )
      insert into inventory.movement (sku, location, kind, quantity, balance, unit_cost_fen, cause, actor, reason, lot, at)
      select sku, location, ${kind}, quantity, balance, unit_cost_fen, cause, ${actorLabel(ctx.actor).name}, reason, lot, ${at}
      from rows order by position
      returning id`,
  );
  const movements = rows.map(({ sku, location, quantity, balance, unitCostFen, valueFen }, index) => ({
    id: written[index]?.id ?? '',
    sku,
    location,
    kind,
    quantity,
    balance,
    unitCostFen,
    valueFen,
  }));
  await emit({ ...ctx, now: at }, stockMoved, { movements });
}
