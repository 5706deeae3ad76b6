import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { typedCell } from './typed-cell.ts';
import { columnName, xlsx } from './xlsx.ts';
import { crc32 } from './zip.ts';

/** The files of an archive by its own directory, unpacked and checked. */
async function unzip(blob: Blob): Promise<Map<string, string>> {
  const bytes = Buffer.from(await blob.arrayBuffer());
  const end = bytes.length - 22;
  const files = new Map<string, string>();
  let place = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [crc, packed, size, nameLength] = [16, 20, 24].map((at) => bytes.readUInt32LE(place + at)).concat(bytes.readUInt16LE(place + 28)) as [number, number, number, number]; // prettier-ignore
    const name = bytes.toString('utf8', place + 46, place + 46 + nameLength);
    const local = bytes.readUInt32LE(place + 42);
    expect(bytes.readUInt32LE(local)).toBe(0x04034b50);
    const from = local + 30 + bytes.readUInt16LE(local + 26);
    const content = inflateRawSync(bytes.subarray(from, from + packed));
    expect([content.length, crc32(content)], name).toEqual([size, crc]);
    files.set(name, content.toString('utf8'));
    place += 46 + nameLength;
  }
  return files;
}

test('a list becomes a workbook: a frozen head row, texts as they are, figures and times as figures', async () => {
  const row = ['SO-001', '<王&"敏">', '¥1,234.50', '2026-11-22 14:05'].map((text, at) => typedCell(text, at === 2));
  const files = await unzip(await xlsx('订单/1', ['单号', '收货人', '金额（元）', '下单时间'], [row]));
  expect([...files.keys()].toSorted()).toEqual(
    [
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ].toSorted(),
  );
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';
  expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(sheet).toContain('<is><t xml:space="preserve">&lt;王&amp;&quot;敏&quot;&gt;</t></is>');
  expect(sheet).toContain('<c r="C2" s="3"><v>1234.5</v></c>');
  expect(sheet).toMatch(/<c r="D2" s="6"><v>46348\.586805\d*<\/v><\/c>/); // as a spreadsheet counts 2026-11-22 14:05
  expect(files.get('xl/workbook.xml')).toContain('name="订单 1"');
});

test('ten thousand rows stand in the sheet, each in its place', async () => {
  const rows = Array.from({ length: 10_000 }, (_, at) => [`T${at}`, typedCell(String(at), true)]);
  const sheet = (await unzip(await xlsx('x', ['id', 'n'], rows))).get('xl/worksheets/sheet1.xml') ?? '';
  expect(sheet.match(/<row /g)).toHaveLength(10_001);
  expect(sheet).toContain('<c r="B10001" s="2"><v>9999</v></c>');
});

test('a figure is a figure where its column is one; ids, words and dashes stay what they are', () => {
  const value = (text: string, isNumber = true) => {
    const cell = typedCell(text, isNumber);
    return typeof cell === 'string' ? cell : [cell.value, cell.format];
  };
  expect([value('1,204'), value('−¥12.00'), value('12.3%'), value('3 / 5'), value('—')]).toEqual([
    [1204, 'whole'], [-12, 'decimal'], [0.123, 'percent'], '3 / 5', '—',
  ]); // prettier-ignore
  expect([value('0012', false), value('=1+1', false), value('1E5', false), value('2026-11-22', false)]).toEqual([
    '0012', '=1+1', '1E5', [46348, 'day'],
  ]); // prettier-ignore
  expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
});
