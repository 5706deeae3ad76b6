import { read } from '@e965/xlsx';
import { expect, test } from 'vitest';
import { typedCell } from './typed-cell.ts';
import { type Cell, formats, xlsx } from './xlsx.ts';

/** The workbook as another program reads it. */
async function opened(sheet: string, heads: string[], rows: Cell[][]) {
  const bytes = Buffer.from(await (await xlsx(sheet, heads, rows)).arrayBuffer());
  const book = read(bytes, { cellStyles: true, cellNF: true, bookFiles: true }) as ReturnType<typeof read> & {
    files: Record<string, { content: Uint8Array }>;
  };
  const [name = ''] = book.SheetNames;
  const xml = Object.entries(book.files).find(([path]) => path.endsWith('worksheets/sheet1.xml'))?.[1].content ?? Buffer.from('');
  return { name, sheet: book.Sheets[name] ?? {}, xml: Buffer.from(xml).toString('utf8') };
}

test('a list becomes a workbook: a frozen head row, texts as they are, figures and times as figures', async () => {
  const row = ['SO-001', '<王&"敏">', '¥1,234.50', '2026-11-22 14:05', '=1+1'].map((text, at) => typedCell(text, at === 2));
  const { name, sheet, xml } = await opened('订单/1', ['单号', '收货人', '金额（元）', '下单时间', '备注'], [row]);
  expect(name).toBe('订单 1');
  expect(xml).toMatch(/<pane ySplit="1"[^>]*state="frozen"/);
  expect([sheet['A1'], sheet['B2'], sheet['E2']].map(({ t, v }) => [t, v])).toEqual([
    ['s', '单号'], ['s', '<王&"敏">'], ['s', '=1+1'],
  ]); // prettier-ignore
  expect(sheet['E2'].f).toBeUndefined();
  expect([sheet['C2'].v, sheet['C2'].z]).toEqual([1234.5, '#,##0.00']);
  expect([sheet['D2'].z, sheet['D2'].v]).toEqual(['yyyy-mm-dd hh:mm', expect.closeTo(46348.586805, 5)]); // as a spreadsheet counts that minute
});

test('ten thousand rows stand in the sheet, each in its place', async () => {
  const rows = Array.from({ length: 10_000 }, (_, at) => [`T${at}`, typedCell(String(at), true)]);
  const { sheet } = await opened('x', ['id', 'n'], rows);
  expect([sheet['!ref'], sheet['A10001'].v, sheet['B10001'].v]).toEqual(['A1:B10001', 'T9999', 9999]);
});

test('a figure is a figure where its column is one; ids, words and dashes stay what they are', () => {
  const value = (text: string, isNumber = true) => {
    const cell = typedCell(text, isNumber);
    return typeof cell === 'string' ? cell : [cell.value, cell.format];
  };
  expect([value('1,204'), value('−¥12.00'), value('12.3%'), value('3 / 5'), value('—')]).toEqual([
    [1204, formats.whole], [-12, formats.decimal], [0.123, formats.percent], '3 / 5', '—',
  ]); // prettier-ignore
  expect([value('0012', false), value('=1+1', false), value('1E5', false), value('2026-11-22', false)]).toEqual([
    '0012', '=1+1', '1E5', [46348, formats.day],
  ]); // prettier-ignore
});
