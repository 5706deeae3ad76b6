import { expect, test } from 'vitest';
import { receiptLines, serialsIn } from './receipt-lines.ts';

test('only what came is sent, with lot and expiry for food and serials for appliances', () => {
  const open = [
    { lineNo: 1, isLotTracked: true, isSerialised: false },
    { lineNo: 2, isLotTracked: false, isSerialised: true },
    { lineNo: 3, isLotTracked: false, isSerialised: false },
  ];
  expect(
    receiptLines(open, {
      1: { quantity: 10, lot: 'L1', expiresOn: '2027.5.31' },
      2: { quantity: 2, serials: 'A1\n A2，' },
      3: { quantity: 0 },
    }),
  ).toEqual([
    { lineNo: 1, quantity: 10, lot: 'L1', expiresOn: '2027-05-31' },
    { lineNo: 2, quantity: 2, serials: ['A1', 'A2'] },
  ]);
});

test('pasted serial numbers may be separated by anything people use', () => {
  expect(serialsIn(' SN1, SN2；SN3、SN4\nSN5 ')).toEqual(['SN1', 'SN2', 'SN3', 'SN4', 'SN5']);
});
