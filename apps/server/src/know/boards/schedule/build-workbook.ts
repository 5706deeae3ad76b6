import { utils, type WorkSheet, write } from '@e965/xlsx';
import { type Cell, type Column, type Language, type Report, type Sheet, type Unit } from './sheet.ts';
import { words } from './words.ts';

const formats: Readonly<Partial<Record<Unit, string>>> = {
  fen: '#,##0.00',
  ratio: '0.0%',
  days: '0.0',
  times: '0.00',
  score: '0.00',
  index: '0.00',
};

/** The report as a workbook: a sheet a tile, figures as numbers that a sheet can go on computing with, and one about it all. */
export function buildReportWorkbook(report: Report, language: Language): Buffer {
  const book = utils.book_new();
  const taken = new Set<string>();
  for (const sheet of report.sheets) utils.book_append_sheet(book, sheetOf(sheet), nameFor(sheet.title, taken));
  const say = words[language];
  const about = utils.aoa_to_sheet([
    [report.title],
    ...report.facts,
    [say.zone, say.zoneName],
    [],
    ...report.sheets.flatMap(({ title, facts, notes }) => [[title], ...facts, ...notes.map((note) => ['', note]), []]),
    [say.undefined],
  ]);
  utils.book_append_sheet(book, about, nameFor(say.about, taken));
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer;
}

function sheetOf({ columns, rows, total, notes }: Sheet): WorkSheet {
  if (columns.length === 0) return utils.aoa_to_sheet(notes.map((note) => [note]));
  const body = total === undefined ? rows : [...rows, total];
  const sheet = utils.aoa_to_sheet([
    columns.map(({ head }) => head),
    ...body.map((row) => columns.map(({ kind }, index) => written(row[index] ?? null, kind))),
  ]);
  for (const [column, { kind }] of columns.entries()) {
    const format = kind === 'text' ? undefined : formats[kind];
    for (let row = 1; row <= body.length && format !== undefined; row += 1) {
      const cell = sheet[utils.encode_cell({ r: row, c: column })] as { t: string; z?: string } | undefined;
      if (cell?.t === 'n') cell.z = format;
    }
  }
  sheet['!cols'] = columns.map(({ head }) => ({ wch: Math.max(12, Math.min(40, head.length * 2)) }));
  return sheet;
}

const written = (cell: Cell, kind: Column['kind']): Cell => (typeof cell === 'number' && kind === 'fen' ? cell / 100 : cell);

/** At most 31 letters, none that a workbook refuses, and no name twice. */
function nameFor(title: string, taken: Set<string>): string {
  const plain =
    title
      .replaceAll(/[\\/?*[\]:]/g, ' ')
      .replaceAll(/^'+|'+$/g, '')
      .trim() || 'Sheet';
  for (let number = 1; ; number += 1) {
    const tail = number === 1 ? '' : ` ${number}`;
    const name = `${Array.from(plain)
      .slice(0, 28 - tail.length)
      .join('')}${tail}`;
    if (!taken.has(name.toLowerCase())) {
      taken.add(name.toLowerCase());
      return name;
    }
  }
}
