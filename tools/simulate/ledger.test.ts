import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dayOf } from '../../apps/server/src/platform/time.ts';
import { makePeople } from './assortment.ts';
import { ledgerAssortment, parseLedger, readLedger, replayDemand, replayedDays } from './ledger.ts';

const text = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
1001,85123A,"HEART, WHITE ""T-LIGHT""",6,2010-12-01 08:26,2.55,17850,United Kingdom
1001,85123a,HEART,2,2010-12-01 08:26,2.55,17850,United Kingdom
C1002,85123A,HEART,-6,2010-12-01 09:00,2.55,17850,United Kingdom
1003,POST,POSTAGE,1,2010-12-06 09:00,18.00,17850,France
1004,22000,,5,2010-12-06 10:15,0,,United Kingdom
1005,22001,LANTERN,-3,2010-12-06 10:15,1.25,,United Kingdom
A1006,B,Adjust bad debt,1,2010-12-06 10:15,-11062.06,,United Kingdom
1007,22001,LANTERN,2000,2010-12-06 23:59,1.25,,United Kingdom
`;
const replay = { lines: parseLedger(text), seed: 7, from: '2030-03-04', days: 2, people: makePeople(7, 20) };

test('only sales of goods are demand: cancellations, adjustments, write-offs, gifts and postage are none', () => {
  expect(replay.lines.map(({ invoice, sku, quantity }) => [invoice, sku, quantity])).toEqual([
    ['1001', '85123A', 6],
    ['1001', '85123A', 2],
    ['1007', '22001', 2000],
  ]);
  expect(replay.lines[0]).toMatchObject({ name: 'HEART, WHITE "T-LIGHT"', day: '2010-12-01', time: 30_360_000, priceFen: 2346 });
});

test('ledger days fall on simulated days of the same weekday and keep their hours; lines of one SKU become one', () => {
  expect(replayedDays(replay)).toEqual(['2010-12-06', '2010-12-07']); // Monday, as 4 March 2030
  const [monday = [], tuesday = []] = replayDemand(replay);
  expect(tuesday).toEqual([]);
  expect(monday.map(({ at, lines }) => [at.toISOString(), lines])).toEqual([
    ['2030-03-04T15:59:00.000Z', [{ sku: '22001', words: 'LANTERN', quantity: 999 }]],
  ]);
  expect(monday.every(({ at, isLooker }) => dayOf(at) === '2030-03-04' && !isLooker)).toBe(true);
  const wednesday = replayDemand({ ...replay, from: '2030-03-06', days: 1 });
  expect(wednesday[0]?.[0]?.lines).toEqual([{ sku: '85123A', words: 'HEART, WHITE "T-LIGHT"', quantity: 8 }]);
  expect(replayDemand(replay)).toEqual(replayDemand(replay));
});

const real = join(import.meta.dirname, '../../../shared/data/online-retail');
test.runIf(existsSync(real))('the real ledger replays: every line wanted is a SKU of its assortment, at a price', () => {
  const lines = readLedger(real);
  const some = { ...replay, lines, days: 7 };
  const priced = new Map(ledgerAssortment(some).goods.map(({ sku, priceFen }) => [sku, priceFen]));
  const visits = replayDemand(some).flat();
  expect(visits.length).toBeGreaterThan(300);
  for (const { sku, quantity } of visits.flatMap((visit) => visit.lines))
    expect((priced.get(sku) ?? 0) > 0 && quantity > 0).toBe(true);
});
