// A workbook of one sheet, written as it is read: rows go through compression one block after another, never as one text.
import { zip } from './zip.ts';

/** What stands in a cell. Texts stay texts, so that ids keep their zeros and nothing runs as a formula. */
export type Cell =
  | string
  | { kind: 'number'; value: number; format: 'whole' | 'decimal' | 'percent' }
  /** Of the business clock: days since 1899-12-30 and the part of the day, as spreadsheets count. */
  | { kind: 'time'; value: number; format: 'day' | 'instant' };

// The places of these formats in the style table below.
const styleOf = { whole: 2, decimal: 3, percent: 4, day: 5, instant: 6 } as const;
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const rowsAtOnce = 500;

/** A sheet with a frozen bold head row, typed cells and columns as wide as what is in them. */
export function xlsx(sheet: string, heads: readonly string[], rows: readonly (readonly Cell[])[]): Promise<Blob> {
  return zip(
    [
      { path: '[Content_Types].xml', parts: [contentTypes] },
      { path: '_rels/.rels', parts: [relationTo('officeDocument', 'xl/workbook.xml')] },
      { path: 'xl/workbook.xml', parts: [workbook(sheet)] },
      { path: 'xl/_rels/workbook.xml.rels', parts: [workbookRelations] },
      { path: 'xl/styles.xml', parts: [styles] },
      { path: 'xl/worksheets/sheet1.xml', parts: sheetXml(heads, rows) },
    ],
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  );
}

function* sheetXml(heads: readonly string[], rows: readonly (readonly Cell[])[]): Generator<string> {
  const widths = heads.map((name, at) => widthOf([name, ...rows.slice(0, 200).map((row) => textOf(row[at] ?? ''))]));
  const cols = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('');
  yield `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols}</cols><sheetData>`;
  yield `<row r="1">${heads.map((name, at) => textCell(`${columnName(at)}1`, name, 1)).join('')}</row>`;
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    yield rows
      .slice(from, from + rowsAtOnce)
      .map((row, at) => rowXml(row, from + at + 2))
      .join('');
  yield '</sheetData></worksheet>';
}

const rowXml = (row: readonly Cell[], number: number): string =>
  `<row r="${number}">${row.map((cell, at) => cellXml(cell, `${columnName(at)}${number}`)).join('')}</row>`;

function cellXml(cell: Cell, place: string): string {
  if (typeof cell === 'string') return cell === '' ? '' : textCell(place, cell, 0);
  return `<c r="${place}" s="${styleOf[cell.format]}"><v>${cell.value}</v></c>`;
}

const textCell = (place: string, text: string, style: number): string =>
  `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

/** `A`, `B`, … `Z`, `AA`. */
export const columnName = (at: number): string =>
  (at >= 26 ? columnName(Math.floor(at / 26) - 1) : '') + String.fromCodePoint(65 + (at % 26));

const escaped = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- XML knows no control characters
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const textOf = (cell: Cell): string =>
  typeof cell === 'string' ? cell : cell.kind === 'time' ? '2026-11-22 14:05' : cell.value.toFixed(2);
/** Han takes two places. */
const widthOf = (texts: readonly string[]): number =>
  Math.min(60, Math.max(8, ...texts.map((text) => text.length * 1.1 + (text.match(/[\u2E80-\uFFFF]/g)?.length ?? 0) + 2)));

const relationTo = (kind: string, target: string): string =>
  `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/${kind}" Target="${target}"/></Relationships>`;
const workbookRelations = `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`;
const workbook = (sheet: string): string =>
  `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="${escaped(sheet.replaceAll(/[[\]:*?/\\']/g, ' ').slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
const kinds = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const contentTypes = `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kinds}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kinds}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${kinds}.styles+xml"/></Types>`;
const formatted = (id: number): string =>
  `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`;
const styles = `${head}<styleSheet xmlns="${main}"><numFmts count="3"><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>${[3, 4, 164, 165, 166].map(formatted).join('')}</cellXfs></styleSheet>`;
