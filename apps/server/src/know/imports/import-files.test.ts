import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as xlsx from '@e965/xlsx';
import { beforeAll, expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { aStock } from '../../supply/inventory/testing.ts';
import { anImport, anUpload } from './testing.ts';

const world = useWorld();
const samples = join(import.meta.dirname, '../../../../../data/samples');
const rows = async (statement: string) => (await world.db.pool.query<Record<string, unknown>>(statement)).rows;
const sample = (name: string) => readFile(join(samples, name));

beforeAll(() => world.run((ctx) => aStock(ctx, 'kettle', 10)));

test("a firm's own files land one after the other: products, stock, customers, orders", async () => {
  const products = await anImport(world, await sample('products-utf8-bom.csv'));
  expect(products).toMatchObject({ kind: 'products', state: 'done', rowsGood: 6, rowsBad: 0 });
  expect(products.options.encoding).toBe('utf-8');
  expect(
    await rows(`select v.sku, p.code, v.barcode, v.cost_fen, v.tax_rate_bp, v.weight_grams, p.state, p.line, p.category from catalog.variant v
    join catalog.product p on p.id = v.product_id where sku in ('SMP-ROBE-IND-S', 'SMP-LAMP-01', 'SMP-SCALE-02') order by sku`),
  ).toEqual([
    {
      sku: 'SMP-LAMP-01',
      code: 'SMP-LAMP-01',
      barcode: '0690200000055',
      cost_fen: 61_000,
      tax_rate_bp: 1300,
      weight_grams: 1850,
      state: 'active',
      line: 'general',
      category: 'jia-dian/deng-ju',
    },
    {
      sku: 'SMP-ROBE-IND-S',
      code: 'SMP-ROBE',
      barcode: '0690200000017',
      cost_fen: 11_850,
      tax_rate_bp: 1300,
      weight_grams: 620,
      state: 'active',
      line: 'general',
      category: 'fu-zhuang/jia-ju-fu',
    },
    {
      sku: 'SMP-SCALE-02',
      code: 'SMP-SCALE-02',
      barcode: '0690200000062',
      cost_fen: 6_400,
      tax_rate_bp: 1300,
      weight_grams: 480,
      state: 'draft',
      line: 'general',
      category: 'jia-dian/chu-fang',
    },
  ]);
  expect(await rows(`select sku, amount_fen from pricing.price where sku like 'SMP-%' order by sku`)).toEqual([
    { sku: 'SMP-HONEY-500', amount_fen: 6_800 },
    { sku: 'SMP-LAMP-01', amount_fen: 119_900 },
    { sku: 'SMP-ROBE-IND-M', amount_fen: 32_900 },
    { sku: 'SMP-ROBE-IND-S', amount_fen: 32_900 },
    { sku: 'SMP-ROBE-IVO-M', amount_fen: 33_900 },
    { sku: 'SMP-SCALE-02', amount_fen: 15_900 },
  ]);

  const stock = await anImport(world, await sample('stock.xlsx'), { fileName: 'stock.xlsx' });
  expect(stock).toMatchObject({ kind: 'stock', state: 'done', rowsGood: 5, rowsBad: 0, sheets: ['盘点', '说明'] });
  expect(stock.options).toMatchObject({ sheet: '盘点', headerRow: 3 });
  expect(await rows(`select sku, location, on_hand from inventory.stock where sku like 'SMP-%' order by sku`)).toEqual([
    { sku: 'SMP-HONEY-500', location: 'S01', on_hand: 88 },
    { sku: 'SMP-LAMP-01', location: 'WH1', on_hand: 12 },
    { sku: 'SMP-ROBE-IND-M', location: 'WH1', on_hand: 57 },
    { sku: 'SMP-ROBE-IND-S', location: 'WH1', on_hand: 42 },
    { sku: 'SMP-ROBE-IVO-M', location: 'WH1', on_hand: 19 },
  ]);

  const customers = await anImport(world, await sample('customers-gbk.csv'));
  expect(customers).toMatchObject({ kind: 'customers', state: 'done', rowsGood: 4, rowsBad: 0 });
  expect(customers.options.encoding).toBe('gb18030');
  expect(
    await rows(`select name, phone from customers.customer where external_id in ('SMP-0001', 'SMP-0003') order by external_id`),
  ).toEqual([
    { name: '顾清和', phone: '13800001234' },
    { name: '欧阳镕', phone: '02155550199' },
  ]);

  const orders = await anImport(world, await sample('orders.csv'));
  expect(orders).toMatchObject({ kind: 'orders', state: 'done', rowsGood: 6, rowsBad: 0 });
  expect(await rows(`select external_id, total_fen, placed_at from orders."order" order by external_id`)).toEqual([
    { external_id: 'SMP-9001', total_fen: 67_000, placed_at: new Date('2026-11-01T02:05:00Z') },
    { external_id: 'SMP-9002', total_fen: 20_400, placed_at: new Date('2026-11-01T03:30:00Z') },
    { external_id: 'SMP-9003', total_fen: 119_900, placed_at: new Date('2026-11-02T01:12:00Z') },
    { external_id: 'SMP-9005', total_fen: 15_900, placed_at: new Date('2026-11-05T04:00:00Z') },
  ]);
  expect(await rows('select order_id is null as alone, quantity, amount_fen from returns.line')).toEqual([
    { alone: false, quantity: 1, amount_fen: 32_900 },
  ]);
});

test('each of them again changes nothing', async () => {
  for (const name of ['products-utf8-bom.csv', 'stock.xlsx', 'customers-gbk.csv', 'orders.csv']) {
    const again = await anImport(world, await sample(name), { fileName: name });
    expect(again, name).toMatchObject({ state: 'done', rowsGood: 0, rowsUnchanged: again.rowsTotal, rowsBad: 0 });
  }
});

test('the same table lands the same from gzip, tabs, semicolons and UTF-16', async () => {
  const table = [
    ['货号', '品名', '售价'],
    ['enc-1', '"引号", 逗号\n换行', '12.5'],
  ];
  const csv = (delimiter: string) =>
    table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)).join('\r\n');
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv('\t'), 'utf16le')]);
  for (const bytes of [gzipSync(csv(',')), Buffer.from(csv('\t')), Buffer.from(csv(';')), utf16]) {
    const told = await anImport(world, bytes, { kind: 'products' });
    expect(told).toMatchObject({ rowsTotal: 1, rowsBad: 0 });
  }
  expect(
    await rows(`select p.name, amount_fen from catalog.product p join pricing.price on sku = p.code where p.code = 'enc-1'`),
  ).toEqual([{ name: '"引号", 逗号\n换行', amount_fen: 1250 }]);
});

