import { purchasing as contract } from '@tongshang/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canMove, findReceiptProblem, move, type OpenLine, stateWhenGivenUp } from './purchase.ts';

test('every move of a purchase request is in the table and no other', () => {
  const table = contract.purchaseStates.map((from) => [from, contract.purchaseStates.filter((to) => canMove(from, to))]);
  expect(Object.fromEntries(table)).toEqual({
    requested: ['partly_received', 'received', 'cancelled'],
    partly_received: ['partly_received', 'received', 'closed'],
    received: [],
    closed: [],
    cancelled: [],
  });
  expect(() => move('received', 'cancelled')).toThrow(/purchase.wrong_state/);
  expect(contract.purchaseStates.map(stateWhenGivenUp)).toEqual(['cancelled', 'closed', undefined, undefined, undefined]);
});

const open = new Map<number, OpenLine>([
  [1, { lineNo: 1, sku: 'tea', quantity: 10, received: 4, unitCostFen: 100 }],
  [2, { lineNo: 2, sku: 'kettle', quantity: 2, received: 0, unitCostFen: 100 }],
]);
const tracking = new Map([
  ['tea', { isLotTracked: true, isSerialised: false }],
  ['kettle', { isLotTracked: false, isSerialised: true }],
]);
const tea = { lineNo: 1, quantity: 1, lot: 'L1', expiresOn: '2027-01-01' };
const check = (...lines: Parameters<typeof findReceiptProblem>[1]) => findReceiptProblem(open, lines, tracking);

test('however it is split into lines, no more than what is open may arrive', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 }), (parts) => {
      const problem = check(...parts.map((quantity) => ({ ...tea, quantity })));
      const sum = parts.reduce((a, b) => a + b, 0);
      expect(problem?.code).toBe(sum > 6 ? 'purchase.exceeds_request' : undefined);
    }),
  );
});

test('a tracked SKU needs its lot and expiry day, a serialised one a number for each unit', () => {
  expect(check({ lineNo: 1, quantity: 1 })).toMatchObject({ details: { missing: 'lot' } });
  expect(check({ lineNo: 1, quantity: 1, lot: 'L1' })).toMatchObject({ details: { missing: 'expiresOn' } });
  expect(check({ lineNo: 2, quantity: 2, serials: ['a'] })).toMatchObject({ details: { missing: 'serials' } });
  expect(check({ lineNo: 2, quantity: 1, serials: ['a'] }, { lineNo: 2, quantity: 1, serials: ['a'] })).toMatchObject({
    code: 'purchase.serial_repeated',
  });
  expect(check({ lineNo: 2, quantity: 2, serials: ['a', 'b'] }, tea)).toBeUndefined();
  expect(check({ lineNo: 9, quantity: 1 })).toMatchObject({ code: 'purchase.line_not_found' });
});
