import type { Ctx } from '../../../platform/ctx.ts';
import { findJob } from '../queries.ts';
import { imports } from '../tables.ts';
import { csvFile, sheetRowsMax, type TableFile, xlsxFile } from '../../../platform/table-file/write-table.ts';
import { badRowHeadings, type Language, sentenceOf } from './words.ts';

interface Outside {
  inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
}

const pageRows = 2_000;

/**
 * The bad rows as they were, then their row number and what is wrong: mended, the same file can be imported again. A workbook of more
 * than 100,000 rows comes as CSV. Refuses import.not_found.
 */
export async function makeBadRowsFile(
  { inTx }: Outside,
  id: string,
  { format, language }: { format: 'csv' | 'xlsx'; language: Language },
): Promise<TableFile & { fileName: string }> {
  const job = await inTx((ctx) => findJob(ctx.tx, id));
  const width = await inTx((ctx) => widest(ctx, id, job.headers.length));
  const isWorkbook = format === 'xlsx' && job.rows_bad <= sheetRowsMax;
  const rows = badRows(inTx, { id, headers: job.headers, width, language });
  const file = isWorkbook ? await xlsxFile(rows) : csvFile(rows);
  const name = job.file_name.replace(/\.gz$/i, '').replace(/\.[^.]*$/, '');
  return { ...file, fileName: `${name}-bad-rows.${file.extension}` };
}

const widest = async (ctx: Ctx, id: string, headers: number): Promise<number> => {
  const row = await imports(ctx.tx)
    .selectFrom('bad_row')
    .select((eb) => eb.fn.max<number | null>(eb.fn('jsonb_array_length', ['cells'])).as('width'))
    .where('job_id', '=', id)
    .executeTakeFirst();
  return Math.max(headers, row?.width ?? 0);
};

async function* badRows(
  inTx: Outside['inTx'],
  { id, headers, width, language }: { id: string; headers: string[]; width: number; language: Language },
): AsyncGenerator<string[]> {
  const padded = (cells: readonly string[]) => Array.from({ length: width }, (_, index) => cells[index] ?? '');
  yield [...padded(headers), ...badRowHeadings[language]];
  for (let after = 0; ;) {
    const from = after;
    const rows = await inTx((ctx) =>
      imports(ctx.tx)
        .selectFrom('bad_row')
        .selectAll()
        .where('job_id', '=', id)
        .where('row_no', '>', from)
        .orderBy('row_no')
        .limit(pageRows)
        .execute(),
    );
    for (const { row_no: rowNo, cells, reasons } of rows) yield [...padded(cells), String(rowNo), sentenceOf(reasons, language)];
    if (rows.length < pageRows) return;
    after = rows.at(-1)?.row_no ?? 0;
  }
}
