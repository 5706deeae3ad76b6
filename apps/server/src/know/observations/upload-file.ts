import { createReadStream } from 'node:fs';
import { observations as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { orderOf } from '../../platform/table-file/dates.ts';
import { findDelimiter } from '../../platform/table-file/head-rows.ts';
import { inspectFile } from '../../platform/table-file/inspect-file.ts';
import { receiveFile, safeFileName } from '../../platform/table-file/receive-file.ts';
import { type RawRow, readRows } from '../../platform/table-file/rows.ts';
import { dayOf } from '../../platform/time.ts';
import { columnsOf } from './columns.ts';
import { keepObservations } from './keep-observations.ts';
import type { Brought, Fault } from './observation.ts';
import { readRow } from './read-row.ts';
import { observations } from './tables.ts';

type Answer = z.input<typeof contract.uploadObservations.reply>;

export interface UploadFile {
  fileName: string;
  mode: 'check' | 'record';
  source: string;
  bytes: AsyncIterable<Buffer>;
}

const { fileRowsMax, fileBytesMax } = contract.observationLimits;
const badRowsShownMax = 500;

/**
 * Checks a CSV or XLSX file of outside figures, or keeps its good rows and names the bad ones; the same file again changes nothing.
 * The file is read before a transaction opens. Refuses `import.unreadable`, `request.too_large`.
 */
export async function uploadFile(
  outside: { inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T> },
  { fileName, mode, source, bytes }: UploadFile,
): Promise<Answer> {
  const table = await receiveFile({ bytes, bytesMax: fileBytesMax }, readTable);
  const columns = columnsOf(table.headings);
  const missing = contract.observationFields
    .filter(({ field, required }) => required && !columns.has(field))
    .map(({ field }) => field);
  if (missing.length > 0)
    return { missing, rows: table.rows.length, recorded: 0, corrected: 0, unchanged: 0, bad: 0, badRows: [] };

  const dateOrder = orderOf(table.rows.flatMap(({ cells }) => [cells[columns.get('from') ?? -1] ?? ''])) ?? 'mdy';
  return outside.inTx(async (ctx) => {
    const how = { columns, dateOrder, source, today: dayOf(ctx.now) };
    const read = table.rows.map((raw) => ({ raw, ...readRow(raw.cells, how) }));
    const good = read.flatMap((one) => ('row' in one ? [one] : []));
    const kept = await keep(ctx, { fileName, mode, rows: good.map(({ row }) => row), rowsInAll: read.length });
    const badRows = [
      ...read.flatMap((one) => ('faults' in one ? [badRow(one.raw, one.faults)] : [])),
      ...[...kept.faults].flatMap(([index, fault]) => faultOf(good, index, fault)),
    ].toSorted((a, b) => a.rowNo - b.rowNo);
    const { recorded, corrected, unchanged } = kept;
    const answer = { missing: [], rows: read.length, recorded, corrected, unchanged, bad: badRows.length };
    return { ...answer, badRows: badRows.slice(0, badRowsShownMax) };
  });
}

const badRow = ({ rowNo, cells }: RawRow, faults: Fault[]) => ({ rowNo, cells: cells.slice(0, 40), faults });

/** Of a repetition the other row as the file counts it. */
function faultOf(good: readonly { raw: RawRow }[], index: number, fault: Fault) {
  const own = good[index];
  if (own === undefined) return [];
  const value = fault.code === 'row.repeated' ? String(good[Number(fault.value)]?.raw.rowNo ?? '') : fault.value;
  return [badRow(own.raw, [{ ...fault, value }])];
}

async function keep(
  ctx: Ctx,
  {
    fileName,
    mode,
    rows,
    rowsInAll,
  }: { fileName: string; mode: 'check' | 'record'; rows: readonly Brought[]; rowsInAll: number },
) {
  if (mode === 'check' || rows.length === 0) return keepObservations(ctx, { rows, isCheck: true });
  const { id } = await observations(ctx.tx)
    .insertInto('file')
    .values({
      name: safeFileName(fileName),
      rows: rowsInAll,
      recorded: 0,
      corrected: 0,
      unchanged: 0,
      bad: 0,
      recorded_by: actorLabel(ctx.actor).name,
      recorded_at: ctx.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const kept = await keepObservations(ctx, { rows, fileId: id });
  const { recorded, corrected, unchanged, faults } = kept;
  const bad = rowsInAll - rows.length + faults.size;
  await observations(ctx.tx).updateTable('file').set({ recorded, corrected, unchanged, bad }).where('id', '=', id).execute();
  return kept;
}

interface Table {
  headings: string[];
  rows: RawRow[];
}

/** The first sheet, or the text, its first row that is not blank being the headings. */
async function readTable(path: string): Promise<Table> {
  const facts = await inspectFile(path);
  const options = { encoding: facts.encoding, delimiter: ',' as const, sheet: facts.sheets[0] ?? null, headerRow: 0 };
  const delimiter =
    facts.format === 'csv' ? await findDelimiter(createReadStream(path), { ...facts, options }) : options.delimiter;
  const rows: RawRow[] = [];
  for await (const batch of readRows(createReadStream(path), { ...facts, options: { ...options, delimiter } })) {
    rows.push(...batch.rows);
    if (rows.length > fileRowsMax + 1) refuse('request.too_large', { rowsMax: fileRowsMax });
  }
  const [head, ...body] = rows;
  return head === undefined ? refuse('import.unreadable', { reason: 'empty' }) : { headings: head.cells, rows: body };
}
