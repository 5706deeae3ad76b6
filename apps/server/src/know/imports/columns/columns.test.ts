import { expect, test } from 'vitest';
import { findHeaderRow, guessKind, missingFields, suggestMapping } from './columns.ts';

test("a real retailer's ledger is recognised as it is", () => {
  const headers = ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID', 'Country'];
  expect(guessKind(headers)).toBe('orders');
  expect(suggestMapping('orders', headers)).toEqual([
    'order',
    'sku',
    'name',
    'quantity',
    'placedAt',
    'price',
    'customer',
    'region',
  ]);
});

test('Chinese headings are recognised whatever their width, spaces and units', () => {
  const headers = ['订单编号', '商品编码', '商品名称', '数 量', '成交单价（元）', '下单时间', '收货人', '手机号码', '买家留言'];
  expect(suggestMapping('orders', headers)).toEqual([
    'order',
    'sku',
    'name',
    'quantity',
    'price',
    'placedAt',
    'customerName',
    'phone',
    'note',
  ]);
  expect(guessKind(['货号', '品名', '售价', '颜色', '尺码'])).toBe('products');
  expect(guessKind(['货号', '仓库', '现存量'])).toBe('stock');
  expect(guessKind(['会员号', '姓名', '手机'])).toBe('customers');
  expect(guessKind(['甲', '乙'])).toBeUndefined();
});

test('a field is never taken by two columns, and what is missing is named', () => {
  const mapping = suggestMapping('stock', ['SKU', '货号', '数量']);
  expect(mapping).toEqual([null, 'sku', 'quantity']);
  expect(missingFields('orders', suggestMapping('orders', ['订单号', '货号']))).toEqual(['quantity', 'price', 'placedAt']);
});

test('headings are found below a title and a date line', () => {
  expect(findHeaderRow([['2026 年 11 月库存表', '', ''], [''], ['货号', '仓库', '库存数量'], ['A1', 'WH1', '5']])).toBe(3);
  expect(
    findHeaderRow([
      ['a', 'b'],
      ['1', '2'],
    ]),
  ).toBe(1);
});
