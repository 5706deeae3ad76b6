import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';

interface LotMove {
  sku: string;
  location: string;
  lot?: string | undefined;
  /** Last usable day of a lot that comes in. */
  expiresOn?: string | undefined;
  quantity: number;
}

/**
 * Lots move with their units; the locked stock rows keep them still. Refuses `stock.insufficient` with the lot when it has not as many
 * units that are set aside for nobody.
 */
export async function moveLots(ctx: Ctx, moves: readonly LotMove[]): Promise<void> {
  const named = sumByLot(moves);
  if (named.length === 0) return;
  const lowered = named.filter(({ quantity }) => quantity < 0);
  const done = await run(
    ctx.tx,
    sql<LotMove>`with given as (
        select * from jsonb_to_recordset(${json(named)}) as l (sku text, location text, lot text, "expiresOn" date, quantity int)
      ), limited as (
        update inventory.stock s set has_limits = true from given
        where s.sku = given.sku and s.location = given.location and given.quantity > 0 and not s.has_limits
      ), raised as (
        insert into inventory.lot (sku, location, code, expires_on, on_hand, is_recalled)
        select sku, location, lot, coalesce("expiresOn", (select max(k.expires_on) from inventory.lot k where k.sku = given.sku and k.code = given.lot)),
          quantity, exists (select from inventory.recall r where r.sku = given.sku and r.lot = given.lot and r.state <> 'lifted')
        from given where quantity > 0 order by sku, location, lot
        on conflict (sku, location, code) do update set on_hand = lot.on_hand + excluded.on_hand
      )
      update inventory.lot set on_hand = on_hand + given.quantity from given
      where lot.sku = given.sku and lot.location = given.location and lot.code = given.lot and given.quantity < 0
        and lot.on_hand + given.quantity >= lot.allocated
      returning lot.sku, lot.location, lot.code as lot`,
  );
  if (done.length === lowered.length) return;
  const couldGo = new Set(done.map(lotKey));
  const short = lowered.filter((move) => !couldGo.has(lotKey(move)));
  refuse('stock.insufficient', {
    lines: short.map(({ sku, location, lot, quantity }) => ({ sku, location, lot, quantity: -quantity })),
  });
}

const lotKey = ({ sku, location, lot }: Pick<LotMove, 'sku' | 'location' | 'lot'>): string => `${sku}\n${location}\n${lot}`;

/** One change a lot; a lot that many lines name moves by their sum. */
function sumByLot(moves: readonly LotMove[]): LotMove[] {
  const sums = new Map<string, LotMove>();
  for (const { sku, location, lot, expiresOn, quantity } of moves) {
    if (lot === undefined) continue;
    const key = lotKey({ sku, location, lot });
    const before = sums.get(key);
    sums.set(key, {
      sku,
      location,
      lot,
      expiresOn: before?.expiresOn ?? expiresOn,
      quantity: (before?.quantity ?? 0) + quantity,
    });
  }
  return [...sums.values()].filter(({ quantity }) => quantity !== 0);
}
