import { beforeAll, expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { anImport, type ImportView } from './testing.ts';

const world = useWorld();
const rows = async (statement: string) => (await world.db.pool.query<Record<string, unknown>>(statement)).rows;

const ledger = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
1001,85123A,WHITE HEART,6,2010-12-01 08:26,2.55,17850,United Kingdom
1002,71053,LANTERN,4,2010-12-01 09:00,3.39,17851,France
1001,85123a,,2,2010-12-01 08:27,2.55,17850,United Kingdom
1002,POST,POSTAGE,2,2010-12-01 09:00,18,17851,France
1003,85123A,WHITE HEART,3,2010-12-02 10:00,2.5,17850,United Kingdom
C1004,85123A,WHITE HEART,-5,2010-12-03 08:00,2.55,17850,United Kingdom
C1005,71053,LANTERN,-6,2010-12-03 09:00,3.39,17851,France
C1006,D,Discount,-1,2010-12-03 10:00,27.5,17851,France
C1006,POST,POSTAGE,-1,2010-12-03 10:00,18,17851,France
C1006,AMAZONFEE,AMAZON FEE,-1,2010-12-03 10:00,100.1,,United Kingdom
A1007,B,Adjust bad debt,1,2010-12-04 10:00,-11062.06,,United Kingdom
1008,71053,damaged,-20,2010-12-04 11:00,0,,United Kingdom
1009,71053,found,9,2010-12-04 11:00,0,,United Kingdom
1010,PADS,PADS,1,2010-12-05 10:00,0.001,17850,United Kingdom
1010,22139,GIFT,1,2010-12-05 10:00,0,17850,United Kingdom
1011,DOT,DOTCOM POSTAGE,1,2010-12-06 10:00,12.34,,United Kingdom
`;

let first: ImportView;
beforeAll(async () => {
  first = await anImport(world, ledger, { options: { timeZone: 'Europe/London' } });
});

test('every line of a ledger lands in its class, and the classes add up to the file to the fen', () => {
  expect(first).toMatchObject({
    state: 'done',
    kind: 'orders',
    rowsTotal: 16,
    rowsGood: 16,
    rowsUnchanged: 0,
    rowsBad: 0,
    progress: 1,
  });
  expect(Object.fromEntries(first.ledger.map(({ class: name, lines, amountFen }) => [name, [lines, amountFen]]))).toEqual({
    sale: [6, 1530 + 1356 + 510 + 750 + 0 + 0],
    freight: [2, 3600 + 1234],
    return: [1, -(5 * 255) - 4 * 339],
    return_unmatched: [1, -2 * 339], // a line that only partly met a purchase
    discount: [1, -2750],
    freight_refund: [1, -1800],
    fee: [1, -10_010],
    adjustment: [1, -1_106_206],
    stock_correction: [2, 0],
  });
  const total = ledger
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .reduce((sum, cells) => sum + Math.round(Number(cells[3]) * Number(cells[5]) * 100), 0);
  expect(first.ledger.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(total);
});

test('lines that are spread over the file are one order, with its freight and its earliest time', async () => {
  expect(
    await rows(
      `select external_id, state, goods_fen, freight_fen, total_fen, region, placed_at from orders."order" order by external_id`,
    ),
  ).toEqual([
    {
      external_id: '1001',
      state: 'delivered',
      goods_fen: 2040,
      freight_fen: 0,
      total_fen: 2040,
      region: 'United Kingdom',
      placed_at: new Date('2010-12-01T08:26:00Z'),
    },
    {
      external_id: '1002',
      state: 'delivered',
      goods_fen: 1356,
      freight_fen: 3600,
      total_fen: 4956,
      region: 'France',
      placed_at: new Date('2010-12-01T09:00:00Z'),
    },
    {
      external_id: '1003',
      state: 'delivered',
      goods_fen: 750,
      freight_fen: 0,
      total_fen: 750,
      region: 'United Kingdom',
      placed_at: new Date('2010-12-02T10:00:00Z'),
    },
    {
      external_id: '1010',
      state: 'delivered',
      goods_fen: 1,
      freight_fen: 0,
      total_fen: 0,
      region: 'United Kingdom',
      placed_at: new Date('2010-12-05T10:00:00Z'),
    },
    {
      external_id: '1011',
      state: 'delivered',
      goods_fen: 0,
      freight_fen: 1234,
      total_fen: 1234,
      region: 'United Kingdom',
      placed_at: new Date('2010-12-06T10:00:00Z'),
    },
  ]);
});

test('two spellings of a code are one article, made as a draft that nobody can buy yet', async () => {
  expect(
    await rows(
      'select v.sku, p.name, p.state, p.line from catalog.variant v join catalog.product p on p.id = v.product_id order by sku',
    ),
  ).toEqual([
    { sku: '22139', name: 'GIFT', state: 'draft', line: 'general' },
    { sku: '71053', name: 'LANTERN', state: 'draft', line: 'general' },
    { sku: '85123A', name: 'WHITE HEART', state: 'draft', line: 'general' },
    { sku: 'PADS', name: 'PADS', state: 'draft', line: 'general' },
  ]);
});

test('a cancellation undoes the latest purchases first, over several orders, and what nobody bought is a return without an order', async () => {
  const lines = await rows(`select r.external_id, o.external_id as undone, l.quantity, l.amount_fen from returns.line l
    join returns.return r on r.id = l.return_id left join orders."order" o on o.id = l.order_id order by r.external_id, l.line_no`);
  expect(lines).toEqual([
    { external_id: 'C1004', undone: '1003', quantity: 3, amount_fen: 765 },
    { external_id: 'C1004', undone: '1001', quantity: 2, amount_fen: 510 },
    { external_id: 'C1005', undone: '1002', quantity: 4, amount_fen: 1356 },
    { external_id: 'C1005', undone: null, quantity: 2, amount_fen: 678 },
  ]);
});

test('customers of the ledger exist once each, by their own number', async () => {
  expect(await rows('select source, external_id from customers.customer order by external_id')).toEqual([
    { source: 'import', external_id: '17850' },
    { source: 'import', external_id: '17851' },
  ]);
});

test('the same file again changes nothing and says so', async () => {
  const tables = [
    'orders."order"',
    'orders.line',
    'returns.return',
    'returns.line',
    'imports.entry',
    'catalog.variant',
    'customers.customer',
    'platform.event',
  ];
  const counts = () =>
    Promise.all(tables.map(async (table) => (await rows(`select count(*)::int as n from ${table}`))[0]?.['n']));
  const before = await counts();
  const again = await anImport(world, ledger, { options: { timeZone: 'Europe/London' } });
  expect(again).toMatchObject({ state: 'done', rowsGood: 0, rowsUnchanged: 16, rowsBad: 0 });
  expect(again.effects.every(({ created, changed }) => created + changed === 0)).toBe(true);
  expect(again.ledger.toSorted((a, b) => (a.class < b.class ? -1 : 1))).toEqual(
    first.ledger.toSorted((a, b) => (a.class < b.class ? -1 : 1)),
  );
  expect(await counts()).toEqual(before);
});

test('an order number that is stored with other amounts is kept as it is, and its rows are told as bad', async () => {
  const other = ledger.split('\n').slice(0, 2).join('\n').replace('2.55', '9.99');
  const told = await anImport(world, other, { options: { timeZone: 'Europe/London' } });
  expect(told).toMatchObject({ rowsGood: 0, rowsBad: 1, reasons: [{ code: 'order.different', field: 'order', rows: 1 }] });
  expect(await rows(`select total_fen from orders."order" where external_id = '1001'`)).toEqual([{ total_fen: 2040 }]);
});

test('amounts of another currency are stored in yuan at the stated rate, and the order keeps what its bill said', async () => {
  const one = 'InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice\nG1,71053,3,2011-01-01 10:00,2.55\n';
  const told = await anImport(world, one, { options: { currency: 'GBP', exchangeRate: '9.2' } });
  expect(told.ledger).toEqual([{ class: 'sale', lines: 1, units: 3, amountFen: 7038 }]);
  expect(await rows(`select currency, total_fen, note from orders."order" where external_id = 'G1'`)).toEqual([
    { currency: 'CNY', total_fen: 7038, note: 'GBP 7.65 × 9.2' },
  ]);
});
