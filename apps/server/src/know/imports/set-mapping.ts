import type { imports as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { suggestMapping } from './columns/columns.ts';
import { isZone } from '../../platform/table-file/dates.ts';
import { headersOf } from './columns/recognise.ts';
import { headRows } from '../../platform/table-file/head-rows.ts';
import { checkMove } from './import-state.ts';
import { filePartsOf, type Job } from './landing/job.ts';
import { findJob, getImport } from './queries.ts';
import { imports, type Options } from './tables.ts';

type SetMapping = z.output<typeof contract.setImportMapping.body>;
type Import = z.input<typeof contract.Import>;
interface Outside {
  inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
}

/**
 * Says what the columns mean and how the file is to be read; an earlier check is undone. Where the file is read differently the
 * headings are read again, and recognised again unless a mapping is given. Refuses import.not_found, import.wrong_state,
 * import.unreadable, import.mapping_incomplete for a mapping that fits no column or names a field twice.
 */
export async function setMapping(outside: Outside, id: string, change: SetMapping): Promise<Import> {
  const job = await outside.inTx((ctx) => findJob(ctx.tx, id));
  checkMove(job.state, 'map');
  const kind = change.kind ?? job.kind;
  const options: Options = { ...job.options, ...definedOf(change.options ?? {}) };
  if (!isZone(options.timeZone)) refuse('request.invalid', { issues: [{ at: 'body', path: 'options.timeZone' }] });
  const isReadAnew = readingOf(options) !== readingOf(job.options);
  const headers = isReadAnew ? await readHeaders(outside, job, options) : job.headers;
  const isNewMeaning = isReadAnew || kind !== job.kind;
  const mapping = change.mapping ?? (isNewMeaning ? suggestMapping(kind, headers) : job.mapping);
  checkMapping(mapping, headers);

  return outside.inTx(async (ctx) => {
    const { state } = await imports(ctx.tx)
      .selectFrom('job')
      .select('state')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    checkMove(state, 'map');
    await imports(ctx.tx).deleteFrom('bad_row').where('job_id', '=', id).execute();
    await imports(ctx.tx).deleteFrom('block').where('job_id', '=', id).execute();
    await imports(ctx.tx)
      .updateTable('job')
      .set({
        kind,
        state: 'uploaded',
        headers: JSON.stringify(headers),
        mapping: JSON.stringify(mapping),
        options: JSON.stringify(options),
        is_read: false,
        ...noCounts,
        preview: 'null',
        failure: 'null',
        phase: null,
        finished_at: null,
      })
      .where('id', '=', id)
      .execute();
    return getImport(ctx.tx, id);
  });
}

const noCounts = {
  rows_total: null,
  rows_read: 0,
  read_bytes: 0,
  rows_landed: 0,
  rows_good: 0,
  rows_unchanged: 0,
  rows_bad: 0,
  next_block: 0,
  effects: '[]',
  ledger: '[]',
} as const;

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const definedOf = <T extends object>(values: T): Defined<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;

const readingOf = ({ encoding, delimiter, sheet, headerRow }: Options): string =>
  JSON.stringify([encoding, delimiter, sheet, headerRow]);

async function readHeaders({ inTx }: Outside, job: Job, options: Options): Promise<string[]> {
  if (job.format === 'xlsx' && !job.sheets.includes(options.sheet ?? ''))
    refuse('import.unreadable', { reason: 'sheet_missing' });
  const rows = await headRows(filePartsOf(inTx, job.id), { format: job.format, isGzip: job.is_gzip, options }, options.headerRow);
  const headers = headersOf(rows[options.headerRow - 1] ?? []);
  return headers.length === 0 ? refuse('import.unreadable', { reason: 'no_headings' }) : headers;
}

function checkMapping(mapping: SetMapping['mapping'] & {}, headers: readonly string[]): void {
  const fields = mapping.filter((field) => field !== null);
  const twice = fields.filter((field, index) => fields.indexOf(field) !== index);
  if (twice.length > 0) refuse('import.mapping_incomplete', { twice: [...new Set(twice)] });
  if (mapping.length > headers.length) refuse('import.mapping_incomplete', { columns: headers.length });
}
