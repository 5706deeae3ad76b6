import type { imports as contract } from '@tongshang/contract';
import { type Selectable, sql } from 'kysely';
import type * as z from 'zod';
import { run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { missingFields } from './columns/columns.ts';
import { imports, type JobTable } from './tables.ts';

type Import = z.input<typeof contract.Import>;
type Job = Selectable<JobTable>;

/** Imports, newest first. */
export async function listImports(
  tx: Tx,
  { kind, state, after, limit }: z.output<typeof contract.listImports.query>,
): Promise<z.input<typeof contract.listImports.reply>> {
  let query = imports(tx).selectFrom('job').selectAll();
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (state !== undefined) query = query.where('state', '=', state);
  if (after !== undefined) query = query.where('id', '<', idOf(after)); // ids grow with time
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  return { items: shown.map((job) => viewOf(job, [])), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** One import with its reasons. Refuses import.not_found. */
export async function getImport(tx: Tx, id: string): Promise<Import> {
  const job = await findJob(tx, id);
  const reasons = await run(
    tx,
    sql<Import['reasons'][number]>`select reason ->> 'code' as code, reason ->> 'field' as field, count(*)::int as rows
      from imports.bad_row, jsonb_array_elements(reasons) as reason where job_id = ${id} group by 1, 2 order by 3 desc, 1, 2 limit 50`,
  );
  return viewOf(job, reasons);
}

export async function findJob(tx: Tx, id: string): Promise<Job> {
  const job = await imports(tx).selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst();
  return job ?? refuse('import.not_found', { id });
}

function viewOf(job: Job, reasons: Import['reasons']): Import {
  return {
    id: job.id,
    kind: job.kind,
    state: job.state,
    fileName: job.file_name,
    sizeBytes: job.size_bytes,
    format: job.format,
    headers: job.headers,
    sheets: job.sheets,
    mapping: job.mapping,
    missing: missingFields(job.kind, job.mapping),
    options: job.options,
    source: job.source,
    phase: job.phase,
    progress: progressOf(job),
    rowsTotal: job.rows_total,
    rowsRead: job.rows_read,
    rowsLanded: job.rows_landed,
    rowsGood: job.rows_good,
    rowsUnchanged: job.rows_unchanged,
    rowsBad: job.rows_bad,
    effects: job.effects,
    ledger: job.ledger,
    preview: job.preview,
    reasons,
    failure: job.failure,
    createdBy: job.created_by,
    createdAt: job.created_at.toISOString(),
    startedAt: job.started_at?.toISOString() ?? null,
    finishedAt: job.finished_at?.toISOString() ?? null,
  };
}

const readingShare = 0.2; // reading takes about a fifth of the time that landing takes

/** Reading goes by bytes, landing by rows: together one bar that never runs back. */
function progressOf(job: Job): number {
  if (job.state === 'done') return 1;
  const read = job.is_read ? 1 : Math.min(1, job.read_bytes / Math.max(1, job.text_bytes));
  const landed = job.rows_total === null ? 0 : job.rows_landed / Math.max(1, job.rows_total);
  return Math.min(1, readingShare * read + (1 - readingShare) * landed);
}

/** Bad rows in the order of the file. Refuses import.not_found. */
export async function listBadRows(
  tx: Tx,
  id: string,
  { code, after, limit }: z.output<typeof contract.listBadRows.query>,
): Promise<z.input<typeof contract.listBadRows.reply>> {
  await findJob(tx, id);
  let query = imports(tx).selectFrom('bad_row').select(['row_no as rowNo', 'cells', 'reasons']).where('job_id', '=', id);
  if (code !== undefined) query = query.where(sql<boolean>`reasons @> ${JSON.stringify([{ code }])}::jsonb`);
  const from = Number(after ?? 0);
  if (!Number.isInteger(from)) refuse('request.invalid', { issues: [{ at: 'query', path: 'after' }] });
  const rows = await query
    .where('row_no', '>', from)
    .orderBy('row_no')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? String(items.at(-1)?.rowNo ?? '') : null };
}

/** Lines of an order ledger that are neither sale nor return, in the order of the file. Refuses import.not_found. */
export async function listLedgerEntries(
  tx: Tx,
  id: string,
  { class: only, after, limit }: z.output<typeof contract.listLedgerEntries.query>,
): Promise<z.input<typeof contract.listLedgerEntries.reply>> {
  await findJob(tx, id);
  const from = Number(after ?? 0);
  if (!Number.isInteger(from)) refuse('request.invalid', { issues: [{ at: 'query', path: 'after' }] });
  const rows = await run(
    tx,
    sql<{
      rowNo: number;
      class: z.output<typeof contract.LedgerClass>;
      document: string;
      code: string;
      text: string;
      quantity: number;
      amountFen: number;
      customer: string | null;
      at: Date;
    }>`
      select row_no as "rowNo", class, document, code, text, quantity, amount_fen as "amountFen", customer, at
      from imports.entry where job_id = ${id} and row_no > ${from} and (${only ?? null}::text is null or class = ${only ?? null})
      order by row_no limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit).map((row) => ({ ...row, id: `${row.document}/${row.rowNo}`, at: row.at.toISOString() }));
  return { items, next: rows.length > limit ? String(items.at(-1)?.rowNo ?? '') : null };
}

const idOf = (text: string): string =>
  /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)
    ? text
    : refuse('request.invalid', { issues: [{ at: 'query', path: 'after' }] });
