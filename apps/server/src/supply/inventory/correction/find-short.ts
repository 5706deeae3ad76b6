import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { freeToLeave, type Level, levelKey } from '../stock.ts';
import type { CorrectionLine } from './correction.ts';

interface Short {
  sku: string;
  location: string;
  lot?: string;
  quantity: number;
  available: number;
}

/** The first place, or lot, of which more units would leave than nobody was promised; the stock rows are locked. */
export async function findShort(
  ctx: Ctx,
  levels: ReadonlyMap<string, Level>,
  lines: readonly CorrectionLine[],
): Promise<Short | undefined> {
  const leaving = lines.filter(({ change, condition }) => change < 0 && condition === null);
  for (const [key, own] of Map.groupBy(leaving, levelKey)) {
    const level = levels.get(key);
    const quantity = unitsOf(own);
    const available = level === undefined ? 0 : Math.max(0, freeToLeave(level));
    const [{ sku, location } = { sku: '', location: '' }] = own;
    if (available < quantity) return { sku, location, quantity, available };
  }
  return findShortLot(
    ctx,
    leaving.filter(({ lot }) => lot !== null),
  );
}

const unitsOf = (lines: readonly CorrectionLine[]): number => lines.reduce((sum, { change }) => sum - change, 0);

async function findShortLot(ctx: Ctx, lines: readonly CorrectionLine[]): Promise<Short | undefined> {
  if (lines.length === 0) return undefined;
  const [short] = await run(
    ctx.tx,
    sql<Short>`with leaving as (
        select sku, location, lot, -sum(change)::int as quantity
        from jsonb_to_recordset(${json(lines)}) as l (sku text, location text, lot text, change int) group by 1, 2, 3
      )
      select w.sku, w.location, w.lot, w.quantity, coalesce(l.on_hand - l.allocated, 0) as available
      from leaving w left join inventory.lot l on l.sku = w.sku and l.location = w.location and l.code = w.lot
      where coalesce(l.on_hand - l.allocated, 0) < w.quantity order by 1, 2, 3 limit 1`,
  );
  return short;
}
