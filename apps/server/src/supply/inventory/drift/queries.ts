import type { valuation as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../../base/catalog/index.ts';
import { run, type Tx } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { startOfDay } from '../../../platform/time.ts';

type Report = z.input<typeof contract.DriftReport>;
type Row = Omit<z.input<typeof contract.DriftRow>, 'name' | 'nameEn' | 'repairedAt'> & { repairedAt: Date | null };

const columns = sql`r.id, r.at, r.actor, r.checked, d.*`;
const sums = sql`lateral (
    select count(*)::int as found, (count(*) filter (where state = 'repaired'))::int as repaired,
      (count(*) filter (where state in ('found', 'needs_person')))::int as open
    from inventory.drift_row where report_id = r.id
  ) d`;
const toReport = ({ at, ...row }: Omit<Report, 'at'> & { at: Date }): Report => ({ ...row, at: at.toISOString() });

/** Drift reports, newest first, and how many rows of the newest wait for a person: what is still amiss is found again each night. */
export async function listDriftReports(
  tx: Tx,
  { only, from, after, limit }: z.output<typeof contract.listDriftReports.query>,
): Promise<z.input<typeof contract.listDriftReports.reply>> {
  const [at, id] = (after ?? '\n').split('\n');
  const rows = await run(
    tx,
    sql<Omit<Report, 'at'> & { at: Date }>`select ${columns} from inventory.drift_report r, ${sums}
      where (${only === undefined} or d.found > 0) and (${from === undefined} or r.at >= ${from === undefined ? null : startOfDay(from)}::timestamptz)
        and (${after === undefined} or (r.at, r.id) < (${at || null}::timestamptz, ${id || null}::uuid))
      order by r.at desc, r.id desc limit ${limit + 1}`,
  );
  const [open] = await run(
    tx,
    sql<{ rows: number }>`select count(*)::int as rows from inventory.drift_row where state in ('found', 'needs_person')
        and report_id = (select id from inventory.drift_report order by at desc, id desc limit 1)`,
  );
  const items = rows.slice(0, limit).map(toReport);
  const last = items.at(-1);
  return { open: open?.rows ?? 0, items, next: rows.length > limit && last !== undefined ? `${last.at}\n${last.id}` : null };
}

export async function getDriftReport(tx: Tx, id: string): Promise<z.input<typeof contract.getDriftReport.reply>> {
  const [report] = await run(
    tx,
    sql<Omit<Report, 'at'> & { at: Date }>`select ${columns} from inventory.drift_report r, ${sums} where r.id = ${id}`,
  );
  if (report === undefined) return refuse('drift_report.not_found', { id });
  const rows = await run(
    tx,
    sql<Row>`select row_no as "rowNo", sku, location, what, stored, summed, state, repaired_by as "repairedBy", repaired_at as "repairedAt", note
      from inventory.drift_row where report_id = ${id} order by row_no`,
  );
  const skus = await findSkus(
    tx,
    rows.map(({ sku }) => sku),
  );
  return {
    ...toReport(report),
    rows: rows.map(({ repairedAt, ...row }) => ({
      ...row,
      repairedAt: repairedAt?.toISOString() ?? null,
      name: skus.get(row.sku)?.name ?? row.sku,
      nameEn: skus.get(row.sku)?.nameEn ?? '',
    })),
  };
}
