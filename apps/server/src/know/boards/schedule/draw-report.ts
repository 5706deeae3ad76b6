import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { draw, mm } from '../../../platform/paper.ts';
import { drawChart } from './draw-chart.ts';
import { type Cell, type Column, type Language, type Report, type Sheet, writeCell } from './sheet.ts';
import { words } from './words.ts';

const chartSize = { width: mm(267), height: mm(48) };

/** The report on A4, lying: each tile's chart above its table, every page numbered. */
export function drawReport(report: Report, language: Language): Promise<Buffer> {
  return draw({
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: mm(15),
    info: { title: report.title },
    footer: (at: number, of: number) => ({
      text: `${report.title}   ${words[language].page(at, of)}`,
      fontSize: 8,
      alignment: 'right',
      margin: [0, 8, mm(15), 0],
    }),
    content: [
      { text: report.title, bold: true, fontSize: 18, margin: [0, 0, 0, 4] },
      ...report.facts.map(factLine),
      ...report.sheets.flatMap((sheet) => drawSheet(sheet)),
      { text: words[language].undefined, color: '#555', fontSize: 8, margin: [0, 12, 0, 0] },
    ],
  });
}

const factLine = ([name, value]: [string, string]): Content => ({
  text: [{ text: `${name}  `, color: '#555' }, value],
  fontSize: 9,
  lineHeight: 1.25,
});

function drawSheet(sheet: Sheet): Content[] {
  const head: Content = {
    unbreakable: true,
    stack: [
      { text: sheet.title, bold: true, fontSize: 13, margin: [0, 14, 0, 2] },
      ...sheet.facts.map(factLine),
      ...(sheet.chart === undefined
        ? []
        : [{ svg: drawChart(sheet.chart, chartSize), ...chartSize, margin: [0, 6, 0, 4] } as Content]),
    ],
  };
  const notes = sheet.notes.map((text): Content => ({ text, color: '#7a4a00', fontSize: 8, margin: [0, 2, 0, 0] }));
  return sheet.columns.length === 0 ? [head, ...notes] : [head, drawTable(sheet), ...notes];
}

function drawTable({ columns, rows, total }: Sheet): Content {
  const fontSize = columns.length > 20 ? 5.5 : columns.length > 11 ? 7 : 8.5;
  const rowOf = (cells: readonly Cell[], bold: boolean): TableCell[] =>
    columns.map((column, index) => ({ text: writeCell(cells[index] ?? null, column.kind), alignment: sideOf(column), bold }));
  const body = [
    columns.map((column): TableCell => ({ text: column.head, bold: true, alignment: sideOf(column) })),
    ...rows.map((row) => rowOf(row, false)),
    ...(total === undefined ? [] : [rowOf(total, true)]),
  ];
  return {
    layout: 'lightHorizontalLines',
    fontSize,
    margin: [0, 4, 0, 0],
    table: { headerRows: 1, dontBreakRows: true, widths: columns.map(() => '*'), body },
  };
}

const sideOf = ({ kind }: Column): 'left' | 'right' => (kind === 'text' ? 'left' : 'right');
