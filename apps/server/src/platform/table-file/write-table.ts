// A table as a file: CSV that spreadsheets open with the right letters, or XLSX whose cells are all text, so that no id is damaged.
import * as xlsx from '@e965/xlsx';

export interface TableFile {
  contentType: string;
  extension: 'csv' | 'xlsx';
  body: AsyncIterable<string> | Buffer;
}

const BOM = '\uFEFF';
/** Above this a workbook would take too much memory; CSV has no such limit. */
export const sheetRowsMax = 100_000;

export function csvFile(rows: AsyncIterable<readonly string[]>): TableFile {
  async function* lines(): AsyncGenerator<string> {
    yield BOM;
    for await (const row of rows) yield `${row.map(csvCell).join(',')}\r\n`;
  }
  return { contentType: 'text/csv; charset=utf-8', extension: 'csv', body: lines() };
}

export async function xlsxFile(rows: AsyncIterable<readonly string[]>): Promise<TableFile> {
  const table: xlsx.CellObject[][] = [];
  for await (const row of rows) table.push(row.map((value) => ({ t: 's', v: value.slice(0, 32_767), z: '@' })));
  const sheet = xlsx.utils.aoa_to_sheet(table, { dense: true });
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, sheet, 'Sheet1');
  const body = xlsx.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer;
  return { contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extension: 'xlsx', body };
}

/** Quoted where it must be. What a spreadsheet would run as a formula gets a leading quote mark, which our own reading takes off again. */
function csvCell(text: string): string {
  const safe = /^[=+@\t]/.test(text) && !/^="\d*"$/.test(text) && !/^\+?[\d\s-]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
