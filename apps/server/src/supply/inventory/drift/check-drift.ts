import { sql } from 'kysely';
import * as z from 'zod';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { emit } from '../../../platform/events.ts';
import { job, jobType } from '../../../platform/jobs.ts';
import { driftFound } from '../events.ts';
import { findDrift } from './find-drift.ts';
import { repairDrift } from './repair-drift.ts';

/** Compares every balance with its ledger and writes down what was found, also when that is nothing. */
export async function checkDrift(ctx: Ctx): Promise<{ id: string; found: number }> {
  const rows = await findDrift(ctx.tx);
  const [report] = await run(
    ctx.tx,
    sql<{ id: string }>`insert into inventory.drift_report (at, actor, checked)
      values (${ctx.now}, ${actorLabel(ctx.actor).name}, (select count(*) from inventory.stock)) returning id`,
  );
  if (report === undefined) throw new Error('a drift report was not written');
  if (rows.length > 0) {
    await run(
      ctx.tx,
      sql`insert into inventory.drift_row (report_id, row_no, sku, location, what, stored, summed)
        select ${report.id}, row_no, sku, location, what, stored, summed
        from rows from (jsonb_to_recordset(${json(rows)}) as (sku text, location text, what text, stored bigint, summed bigint)) with ordinality
          as r (sku, location, what, stored, summed, row_no)`,
    );
    await emit(ctx, driftFound, { reportId: report.id, rows: rows.length });
  }
  return { id: report.id, found: rows.length };
}

export const checkStock = jobType('inventory/check-drift', z.object({}));

/** Each night: finds what drifted and repairs it once; the report says what it did. Run twice it makes a second report that finds nothing. */
export const checkStockJob = job(checkStock, async ({ inTx }) => {
  const { id, found } = await inTx(checkDrift);
  if (found > 0) await inTx((ctx) => repairDrift(ctx, { id }));
});
