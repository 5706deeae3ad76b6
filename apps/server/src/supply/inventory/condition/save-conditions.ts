import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import type { Condition } from '../tables.ts';

export interface ConditionChange {
  sku: string;
  location: string;
  lot?: string | undefined;
  /** `sellable` is the shelf, `away` outside the house: units that come from it or leave to it. */
  from: Condition | 'sellable' | 'away';
  to: Condition | 'sellable' | 'away';
  quantity: number;
  reason?: string | undefined;
}

const isKept = (place: ConditionChange['from']): place is Condition => place !== 'sellable' && place !== 'away';

/**
 * Writes which units change their condition; each condition stays the sum of its moves. The caller holds the locks of the stock rows and
 * writes their sum. Refuses `stock.insufficient` when a condition does not hold as much.
 */
export async function saveConditions(
  ctx: Ctx,
  { cause, at = ctx.now }: { cause: string; at?: Date },
  changes: readonly ConditionChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const deltas = sumDeltas(changes);
  const raised = deltas.filter(({ quantity }) => quantity > 0);
  const lowered = deltas.filter(({ quantity }) => quantity < 0);
  if (lowered.length > 0) await lower(ctx, lowered);
  await run(
    ctx.tx,
    sql`with raised as (
        insert into inventory.unavailable as u (sku, location, condition, lot, quantity)
        select * from jsonb_to_recordset(${json(raised)}) as r (sku text, location text, condition text, lot text, quantity int)
        on conflict (sku, location, condition, lot) do update set quantity = u.quantity + excluded.quantity
      )
      insert into inventory.condition_move (sku, location, lot, from_condition, to_condition, quantity, cause, actor, reason, at)
      select m.sku, m.location, coalesce(m.lot, ''), m."from", m."to", m.quantity, ${cause}, ${actorLabel(ctx.actor).name}, m.reason, ${at}
      from jsonb_to_recordset(${json(changes)}) as m (sku text, location text, lot text, "from" text, "to" text, quantity int, reason text)`,
  );
}

interface Delta {
  sku: string;
  location: string;
  condition: Condition;
  lot: string;
  quantity: number;
}

function sumDeltas(changes: readonly ConditionChange[]): Delta[] {
  const sums = new Map<string, Delta>();
  const add = (change: ConditionChange, condition: ConditionChange['from'], sign: 1 | -1) => {
    if (!isKept(condition)) return;
    const { sku, location, lot = '' } = change;
    const key = deltaKey({ sku, location, condition, lot });
    sums.set(key, { sku, location, condition, lot, quantity: (sums.get(key)?.quantity ?? 0) + sign * change.quantity });
  };
  for (const change of changes) {
    add(change, change.from, -1);
    add(change, change.to, 1);
  }
  return [...sums.values()].filter(({ quantity }) => quantity !== 0);
}

async function lower(ctx: Ctx, lowered: readonly Delta[]): Promise<void> {
  const done = await run(
    ctx.tx,
    sql<Delta>`update inventory.unavailable u set quantity = u.quantity + l.quantity
      from jsonb_to_recordset(${json(lowered)}) as l (sku text, location text, condition text, lot text, quantity int)
      where u.sku = l.sku and u.location = l.location and u.condition = l.condition and u.lot = l.lot and u.quantity + l.quantity >= 0
      returning u.sku, u.location, u.condition, u.lot`,
  );
  if (done.length === lowered.length) return;
  const couldGo = new Set(done.map(deltaKey));
  const short = lowered.filter((delta) => !couldGo.has(deltaKey(delta)));
  refuse('stock.insufficient', { lines: short.map((delta) => ({ ...delta, quantity: -delta.quantity })) });
}

const deltaKey = ({ sku, location, condition, lot }: Omit<Delta, 'quantity'>): string =>
  `${sku}\n${location}\n${condition}\n${lot}`;
