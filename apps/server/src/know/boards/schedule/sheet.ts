// What a scheduled mail says, before it is paper or a workbook: both are drawn from the same sheets, so they say the same. Pure.
import type { metrics } from '@tongshang/contract';

export type Language = 'zh-CN' | 'en';
export type Unit = (typeof metrics.metricUnits)[number];

export interface Column {
  head: string;
  /** A figure's unit, money in fen; `text` for what names a row. */
  kind: Unit | 'text';
}

/** Figures as the house computes them: money in fen, ratios of 1. Null is undefined, which is not zero. */
export type Cell = string | number | null;

export interface Chart {
  kind: 'lines' | 'bars';
  labels: string[];
  series: { name: string; values: (number | null)[] }[];
  unit: Unit;
}

/** One tile of a board. */
export interface Sheet {
  title: string;
  /** Period, comparison, filters: name and value. */
  facts: [string, string][];
  columns: Column[];
  rows: Cell[][];
  total: Cell[] | undefined;
  chart: Chart | undefined;
  notes: string[];
}

export interface Report {
  title: string;
  /** What holds for all of it: as of, whose rows. */
  facts: [string, string][];
  sheets: Sheet[];
}

const rowsMax = 500;
export const rowsOfReportMax = 3_000;

/** Cuts what no reader would turn the pages of; the note says so. The total stays that of all. */
export function cutRows(sheets: readonly Sheet[], note: (shown: number) => string): Sheet[] {
  let left = rowsOfReportMax;
  return sheets.map((sheet) => {
    const most = Math.min(rowsMax, left);
    const rows = sheet.rows.slice(0, most);
    left -= rows.length;
    return rows.length === sheet.rows.length ? sheet : { ...sheet, rows, notes: [...sheet.notes, note(rows.length)] };
  });
}

const grouped = (value: number, decimals: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** A figure as it stands on paper: `1,234.50` yuan, `15.3%`; `—` where there is none. */
export function writeCell(cell: Cell, kind: Column['kind']): string {
  if (cell === null) return '—';
  if (typeof cell === 'string') return cell;
  switch (kind) {
    case 'fen':
      return grouped(cell / 100, 2);
    case 'ratio':
      return `${grouped(cell * 100, 1)}%`;
    case 'days':
      return grouped(cell, 1);
    case 'times':
    case 'score':
    case 'index':
      return grouped(cell, 2);
    case 'count':
    case 'units':
    case 'seconds':
    case 'text':
      return grouped(cell, Number.isInteger(cell) ? 0 : 1);
  }
}
