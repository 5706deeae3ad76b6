import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { imports as contract } from '@tongshang/contract';
import { aStock } from '../../supply/inventory/testing.ts';
import { promiseStock } from '../../supply/inventory/index.ts';
import { makeBadRowsFile } from './download/bad-rows-file.ts';
import { anImport, anUpload, runTo } from './testing.ts';

const world = useWorld();
const rows = async (statement: string) => (await world.db.pool.query<Record<string, unknown>>(statement)).rows;
const badRowsOf = async (id: string) =>
  (await world.call(contract.listBadRows, { params: { id }, query: { limit: 200 } }, aStaff('operations'))).items;
const text = async (body: AsyncIterable<string> | Buffer): Promise<string> => {
  if (Buffer.isBuffer(body)) return body.toString();
  let all = '';
  for await (const part of body) all += part;
  return all;
};

const orders = `订单号,货号,数量,单价,下单时间,手机
B1,mug,1,10.00,2026-11-01 10:00,13800138000
B1,mug,三打,abc,昨天,12
B2,mug,2,10.00,2026-11-01 10:00,13800138000
B3,6.9E+12,1.5,10.00,2027-11-01 10:00,
B4,mug,1,10.00,2026-11-01 10:00,13800138000,多,一列
,mug,1,10.00,2026-11-01 10:00,
B5,mug,0,10.00,2026-11-01 10:00,
`;

test('a bad row keeps its number, its cells and all its reasons; an order lands whole or waits as a whole', async () => {
  const told = await anImport(world, orders);
  expect(told).toMatchObject({ state: 'done', rowsTotal: 7, rowsGood: 1, rowsBad: 6 });
  expect(await rows(`select external_id from orders."order"`)).toEqual([{ external_id: 'B2' }]);
  const bad = await badRowsOf(told.id);
  expect(
    bad.map(({ rowNo, reasons }) => [rowNo, ...reasons.map(({ code, field }) => `${code}${field === null ? '' : `/${field}`}`)]),
  ).toEqual([
    [2, 'order.held_back'],
    [3, 'date.invalid/placedAt', 'number.invalid/quantity', 'number.invalid/price', 'phone.invalid/phone'],
    [5, 'date.in_future/placedAt', 'id.damaged/sku', 'number.not_whole/quantity'],
    [6, 'row.too_wide'],
    [7, 'cell.missing/order'],
    [8, 'number.invalid/quantity'],
  ]);
  expect(bad[1]).toMatchObject({
    cells: ['B1', 'mug', '三打', 'abc', '昨天', '12'],
    reasons: [{ value: '昨天' }, { value: '三打' }, { value: 'abc' }, { value: '12' }],
  });
});

test('the list of bad rows, mended, lands what was held back', async () => {
  const told = await anImport(world, orders.replaceAll(/B(\d)/g, 'M$1'));
  const file = await makeBadRowsFile({ inTx: world.run }, told.id, { format: 'csv', language: 'zh-CN' });
  const csv = await text(file.body);
  expect(csv.startsWith('\uFEFF订单号,货号,数量,单价,下单时间,手机,,,原始行号,错误原因\r\n')).toBe(true);
  expect(csv).toContain('3,下单时间：日期读不懂（昨天）；数量：不是数字（三打）；价格：不是数字（abc）；手机：手机号不对（12）');
  const mended = csv
    .split('\r\n')
    .slice(0, 3)
    .join('\r\n')
    .replace('三打', '3')
    .replace('abc', '10')
    .replace('昨天', '2026-11-01 10:00')
    .replace(',12,', ',,');
  expect(await anImport(world, mended)).toMatchObject({ rowsTotal: 2, rowsGood: 2, rowsBad: 0 });
  expect(await rows(`select total_fen from orders."order" where external_id = 'M1'`)).toEqual([{ total_fen: 4000 }]);
});

test('an XLSX of bad rows holds every cell as text', async () => {
  const told = await anImport(world, orders.replaceAll(/B(\d)/g, 'X$1'));
  const file = await makeBadRowsFile({ inTx: world.run }, told.id, { format: 'xlsx', language: 'en' });
  const again = await anUpload(world, file.body as Buffer, { fileName: file.fileName });
  expect(again).toMatchObject({ format: 'xlsx', kind: 'orders' });
  expect(again.headers.slice(-2)).toEqual(['Original row', 'What is wrong']);
});

test('without leave to make products, lines of unknown goods are bad and postage is not', async () => {
  const ledger = 'InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice\nU1,unheard-of,1,2026-11-01,5\nU2,POST,1,2026-11-01,5\n';
  const told = await anImport(world, ledger, { options: { createProducts: false } });
  expect(told).toMatchObject({ rowsGood: 1, rowsBad: 1, reasons: [{ code: 'sku.unknown', field: 'sku', rows: 1 }] });
});

test('stock of unknown goods or places, repeated with other figures, or below what is promised is bad; the rest lands', async () => {
  await world.run((ctx) => aStock(ctx, 'pan', 10));
  await world.run((ctx) =>
    promiseStock(ctx, {
      orderId: crypto.randomUUID(),
      channel: 'shop',
      lines: [{ lineNo: 1, sku: 'pan', quantity: 4, location: 'WH1' }],
    }),
  );
  const told = await anImport(
    world,
    'SKU,Location,Quantity\npan,WH1,3\npan,S01,5\npan,S01,6\npan,MOON,1\nghost,WH1,1\npan,S01,5\npan,WH1,-1\n',
  );
  const bad = await badRowsOf(told.id);
  expect(bad.map(({ rowNo, reasons }) => [rowNo, ...reasons.map(({ code }) => code)])).toEqual([
    [2, 'stock.promised'],
    [4, 'row.repeated'],
    [5, 'location.unknown'],
    [6, 'sku.unknown'],
    [8, 'number.negative', 'row.repeated'],
  ]);
  expect(await rows(`select location, on_hand from inventory.stock where sku = 'pan' order by location`)).toEqual([
    { location: 'S01', on_hand: 5 },
    { location: 'WH1', on_hand: 10 },
  ]);
});

test('a check finds the same bad rows as the run, previews what would change, and changes nothing', async () => {
  const file = 'SKU,品名,售价\nchk-1,杯,10\nchk-2,,abc\n';
  const { id } = await anUpload(world, file);
  const checked = await runTo(world, id, 'check');
  expect(checked).toMatchObject({ state: 'checked', rowsTotal: 2, rowsGood: 1, rowsBad: 1 });
  expect(checked.preview).toEqual({
    rows: 2,
    isWhole: true,
    effects: [
      { what: 'products', created: 1, changed: 0, unchanged: 0 },
      { what: 'prices', created: 1, changed: 0, unchanged: 0 },
    ],
  });
  expect(await rows(`select from catalog.variant where sku like 'chk-%'`)).toEqual([]);
  const found = await badRowsOf(id);
  const done = await runTo(world, id, 'run');
  expect(done).toMatchObject({ state: 'done', rowsGood: 1, rowsBad: 1, effects: checked.preview?.effects });
  expect(await badRowsOf(id)).toEqual(found);
});
