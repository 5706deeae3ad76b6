import { createHash } from 'node:crypto';
import { imports as contract } from '@tongshang/contract';
import type { FileFacts } from '../../../platform/table-file/inspect-file.ts';
import { findDelimiter, headRows } from '../../../platform/table-file/head-rows.ts';
import { imports, type Kind, type Options } from '../tables.ts';
import type { Tx } from '../../../platform/db.ts';
import { badRowHeadings } from '../download/words.ts';
import { findHeaderRow, guessKind, type Mapping, normalHeading, suggestMapping } from './columns.ts';
import { orderOf } from '../../../platform/table-file/dates.ts';

export interface Recognised {
  options: Options;
  headers: string[];
  /** The first rows below the headings. */
  sample: string[][];
}

const headersMax = 200;
const sampleMax = 400;

/** Finds out how a file is to be read: sheet, separator, heading row, order of day and month. */
export async function recogniseFile(
  parts: () => AsyncIterable<Buffer>,
  facts: FileFacts,
  given: Partial<Options> = {},
): Promise<Recognised> {
  const options: Options = {
    ...contract.defaultImportOptions,
    encoding: facts.encoding,
    sheet: facts.sheets[0] ?? null,
    ...given,
  };
  const how = { ...facts, options };
  if (facts.format === 'csv' && given.delimiter === undefined) options.delimiter = await findDelimiter(parts(), how);
  const rows = await headRows(parts(), how, sampleMax);
  options.headerRow = given.headerRow ?? findHeaderRow(rows.slice(0, 20));
  const sample = rows.slice(options.headerRow);
  if (given.dateOrder === undefined) options.dateOrder = orderOf(sample.flat()) ?? options.dateOrder;
  return { options, headers: headersOf(rows[options.headerRow - 1] ?? []), sample };
}

/** Headings without the empty ones at the end that spreadsheets like to add. */
export function headersOf(row: readonly string[]): string[] {
  const headers = row.slice(0, headersMax).map((cell) =>
    cell
      .replace(/^\uFEFF/, '')
      .trim()
      .slice(0, 200),
  );
  while (headers.at(-1) === '') headers.pop();
  return headers;
}

/** A file's headings as one key. The columns that our own list of bad rows adds do not count: the mended file is the same sort of file. */
export function headersHash(headers: readonly string[]): string {
  const own = headers.map(normalHeading);
  while (own.length > 0 && addedHeadings.has(own.at(-1) ?? '')) own.pop();
  return createHash('sha256').update(own.join('\n')).digest('hex');
}

const addedHeadings = new Set(['', ...Object.values(badRowHeadings).flat().map(normalHeading)]);

/** What a person chose last time for a file of this source with these headings, else what the headings say. */
export async function mappingFor(
  tx: Tx,
  { kind, source, headers }: { kind: Kind | undefined; source: string; headers: string[] },
): Promise<{ kind: Kind | undefined; mapping: Mapping; options: Partial<Options> }> {
  const guessed = kind ?? guessKind(headers);
  if (guessed === undefined) return { kind: undefined, mapping: headers.map(() => null), options: {} };
  const before = await imports(tx)
    .selectFrom('remembered')
    .select(['mapping', 'options'])
    .where('kind', '=', guessed)
    .where('source', '=', source)
    .where('headers_hash', '=', headersHash(headers))
    .executeTakeFirst();
  if (before === undefined) return { kind: guessed, mapping: suggestMapping(guessed, headers), options: {} };
  return { kind: guessed, mapping: before.mapping, options: keptOptions(before.options) };
}

const ofThisFile = new Set(['encoding', 'delimiter', 'sheet', 'headerRow', 'dateOrder']);
const keptOptions = (options: Options): Partial<Options> =>
  Object.fromEntries(Object.entries(options).filter(([name]) => !ofThisFile.has(name)));
