import { expect, test } from 'vitest';
import type { OrderFacts } from '../../sell/orders/index.ts';
import { columnsOf, noFacts } from './facts.ts';
import { tellOrder, tellReturn } from './tell-behaviour.ts';

const order = {
  orderId: 'o-1', channel: 'shop', customerId: null, visitorId: 'v-1', source: 'live', currency: 'CNY', totalFen: 2560,
  lines: [{ sku: 'A', category: 'food', quantity: 2, amountFen: 2560 }],
} as unknown as OrderFacts; // prettier-ignore
const at = new Date('2026-11-22T17:00:00Z');
const cells = (row: readonly (string | number)[] | undefined) =>
  Object.fromEntries(columnsOf.behaviour.map((column, index) => [column, row?.[index]]));

test('the house tells what became of an order in the words of the spec, with its id, on the business day, once however often', () => {
  const facts = noFacts();
  tellOrder(facts, order, 'Order Completed', at);
  tellOrder(facts, order, 'Order Completed', at);
  const [first, again] = facts.behaviour.map(cells);
  expect(again).toEqual(first);
  expect(first).toMatchObject({
    message_id: 'order-completed:o-1', event: 'Order Completed', day: '2026-11-23', visitor_id: 'v-1', visitor_kind: 'house',
  }); // prettier-ignore
  expect(JSON.parse(String(first?.['properties']))).toEqual({
    order_id: 'o-1', total: 25.6, currency: 'CNY', products: [{ sku: 'A', category: 'food', quantity: 2, price: 12.8 }],
  }); // prettier-ignore
});

test('imported history that no visit leads to is not told', () => {
  const facts = noFacts();
  tellOrder(facts, { ...order, source: 'import', visitorId: null }, 'Order Completed', at);
  const back = {
    returnId: 'r',
    orderId: 'o',
    channel: 'tmall',
    store: null,
    customerId: null,
    reason: 'unwanted',
    currency: 'CNY',
    refundFen: 1,
    receivedAt: at,
  };
  tellReturn(facts, { ...back, source: 'import', lines: [] });
  expect(facts.behaviour).toEqual([]);
  tellReturn(facts, { ...back, source: 'live', lines: [] });
  expect(facts.behaviour.map(cells)).toMatchObject([{ event: 'Order Refunded', message_id: 'order-refunded:r' }]);
});