test('a workbook damages no id: zeros stay, 15 digits stay, and an id that the spreadsheet has cut already is refused', async () => {
  const sheet = xlsx.utils.aoa_to_sheet([['货号', '品名', '条码', '售价']]);
  const put = (r: number, cells: xlsx.CellObject[]) =>
    cells.forEach((cell, c) => (sheet[xlsx.utils.encode_cell({ r, c })] = cell));
  const text = (v: string): xlsx.CellObject => ({ t: 's', v });
  put(1, [text('007'), text('甲'), { t: 'n', v: 6_901_234_567_892 }, { t: 'n', v: 0.1 + 0.2 }]);
  put(2, [{ t: 'n', v: 42, z: '00000' }, text('乙'), { t: 'n', v: 123_456_789_012_345 }, { t: 'n', v: 1234.5, z: '#,##0.00' }]);
  put(3, [{ t: 'n', v: 6.9e17 }, text('丙'), text('1'), { t: 'n', v: 1 }]);
  put(4, [text('x-4'), text('丁'), { t: 'n', v: 6.9e17 }, { t: 'e', v: 42, w: '#N/A' }]);
  sheet['!ref'] = 'A1:D5';
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, sheet, 'S');
  const told = await anImport(world, xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer, { kind: 'products' });
  expect(told).toMatchObject({ rowsGood: 2, rowsBad: 2 });
  expect(told.reasons).toEqual([
    { code: 'id.damaged', field: 'barcode', rows: 1 },
    { code: 'id.damaged', field: 'sku', rows: 1 },
    { code: 'number.invalid', field: 'price', rows: 1 },
  ]);
  expect(
    await rows(
      `select v.sku, barcode, amount_fen from catalog.variant v join pricing.price p on p.sku = v.sku where v.sku in ('007', '00042') order by 1`,
    ),
  ).toEqual([
    { sku: '00042', barcode: '123456789012345', amount_fen: 123_450 },
    { sku: '007', barcode: '6901234567892', amount_fen: 30 },
  ]);
});

test('a chosen mapping is remembered for the next file of the same source, also when it is the mended list of bad rows', async () => {
  const headers = '甲,乙,丙\n';
  const { id } = await anUpload(world, `${headers}kettle,WH1,3\n`, { kind: 'stock', source: '老店' });
  const { setMapping } = await import('./set-mapping.ts');
  const { runTo } = await import('./testing.ts');
  await setMapping({ inTx: world.run }, id, { mapping: ['sku', 'location', 'quantity'] });
  expect(await runTo(world, id, 'run')).toMatchObject({ state: 'done', rowsGood: 1 });
  expect((await anUpload(world, `${headers}kettle,WH1,4\n`, { kind: 'stock', source: '老店' })).mapping).toEqual([
    'sku',
    'location',
    'quantity',
  ]);
  const mended = await anUpload(world, '甲,乙,丙,原始行号,错误原因\nkettle,WH1,4,2,x\n', { kind: 'stock', source: '老店' });
  expect(mended.mapping.slice(0, 3)).toEqual(['sku', 'location', 'quantity']);
  expect((await anUpload(world, `${headers}kettle,WH1,4\n`, { kind: 'stock', source: '新店' })).missing).toEqual([
    'sku',
    'quantity',
  ]);
});
