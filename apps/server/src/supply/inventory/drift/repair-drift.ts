import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { emit } from '../../../platform/events.ts';
import { refuse } from '../../../platform/fail.ts';
import { driftRepaired } from '../events.ts';
import { lockLevels } from '../lock-levels.ts';
import { byPlace, type Level, levelKey } from '../stock.ts';
import { inventory } from '../tables.ts';
import { type Drift, findDrift } from './find-drift.ts';

/**
 * Sets drifted balances to what their ledgers sum to, as they stand now; the ledgers stay as they are. A row is repaired once: called again
 * it finds nothing to do. What cannot be set without breaking a promise is left to a person, with the reason. Refuses
 * `drift_report.not_found`.
 */
export async function repairDrift(ctx: Ctx, { id }: { id: string }): Promise<void> {
  const report = await inventory(ctx.tx)
    .selectFrom('drift_report')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (report === undefined) refuse('drift_report.not_found', { id });
  const open = await inventory(ctx.tx)
    .selectFrom('drift_row')
    .select(['row_no as rowNo', 'sku', 'location', 'what'])
    .where('report_id', '=', id)
    .where('state', '=', 'found')
    .orderBy('row_no')
    .execute();
  if (open.length === 0) return;

  const levels = await lockLevels(ctx, open.toSorted(byPlace));
  const now = Map.groupBy(await findDrift(ctx.tx, open), levelKey);
  const outcomes = [...levels.values()].map((level) => ({ level, ...repaired(level, now.get(levelKey(level)) ?? []) }));

  await saveLevels(
    ctx,
    outcomes.filter(({ note }) => note === null).map(({ after }) => after),
  );
  await saveRows(
    ctx,
    id,
    open.map((row) => {
      const outcome = outcomes.find(({ level }) => levelKey(level) === levelKey(row));
      const isStill = now.get(levelKey(row))?.some(({ what }) => what === row.what) ?? false;
      return {
        rowNo: row.rowNo,
        state: isStill ? (outcome?.note === null ? 'repaired' : 'needs_person') : 'gone',
        note: outcome?.note ?? null,
      };
    }),
  );
}

/** The level as its ledgers say; a note when it would not cover what is promised. */
function repaired(level: Level, drifts: readonly Drift[]): { after: Level; note: string | null } {
  const to = new Map(drifts.map(({ what, summed }) => [what, summed]));
  const onHand = to.get('on_hand') ?? level.onHand;
  const valueFen = to.get('value');
  const unitCostFen = valueFen === undefined || onHand <= 0 ? level.unitCostFen : Math.round(valueFen / onHand);
  const after = {
    ...level,
    onHand,
    promised: to.get('promised') ?? level.promised,
    unavailable: to.get('unavailable') ?? level.unavailable,
    unitCostFen,
  };
  const isCovered = onHand >= after.promised + after.unavailable && onHand >= 0 && unitCostFen >= 0;
  return { after, note: isCovered ? null : `${onHand} < ${after.promised} + ${after.unavailable}` };
}

async function saveLevels(ctx: Ctx, levels: readonly Level[]): Promise<void> {
  if (levels.length === 0) return;
  await run(
    ctx.tx,
    sql`update inventory.stock s set on_hand = l."onHand", promised = l.promised, unavailable = l.unavailable, unit_cost_fen = l."unitCostFen"
      from jsonb_to_recordset(${json(levels)})
        as l (sku text, location text, "onHand" int, promised int, unavailable int, "unitCostFen" bigint)
      where s.sku = l.sku and s.location = l.location`,
  );
}

async function saveRows(
  ctx: Ctx,
  id: string,
  rows: readonly { rowNo: number; state: string; note: string | null }[],
): Promise<void> {
  await run(
    ctx.tx,
    sql`update inventory.drift_row d set state = r.state, note = r.note, repaired_by = ${actorLabel(ctx.actor).name}, repaired_at = ${ctx.now}
      from jsonb_to_recordset(${json(rows)}) as r ("rowNo" int, state text, note text)
      where d.report_id = ${id} and d.row_no = r."rowNo"`,
  );
  await emit(ctx, driftRepaired, { reportId: id, rows: rows.filter(({ state }) => state === 'repaired').length });
}
