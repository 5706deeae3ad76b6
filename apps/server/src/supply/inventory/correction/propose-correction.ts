import { sql } from 'kysely';
import { findSkus } from '../../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { lockLevels } from '../lock-levels.ts';
import { byPlace, type Level, levelKey } from '../stock.ts';
import { type Condition, inventory } from '../tables.ts';
import { bookCorrection } from './book-correction.ts';
import { type CorrectionLine, unitsOf, valueOf } from './correction.ts';
import { findShort } from './find-short.ts';

export interface ProposedLine {
  sku: string;
  location: string;
  lot?: string | undefined;
  expiresOn?: string | undefined;
  condition?: Condition | undefined;
  /** Units, signed. */
  change: number;
  /** What units that come in cost, fen; else the average. */
  newCostFen?: number | undefined;
}

export interface ProposeCorrection {
  kind: 'adjustment' | 'count' | 'import';
  /** One word of the closed list of reasons, or the kind itself. */
  reason: string;
  note?: string | undefined;
  /** The document behind it; the correction itself when absent. */
  cause?: string | undefined;
  countId?: string | undefined;
  /** Who else had a hand in it and may not approve, besides the actor. */
  otherProposers?: readonly string[];
  lines: readonly ProposedLine[];
}

export interface ProposedCorrection {
  id: string;
  number: string;
  state: 'waiting' | 'booked';
  valueFen: number;
}

/**
 * Corrects balances: at once while what changes is worth no more than the limit of its kind, else as a proposal that somebody else must
 * approve. All lines, or none. Refuses `stock.insufficient` when units would leave that are not free; a count that found fewer than are
 * promised waits, until orders were sent from elsewhere.
 */
export async function proposeCorrection(ctx: Ctx, proposal: ProposeCorrection): Promise<ProposedCorrection> {
  const { kind } = proposal;
  const levels = await lockLevels(ctx, proposal.lines.toSorted(byPlace));
  const lines = await priced(ctx, levels, proposal.lines);
  const short = await findShort(ctx, levels, lines);
  if (short !== undefined && kind !== 'count') refuse('stock.insufficient', { lines: [short] });
  const limit = await inventory(ctx.tx)
    .selectFrom('correction_limit')
    .select('limit_fen as limitFen')
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow();
  const valueFen = valueOf(lines);
  const isSmall = valueFen + (await bookedBefore(ctx, proposal)) <= limit.limitFen;
  const state = isSmall && short === undefined ? 'booked' : 'waiting';

  const saved = await save(ctx, proposal, lines, { valueFen, limitFen: limit.limitFen, state });
  if (state === 'booked') await bookCorrection(ctx, { ...proposal, cause: saved.cause, lines });
  return { id: saved.id, number: saved.number, state, valueFen };
}

/** A file lands in parts: together they stay below the limit, or the rest waits. Fen. */
async function bookedBefore(ctx: Ctx, { kind, cause }: ProposeCorrection): Promise<number> {
  if (kind !== 'import' || cause === undefined) return 0;
  const [row] = await run(
    ctx.tx,
    sql<{ valueFen: number }>`select coalesce(sum(value_fen), 0)::bigint as "valueFen" from inventory.correction
      where cause = ${cause} and state = 'booked'`,
  );
  return row?.valueFen ?? 0;
}

/** The lines with what the books say now. A SKU that never came in is worth its standard cost. */
async function priced(ctx: Ctx, levels: ReadonlyMap<string, Level>, lines: readonly ProposedLine[]): Promise<CorrectionLine[]> {
  const unpriced = lines.filter((line) => (levels.get(levelKey(line))?.unitCostFen ?? 0) === 0);
  const facts = await findSkus(
    ctx.tx,
    unpriced.map(({ sku }) => sku),
  );
  return lines.map(({ sku, location, lot, expiresOn, condition, change, newCostFen }) => {
    const level = levels.get(levelKey({ sku, location }));
    return {
      sku,
      location,
      lot: lot ?? null,
      expiresOn: expiresOn ?? null,
      condition: condition ?? null,
      before: level?.onHand ?? 0,
      change,
      unitCostFen: level?.unitCostFen || (facts.get(sku)?.costFen ?? 0),
      newCostFen: newCostFen ?? null,
    };
  });
}

async function save(
  ctx: Ctx,
  { kind, reason, note, cause, countId, otherProposers = [], lines: [first] }: ProposeCorrection,
  lines: readonly CorrectionLine[],
  { valueFen, limitFen, state }: { valueFen: number; limitFen: number; state: 'booked' | 'waiting' },
): Promise<{ id: string; number: string; cause: string }> {
  const { id: actorId, name } = actorLabel(ctx.actor);
  const isOnePlace = lines.every(({ location }) => location === first?.location);
  const [saved] = await run(
    ctx.tx,
    sql<{ id: string; number: string; cause: string }>`with numbered as (
        select 'CR-' || lpad(nextval('inventory.correction_number')::text, 6, '0') as number
      )
      insert into inventory.correction (number, kind, state, location, value_fen, limit_fen, units, reason, note, cause, count_id,
        proposed_by, proposer_ids, proposed_at, decided_at)
      select number, ${kind}, ${state}, ${isOnePlace ? (first?.location ?? null) : null}::text, ${valueFen}, ${limitFen}, ${unitsOf(lines)}, ${reason},
        ${note ?? null}::text, coalesce(${cause ?? null}::text, 'correction:' || number), ${countId ?? null}::uuid, ${name},
        ${[actorId, ...otherProposers]}::text[], ${ctx.now}, ${state === 'booked' ? ctx.now : null}::timestamptz
      from numbered returning id, number, cause`,
  );
  if (saved === undefined) throw new Error('a correction was not written');
  await run(
    ctx.tx,
    sql`insert into inventory.correction_line (correction_id, line_no, sku, location, lot, expires_on, condition, before, change, unit_cost_fen, new_cost_fen)
      select ${saved.id}, line_no, sku, location, lot, expires_on, condition, before, change, unit_cost_fen, new_cost_fen
      from rows from (jsonb_to_recordset(${json(lines)}) as (sku text, location text, lot text, "expiresOn" date, condition text, before int,
        change int, "unitCostFen" bigint, "newCostFen" bigint)) with ordinality
        as l (sku, location, lot, expires_on, condition, before, change, unit_cost_fen, new_cost_fen, line_no)`,
  );
  return saved;
}
