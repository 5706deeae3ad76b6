import type { imports as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { readPlainRow } from './columns/read-row.ts';
import { headRows } from '../../platform/table-file/head-rows.ts';
import { filePartsOf } from './landing/job.ts';
import { findJob } from './queries.ts';

const sampleRows = 20;

/** The first rows as they are read now, each with what is wrong in it; what only the database knows is found by a check. Refuses import.not_found, import.unreadable. */
export async function getSample(
  outside: { inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T> },
  id: string,
): Promise<z.input<typeof contract.getImportSample.reply>> {
  const job = await outside.inTx((ctx) => findJob(ctx.tx, id));
  const how = { format: job.format, isGzip: job.is_gzip, options: job.options };
  const rows = await headRows(filePartsOf(outside.inTx, id), how, job.options.headerRow + sampleRows);
  const read = readPlainRow(job);
  return {
    rows: rows
      .map((cells, index) => ({ rowNo: index + 1, cells }))
      .filter(({ rowNo, cells }) => rowNo > job.options.headerRow && cells.some((cell) => cell.trim() !== ''))
      .map(({ rowNo, cells }) => ({ rowNo, cells, reasons: read(cells) })),
  };
}
