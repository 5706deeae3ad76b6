import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import type { StockMove } from '../move-stock.ts';
import { levelKey } from '../stock.ts';
import type { Condition } from '../tables.ts';

interface Pile {
  sku: string;
  location: string;
  /** '' is units of no lot. */
  lot: string;
  condition: Condition | '';
  free: number;
}

/**
 * Names the lots of units that leave without one: units of no lot first, then those that expire first; units of a condition come from the
 * lots that lie in it. What nothing covers stays unnamed, and the balance decides. The caller's stock rows are locked, or locked next.
 */
export async function withLots(ctx: Ctx, moves: readonly StockMove[]): Promise<StockMove[]> {
  const unnamed = moves.filter(({ lot, quantity }) => lot === undefined && quantity < 0);
  if (unnamed.length === 0) return [...moves];
  const piles = Map.groupBy(await readPiles(ctx, unnamed), (pile) => pileKey(pile));
  return moves.flatMap((move) => {
    if (move.lot !== undefined || move.quantity >= 0) return [move];
    return split(move, piles.get(pileKey({ ...move, condition: move.condition ?? '' })) ?? []);
  });
}

const pileKey = ({ sku, location, condition }: { sku: string; location: string; condition: Condition | '' }): string =>
  `${levelKey({ sku, location })}\n${condition}`;

/** Takes from the piles, and lowers them for the next move. */
function split(move: StockMove, piles: Pile[]): StockMove[] {
  let rest = -move.quantity;
  const parts: StockMove[] = [];
  for (const pile of piles) {
    const part = Math.min(rest, pile.free);
    if (part <= 0) continue;
    pile.free -= part;
    rest -= part;
    parts.push({ ...move, quantity: -part, lot: pile.lot === '' ? undefined : pile.lot });
  }
  return rest > 0 ? [...parts, { ...move, quantity: -rest }] : parts;
}

const readPiles = (ctx: Ctx, places: readonly { sku: string; location: string }[]): Promise<Pile[]> =>
  run(
    ctx.tx,
    sql<Pile>`with place as (
        select distinct sku, location from jsonb_to_recordset(${json(places)}) as p (sku text, location text)
      ), apart as (
        select u.sku, u.location, u.lot, sum(u.quantity)::int as units from inventory.unavailable u join place using (sku, location) group by 1, 2, 3
      ), pile as (
        select l.sku, l.location, l.code as lot, l.expires_on, ''::text as condition, l.on_hand - l.allocated - coalesce(a.units, 0) as free
        from inventory.lot l join place using (sku, location)
        left join apart a on a.sku = l.sku and a.location = l.location and a.lot = l.code where l.on_hand > 0
        union all
        select s.sku, s.location, '', null, '',
          s.on_hand - coalesce((select sum(l.on_hand) from inventory.lot l where l.sku = s.sku and l.location = s.location), 0)::int
            - coalesce((select a.units from apart a where a.sku = s.sku and a.location = s.location and a.lot = ''), 0)
        from inventory.stock s join place using (sku, location)
        union all
        select u.sku, u.location, u.lot, l.expires_on, u.condition, u.quantity from inventory.unavailable u join place using (sku, location)
        left join inventory.lot l on l.sku = u.sku and l.location = u.location and l.code = u.lot where u.quantity > 0
      )
      select sku, location, lot, condition, free from pile where free > 0
      order by sku, location, condition, lot <> '', expires_on nulls last, lot`,
  );
