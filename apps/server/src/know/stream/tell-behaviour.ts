import type { OrderFacts } from '../../sell/orders/index.ts';
import type { ReturnFacts } from '../../sell/returns/index.ts';
import { type Facts, momentOf } from './facts.ts';

/**
 * Adds what became of an order to the behaviour log, in the words of Segment's e-commerce spec: told by the house with the order's id, when
 * it happened, under a message id of its own. A browser is never asked. Imported history is told only where a visit leads to it.
 */
export function tellOrder(
  facts: Facts,
  order: OrderFacts,
  name: 'Order Completed' | 'Order Cancelled',
  at: Date,
  campaign = '',
): void {
  const { orderId, totalFen, currency, customerId, visitorId, channel, source } = order;
  if (source !== 'live' && visitorId === null) return;
  tell(facts, {
    name,
    id: orderId,
    at,
    visitorId: visitorId ?? customerId ?? '',
    customerId: customerId ?? '',
    channel,
    campaign,
    properties: {
      order_id: orderId,
      total: totalFen / 100,
      currency,
      products: order.lines.map(({ sku, category, quantity, amountFen }) => ({
        sku,
        category: category ?? undefined,
        quantity,
        price: Math.round(amountFen / Math.max(1, quantity)) / 100,
      })),
    },
  });
}

/** As `tellOrder`, for goods that came back and were paid back. */
export function tellReturn(facts: Facts, back: ReturnFacts, campaign = ''): void {
  const { orderId, customerId, channel, receivedAt, source } = back;
  if (orderId === null || source === 'import') return;
  tell(facts, {
    name: 'Order Refunded',
    id: back.returnId,
    at: receivedAt,
    visitorId: customerId ?? '',
    customerId: customerId ?? '',
    channel,
    campaign,
    properties: {
      order_id: orderId,
      total: back.refundFen / 100,
      currency: back.currency,
      products: back.lines.map(({ sku, quantity }) => ({ sku, quantity })),
    },
  });
}

interface Told {
  name: string;
  id: string;
  at: Date;
  visitorId: string;
  customerId: string;
  channel: string;
  campaign: string;
  properties: Readonly<Record<string, unknown>>;
}

function tell(facts: Facts, { name, id, at: instant, visitorId, customerId, channel, campaign, properties }: Told): void {
  const { at, day } = momentOf(instant);
  facts.behaviour.push([
    `${name.toLowerCase().replace(' ', '-')}:${id}`, 'track', name, at, day, visitorId, customerId, channel, '', '', campaign,
    JSON.stringify(properties), '', '', at, 'house', '', 0, at, '', '',
  ]); // prettier-ignore
}
