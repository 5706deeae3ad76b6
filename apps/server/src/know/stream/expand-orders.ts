import type { OrderFacts } from '../../sell/orders/index.ts';
import type { ReturnFacts } from '../../sell/returns/index.ts';
import { type Facts, momentOf, nobody } from './facts.ts';
import { tellOrder, tellReturn } from './tell-behaviour.ts';

export type Step = 'placed' | 'paid' | 'cancelled' | 'released' | 'shipped' | 'delivered';

const steps: readonly Step[] = ['placed', 'paid', 'released', 'shipped', 'delivered', 'cancelled'];

/** The steps of an imported order that lay behind it when it came in; later ones tell themselves. */
export const stepsBefore = (order: OrderFacts, importedAt: Date): Step[] =>
  steps.filter((step) => {
    const at = instantOf(order, step);
    return at !== null && at <= importedAt;
  });

/** Adds what one step of an order means. Only frozen figures and instants go in, so the same step gives the same rows at any time. */
export function addStep(facts: Facts, order: OrderFacts, step: Step, campaign = ''): void {
  const at = instantOf(order, step);
  if (at === null) return; // told, then undone before it was seen: it never was
  const moment = momentOf(at);
  const store = order.store ?? '';
  const customer = order.customerId ?? nobody;
  facts.order_step.push([
    step, moment.at, moment.day, order.orderId, order.channel, store, customer, order.visitorId ?? '', order.totalFen,
    step === 'released' ? handlingSeconds(order, at) : notHandled, step === 'released' && order.isTouched ? 1 : 0, campaign,
    step === 'delivered' ? promiseOf(order, moment.day) : noPromise,
  ]); // prettier-ignore
  if (step === 'placed' || step === 'paid' || (step === 'cancelled' && order.paidAt !== null))
    addLines(facts, order, step, { ...moment, campaign });
  if (step === 'paid') tellOrder(facts, order, 'Order Completed', at, campaign);
  if (step === 'cancelled') tellOrder(facts, order, 'Order Cancelled', at, campaign);
}

const noPromise = -1;

/** 1 there by the day that the buyer was told, 0 after it, -1 where nobody was told a day. */
const promiseOf = ({ promisedOn }: OrderFacts, deliveredOn: string): number =>
  promisedOn === null ? noPromise : deliveredOn <= promisedOn ? 1 : 0;

const notHandled = -1;

/** From paid to released. A sale at the till, and history that does not say, have no handling: unknown is not zero. */
function handlingSeconds({ paidAt, channel, source }: OrderFacts, releasedAt: Date): number {
  if (paidAt === null) return notHandled;
  const seconds = Math.round((releasedAt.getTime() - paidAt.getTime()) / 1000);
  return seconds === 0 && (channel === 'store' || source !== 'live') ? notHandled : seconds;
}

interface Told {
  at: string;
  day: string;
  campaign: string;
}

function addLines(facts: Facts, order: OrderFacts, kind: Step, { at, day, campaign }: Told): void {
  const isFirst = firstOf();
  for (const line of order.lines) {
    const category = line.category ?? '';
    facts.order_line.push([
      kind, at, day, order.orderId, line.lineNo, line.sku, category, order.channel, order.store ?? '', line.location ?? '',
      order.customerId ?? nobody, ...figuresOf(line, kind),
      isFirst('order'), isFirst(`category ${category}`), isFirst(`sku ${line.sku}`), campaign,
    ]); // prettier-ignore
  }
}

/** Of an order that is called off, what had not been called off line by line before. */
function figuresOf(
  line: OrderFacts['lines'][number],
  kind: Step,
): [quantity: number, amountFen: number, taxFen: number, costFen: number] {
  const { quantity, amountFen, taxFen, unitCostFen, cancelledQuantity, cancelledFen, cancelledTaxFen } = line;
  if (kind !== 'cancelled') return [quantity, amountFen, taxFen, unitCostFen * quantity];
  const left = quantity - cancelledQuantity;
  return [left, amountFen - cancelledFen, taxFen - cancelledTaxFen, unitCostFen * left];
}

/** Adds units of an order that were called off before picking: they count as cancelled when they were. */
export function addCancelledLines(
  facts: Facts,
  order: OrderFacts,
  { lines, at: instant }: { lines: readonly { lineNo: number; quantity: number; amountFen: number; taxFen: number }[]; at: Date },
  campaign = '',
): void {
  const { at, day } = momentOf(instant);
  for (const { lineNo, quantity, amountFen, taxFen } of lines) {
    const line = order.lines.find((one) => one.lineNo === lineNo);
    if (line === undefined) continue;
    facts.order_line.push([
      'cancelled', at, day, order.orderId, lineNo, line.sku, line.category ?? '', order.channel, order.store ?? '', line.location ?? '',
      order.customerId ?? nobody, quantity, amountFen, taxFen, line.unitCostFen * quantity, 0, 0, 0, campaign,
    ]); // prettier-ignore
  }
}

/** Adds what a return means: turnover goes down by what is refunded; cost only by what went back on the shelf. */
export function addReturn(facts: Facts, back: ReturnFacts, campaign = ''): void {
  const { at, day } = momentOf(back.receivedAt);
  for (const line of back.lines)
    facts.order_line.push([
      'returned', at, day, line.orderId ?? nobody, line.orderLineNo ?? 0, line.sku, line.category ?? '', back.channel, back.store ?? '', '',
      back.customerId ?? nobody, line.quantity, line.amountFen, line.taxFen, line.isRestocked ? line.unitCostFen * line.quantity : 0,
      0, 0, 0, campaign,
    ]); // prettier-ignore
  facts.return_made.push([
    back.returnId, at, day, back.orderId ?? nobody, back.channel, back.store ?? '', back.customerId ?? nobody, back.reason, back.refundFen,
  ]); // prettier-ignore
  tellReturn(facts, back, campaign);
}

/** 1 the first time a key is seen, 0 after that. */
function firstOf(): (key: string) => 0 | 1 {
  const seen = new Set<string>();
  return (key) => {
    if (seen.has(key)) return 0;
    seen.add(key);
    return 1;
  };
}

/** When an order took a step, as it stands now. */
export function instantOf(order: OrderFacts, step: Step): Date | null {
  switch (step) {
    case 'placed':
      return order.placedAt;
    case 'paid':
      return order.paidAt;
    case 'released':
      return order.releasedAt;
    case 'shipped':
      return order.shippedAt;
    case 'delivered':
      return order.deliveredAt;
    case 'cancelled':
      return order.cancelledAt;
  }
}
