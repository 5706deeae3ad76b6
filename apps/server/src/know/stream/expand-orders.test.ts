import { expect, test } from 'vitest';
import type { OrderFacts } from '../../sell/orders/index.ts';
import type { ReturnFacts } from '../../sell/returns/index.ts';
import { addReturn, addStep, stepsBefore } from './expand-orders.ts';
import { columnsOf, type Facts, noFacts } from './facts.ts';

const line = {
  productId: null,
  name: 'x',
  listFen: 1130,
  unitFen: 1130,
  discountFen: 0,
  taxFen: 130,
  location: null,
  nameEn: '',
  isGift: false,
  points: 0,
  cancelledQuantity: 0,
  cancelledFen: 0,
  cancelledTaxFen: 0,
  sentSku: null,
  givenBackFen: 0,
};
const anOrder = (over: Partial<OrderFacts> = {}): OrderFacts => ({
  orderId: 'o', number: 'N', channel: 'shop', store: null, customerId: null, visitorId: null, source: 'live', state: 'released', currency: 'CNY',
  goodsFen: 0, discountFen: 0, freightFen: 0, taxFen: 0, totalFen: 3390, isFirst: false, isTouched: false,
  placedAt: new Date('2026-11-22T01:00:00Z'), paidAt: new Date('2026-11-22T01:05:00Z'), releasedAt: new Date('2026-11-22T01:25:00Z'),
  shippedAt: null, deliveredAt: null, cancelledAt: null, promisedOn: null, campaign: null,
  lines: [
    { ...line, lineNo: 1, sku: 'A', category: 'food', quantity: 1, amountFen: 1130, unitCostFen: 500 },
    { ...line, lineNo: 2, sku: 'B', category: 'food', quantity: 1, amountFen: 1130, unitCostFen: 500 },
    { ...line, lineNo: 3, sku: 'A', category: 'food', quantity: 1, amountFen: 1130, unitCostFen: 500 },
  ],
  ...over,
}); // prettier-ignore
const columnOf = (facts: Facts, table: 'order_line' | 'order_step' | 'return_made', column: string) =>
  facts[table].map((row) => row[(columnsOf[table] as readonly string[]).indexOf(column)]);
const after = (order: OrderFacts, ...steps: Parameters<typeof addStep>[2][]): Facts => {
  const facts = noFacts();
  for (const step of steps) addStep(facts, order, step);
  return facts;
};

test('one line an order, one a category, one a SKU carries the mark that counts the order', () => {
  const facts = after(anOrder(), 'paid');
  expect(columnOf(facts, 'order_line', 'is_order_first')).toEqual([1, 0, 0]);
  expect(columnOf(facts, 'order_line', 'is_category_first')).toEqual([1, 0, 0]);
  expect(columnOf(facts, 'order_line', 'is_sku_first')).toEqual([1, 1, 0]);
});

test('cancelling takes lines back only of an order that was paid', () => {
  const cancelledAt = new Date('2026-11-22T02:00:00Z');
  expect(after(anOrder({ cancelledAt }), 'cancelled').order_line).toHaveLength(3);
  const unpaid = after(anOrder({ cancelledAt, paidAt: null, releasedAt: null }), 'cancelled');
  expect([unpaid.order_line.length, unpaid.order_step.length]).toEqual([0, 1]);
});

test('handling lasts from paid to released; a till and history that does not say have none', () => {
  const seconds = (order: OrderFacts) => columnOf(after(order, 'released'), 'order_step', 'seconds');
  const paidAt = new Date('2026-11-22T01:05:00Z');
  expect(seconds(anOrder())).toEqual([1_200]);
  expect(seconds(anOrder({ releasedAt: paidAt }))).toEqual([0]);
  expect(seconds(anOrder({ releasedAt: paidAt, channel: 'store' }))).toEqual([-1]);
  expect(seconds(anOrder({ releasedAt: paidAt, source: 'import' }))).toEqual([-1]);
});

test('an import tells what lay behind it; what happens to the order later tells itself', () => {
  const order = anOrder({ shippedAt: new Date('2026-11-23T00:00:00Z') });
  expect(stepsBefore(order, new Date('2026-11-22T12:00:00Z'))).toEqual(['placed', 'paid', 'released']);
});

test('what came back takes its cost along only when it went back on the shelf', () => {
  const facts = noFacts();
  const backLine = {
    orderId: 'o',
    orderLineNo: 1,
    sku: 'A',
    productId: null,
    category: 'food',
    quantity: 2,
    amountFen: 2260,
    taxFen: 260,
    unitCostFen: 500,
  };
  const back: ReturnFacts = {
    returnId: 'r', orderId: 'o', channel: 'shop', store: null, customerId: null, source: 'live', reason: 'defective', currency: 'CNY', refundFen: 4520,
    receivedAt: new Date('2026-11-22T16:00:00Z'),
    lines: [{ ...backLine, lineNo: 1, isRestocked: true }, { ...backLine, lineNo: 2, isRestocked: false }],
  }; // prettier-ignore
  addReturn(facts, back);
  expect(columnOf(facts, 'order_line', 'cost_fen')).toEqual([1_000, 0]);
  expect(columnOf(facts, 'order_line', 'day')).toEqual(['2026-11-23', '2026-11-23']);
  expect(columnOf(facts, 'return_made', 'reason')).toEqual(['defective']); // once, however many lines
});

test('a delivery is held against the day that the buyer was told; without one nothing is known', () => {
  const promises = (promisedOn: string | null, deliveredAt: string) =>
    columnOf(after(anOrder({ promisedOn, deliveredAt: new Date(deliveredAt) }), 'paid', 'delivered'), 'order_step', 'promise');
  expect(promises('2026-11-25', '2026-11-25T15:59:59Z')).toEqual([-1, 1]);
  expect(promises('2026-11-25', '2026-11-25T16:00:00Z')).toEqual([-1, 0]);
  expect(promises(null, '2026-11-25T16:00:00Z')).toEqual([-1, -1]);
});
