import writeExcelFile, { type CellObject } from 'write-excel-file/universal';

/** A text stays a text, so that ids keep their zeros and nothing runs as a formula; a figure comes with how it is shown. */
export type Cell = string | { value: number; format: Format };
export type Format = (typeof formats)[keyof typeof formats];

/** How spreadsheets show figures; times are days since 1899-12-30 by the business clock. */
export const formats = {
  whole: '#,##0',
  decimal: '#,##0.00',
  percent: '0.0%',
  day: 'yyyy-mm-dd',
  instant: 'yyyy-mm-dd hh:mm',
} as const;

/** A workbook of one sheet with a frozen bold head row, typed cells and columns as wide as what is in them. */
export function xlsx(sheet: string, heads: readonly string[], rows: readonly (readonly Cell[])[]): Promise<Blob> {
  const head = heads.map((value): CellObject => ({ value, type: String, fontWeight: 'bold' }));
  const columns = heads.map((name, at) => ({ width: widthOf([name, ...rows.slice(0, 200).map((row) => shown(row[at] ?? ''))]) }));
  return writeExcelFile([head, ...rows.map((row) => row.map(written))], {
    sheet: sheet.replaceAll(/[[\]:*?/\\']/g, ' ').slice(0, 31), // what a sheet may be called
    stickyRowsCount: 1,
    columns,
  }).toBlob();
}

const written = (cell: Cell): CellObject | null => {
  if (typeof cell !== 'string') return { ...cell, type: Number };
  return cell === '' ? null : { value: withoutControls(cell), type: String };
};

// oxlint-disable-next-line no-control-regex -- XML knows no control characters
const withoutControls = (text: string): string => text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');

const shown = (cell: Cell): string => (typeof cell === 'string' ? cell : `${cell.value.toFixed(2)} ${cell.format}`.slice(0, 16));
/** Han takes two places. */
const widthOf = (texts: readonly string[]): number =>
  Math.min(60, Math.max(8, ...texts.map((text) => 2 + 1.1 * text.length + (text.match(/[\u2E80-\uFFEF]/g)?.length ?? 0))));
