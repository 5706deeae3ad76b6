import { findSkus } from '../../../base/catalog/index.ts';
import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { checkLocation } from '../check-location.ts';
import { lockLevels } from '../lock-levels.ts';
import { stockLevelsOf } from '../queries.ts';
import { freeToLeave, levelKey } from '../stock.ts';
import type { Condition } from '../tables.ts';
import { type ConditionChange, saveConditions } from './save-conditions.ts';

export interface MoveCondition {
  sku: string;
  location: string;
  lot?: string | undefined;
  from: Condition | 'sellable';
  to: Condition | 'sellable';
  quantity: number;
  reason: string;
  /** The document behind it; a person's own act when absent. */
  cause?: string;
}

/**
 * Sets units on a shelf apart so that nobody can sell them, or puts them back; on hand stays. Answers the level as it is now. Refuses
 * `stock.insufficient` when fewer are free there, or in that condition.
 */
export async function moveCondition(ctx: Ctx, { cause = 'condition', ...change }: MoveCondition) {
  const { sku, location, from, to } = change;
  if (!(await findSkus(ctx.tx, [sku])).has(sku)) refuse('sku.not_found', { sku });
  await checkLocation(ctx.tx, location);

  if (from !== to) await setConditions(ctx, cause, [change]);

  const [level] = await stockLevelsOf(ctx.tx, [sku], location);
  return level ?? refuse('stock.insufficient', { lines: [{ sku, location, quantity: change.quantity, available: 0 }] });
}

/** Like moveCondition, for changes of several places that belong to one document: all of them, or none. */
export async function setConditions(ctx: Ctx, cause: string, changes: readonly ConditionChange[]): Promise<void> {
  const levels = await lockLevels(ctx, changes);
  for (const change of changes) {
    const level = levels.get(levelKey(change));
    const available = level === undefined ? 0 : freeToLeave(level);
    if (level === undefined || (change.from === 'sellable' && available < change.quantity))
      return refuse('stock.insufficient', { lines: [{ ...placeOf(change), quantity: change.quantity, available }] });
    if (change.from === 'sellable' && change.lot !== undefined) await checkLot(ctx, change);
    levels.set(levelKey(change), { ...level, unavailable: level.unavailable + moreApart(change) });
  }
  await saveConditions(ctx, { cause }, changes);
  await run(
    ctx.tx,
    sql`update inventory.stock s set unavailable = s.unavailable + c.more
      from (select sku, location, sum(more)::int as more from jsonb_to_recordset(${json(changes.map((change) => ({ ...change, more: moreApart(change) })))})
        as c (sku text, location text, more int) group by sku, location) c
      where s.sku = c.sku and s.location = c.location and c.more <> 0`,
  );
}

const moreApart = ({ from, to, quantity }: ConditionChange): number =>
  (to === 'sellable' ? 0 : quantity) - (from === 'sellable' ? 0 : quantity);

const placeOf = ({ sku, location, lot }: ConditionChange) => ({ sku, location, ...(lot !== undefined && { lot }) });

/** Units of a lot that are set aside for an order, or apart already, are not free. */
async function checkLot(ctx: Ctx, { sku, location, lot, quantity }: ConditionChange): Promise<void> {
  const [there] = await run(
    ctx.tx,
    sql<{ free: number }>`select l.on_hand - l.allocated - coalesce((select sum(u.quantity) from inventory.unavailable u
        where u.sku = l.sku and u.location = l.location and u.lot = l.code), 0)::int as free
      from inventory.lot l where l.sku = ${sku} and l.location = ${location} and l.code = ${lot}`,
  );
  const available = there?.free ?? 0;
  if (available < quantity) refuse('stock.insufficient', { lines: [{ sku, location, lot, quantity, available }] });
}
