// Orders for the development server and the rendering tests.
import type { Order } from '../src/views.ts';
import { id, products } from './sample-goods.ts';

export function anOrder(part: Partial<Order> = {}): Order {
  const [product] = products;
  const variant = product?.variants[0];
  return {
    id: id(700),
    number: 'SO20261122-0001',
    channel: 'shop',
    store: null,
    state: 'placed',
    attention: null,
    currency: 'CNY',
    totalFen: 25800,
    placedAt: '2026-11-22T06:00:00Z',
    paidAt: null,
    customerId: null,
    source: 'live',
    externalId: null,
    goodsFen: 25800,
    freightFen: 0,
    freightListFen: 0,
    discountFen: 0,
    pointsFen: 0,
    pointsSpent: 0,
    cancelledFen: 0,
    parcels: [],
    invoice: null,
    applied: [],
    taxFen: 2968,
    releasedAt: null,
    shippedAt: null,
    deliveredAt: null,
    cancelledAt: null,
    cancelReason: null,
    expiresAt: '2026-11-22T06:30:00Z',
    recipient: { name: '王敏', phone: '13800138000', region: '浙江省 杭州市西湖区', address: '文三路 90 号 2 幢 301' },
    note: null,
    carrier: null,
    trackingNumber: null,
    pickupAt: null,
    promisedOn: null,
    version: 1,
    moves: ['paid', 'cancelled'],
    steps: ['change_recipient', 'cancel'],
    holds: [],
    routes: [],
    fulfilments: [],
    substitutions: [],
    lines: [
      {
        lineNo: 1, sku: variant?.sku ?? '', productId: product?.id ?? null, category: 'apparel/tshirts', name: product?.name ?? '', nameEn: product?.nameEn ?? '',
        quantity: 2, listFen: 12900, unitFen: 12900, discountFen: 0, amountFen: 25800, taxRateBp: 1300, taxFen: 2968, location: 'WH1',
        adjustments: [], isGift: false, parcelNo: 1, components: null, cancelledQuantity: 0, cancelledFen: 0, expectedOn: null,
      },
    ],
    timeline: [],
    payments: [],
    ...part,
  }; // prettier-ignore
}

/** An order with everything that an order may have: a coupon, points, two parcels, a gift, an invoice, units called off, a refund. */
export function aRichOrder(): Order {
  const order = anOrder();
  const [line] = order.lines;
  const recipient = order.recipient;
  if (line === undefined || recipient === null) throw new Error('no line');
  const adjustments = [
    { stage: 'threshold' as const, promotionId: id(801), couponCode: null, name: '满 200 减 20', nameEn: '¥20 off ¥200', amountFen: 2000 },
    { stage: 'coupon' as const, promotionId: id(802), couponCode: 'TEN-7Q2K', name: '无门槛 10 元券', nameEn: '¥10 coupon', amountFen: 1000 },
    { stage: 'points' as const, promotionId: null, couponCode: null, name: '', nameEn: '', amountFen: 600, points: 600 },
  ];
  return {
    ...order, number: 'SO-RICH', state: 'paid', paidAt: '2026-11-22T06:01:00Z', moves: ['released', 'cancelled'], discountFen: 3600, totalFen: 22200, pointsFen: 600,
    pointsSpent: 600, freightListFen: 800, cancelledFen: 11100, invoice: { kind: 'company', title: '杭州谷雨良品有限公司', taxNumber: '91350100M000100Y43' },
    parcels: [{ parcelNo: 1, recipient, freightFen: 0 }, { parcelNo: 2, recipient: { ...recipient, name: '李强' }, freightFen: 0 }],
    lines: [
      { ...line, adjustments, discountFen: 3600, amountFen: 22200, cancelledQuantity: 1, cancelledFen: 11100 },
      { ...line, lineNo: 2, sku: 'SKU-5', quantity: 3, components: [{ sku: 'SKU-6', quantity: 3, amountFen: 12900 }], parcelNo: 2 },
      { ...line, lineNo: 3, sku: 'GIFT-1', name: '帆布袋', nameEn: 'Canvas bag', quantity: 1, amountFen: 0, discountFen: 2900, unitFen: 2900, isGift: true },
    ],
    timeline: [
      { id: id(731), at: '2026-11-22T06:00:00Z', actorKind: 'shopper', actor: 'visitor', what: 'placed', details: {} },
      { id: id(732), at: '2026-11-22T06:01:00Z', actorKind: 'system', actor: 'sandbox', what: 'paid', details: { amountFen: 22200 } },
      { id: id(733), at: '2026-11-22T06:03:00Z', actorKind: 'shopper', actor: 'visitor', what: 'lines_cancelled', details: { refundFen: 11100 } },
    ],
    payments: [{
      id: id(702), orderId: order.id, provider: 'sandbox', amountFen: 22200, receivedFen: 22200, currency: 'CNY', state: 'captured', failure: null,
      createdAt: '2026-11-22T06:00:30Z', expiresAt: null, capturedAt: '2026-11-22T06:01:00Z',
      refunds: [{ id: id(703), paymentId: id(702), orderId: order.id, amountFen: 11100, reason: 'lines', state: 'sent', failure: null, requestedAt: '2026-11-22T06:03:00Z', doneAt: null }],
    }],
  };
} // prettier-ignore

/** An order whose only payment was refused by the buyer's bank. */
export function aDeclinedOrder(): Order {
  const { payments } = aRichOrder();
  return anOrder({
    number: 'SO-DECLINED',
    payments: payments.map((payment) => ({
      ...payment,
      state: 'failed' as const,
      failure: 'declined',
      capturedAt: null,
      refunds: [],
    })),
  });
}

/** An order that waits for its buyer: a question is open, and something else would be sent in place of a line. */
export function anAskedOrder(): Order {
  const order = anOrder({ number: 'SO-ASKED', state: 'paid', paidAt: '2026-11-22T06:05:00Z', moves: ['released', 'cancelled'] });
  const other = products[1]?.variants[0]?.sku ?? '';
  return {
    ...order,
    timeline: [
      {
        id: id(740), at: '2026-11-22T00:10:00Z', actorKind: 'staff', actor: '周运营', what: 'customer_asked', details: { question: '公司名称要写在面单上吗？' },
      },
    ],
    substitutions: [
      {
        id: id(741), lineNo: 1, sku: order.lines[0]?.sku ?? '', substituteSku: other, quantity: 2, refundFen: 2000, state: 'proposed', at: '2026-11-22T06:11:00Z',
      },
    ],
  }; // prettier-ignore
}
