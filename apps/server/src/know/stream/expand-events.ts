import { categoryChanged, productChanged, productCreated } from '../../base/catalog/index.ts';
import type { Tx } from '../../platform/db.ts';
import {
  factsOf as orderFactsOf,
  linesCancelled,
  orderCancelled,
  orderDelivered,
  orderPaid,
  orderPlaced,
  orderReleased,
  ordersImported,
  orderShipped,
} from '../../sell/orders/index.ts';
import { factsOf as returnFactsOf, returnRecorded, returnsImported } from '../../sell/returns/index.ts';
import { stockMoved } from '../../supply/inventory/index.ts';
import { addCancelledLines, addReturn, addStep, type Step, stepsBefore } from './expand-orders.ts';
import { type Facts, momentOf, noFacts } from './facts.ts';
import type { LoggedEvent } from './log.ts';
import type { NameBook } from './name-book.ts';

const stepOf: ReadonlyMap<string, { payload: typeof orderPaid.payload | typeof orderReleased.payload; step: Step }> = new Map([
  [orderPlaced.name, { payload: orderReleased.payload, step: 'placed' }],
  [orderPaid.name, { payload: orderReleased.payload, step: 'paid' }],
  [orderReleased.name, { payload: orderReleased.payload, step: 'released' }],
  [orderShipped.name, { payload: orderReleased.payload, step: 'shipped' }],
  [orderDelivered.name, { payload: orderReleased.payload, step: 'delivered' }],
  [orderCancelled.name, { payload: orderReleased.payload, step: 'cancelled' }],
]);

interface StepTold {
  orderId: string;
  /** Undefined: whatever lay behind the order when it was imported. */
  step: Step | undefined;
  toldAt: Date;
}

/** Turns events of the house into rows of facts. Events that say nothing about figures are passed over. */
export async function expandEvents(tx: Tx, events: readonly LoggedEvent[], names: NameBook): Promise<Facts> {
  const facts = noFacts();
  await addOrders(tx, facts, events.flatMap(stepsTold));
  await addCancellations(tx, facts, events);
  const returnIds = events.flatMap(returnsTold);
  for (const back of returnIds.length === 0 ? [] : await returnFactsOf(tx, returnIds)) addReturn(facts, back);
  for (const event of events) if (event.name === stockMoved.name) addMoves(facts, event);
  await names.addNames(
    tx,
    facts,
    productsTold(events),
    events.some((event) => event.name === categoryChanged.name),
  );
  return facts;
}

async function addCancellations(tx: Tx, facts: Facts, events: readonly LoggedEvent[]): Promise<void> {
  const told = events.flatMap(({ name, payload, at }) =>
    name === linesCancelled.name ? [{ ...linesCancelled.payload.parse(payload), at }] : [],
  );
  if (told.length === 0) return;
  const orders = new Map(
    (await orderFactsOf(tx, [...new Set(told.map(({ orderId }) => orderId))])).map((order) => [order.orderId, order]),
  );
  for (const { orderId, lines, at } of told) {
    const order = orders.get(orderId);
    if (order !== undefined) addCancelledLines(facts, order, { lines, at });
  }
}

async function addOrders(tx: Tx, facts: Facts, told: readonly StepTold[]): Promise<void> {
  if (told.length === 0) return;
  const orders = await orderFactsOf(tx, [...new Set(told.map(({ orderId }) => orderId))]);
  const byId = new Map(orders.map((order) => [order.orderId, order]));
  for (const { orderId, step, toldAt } of told) {
    const order = byId.get(orderId);
    if (order === undefined) continue;
    for (const one of step === undefined ? stepsBefore(order, toldAt) : [step]) addStep(facts, order, one);
  }
}

function stepsTold({ name, payload, at }: LoggedEvent): StepTold[] {
  if (name === ordersImported.name)
    return ordersImported.payload.parse(payload).orderIds.map((orderId) => ({ orderId, step: undefined, toldAt: at }));
  const known = stepOf.get(name);
  return known === undefined ? [] : [{ orderId: known.payload.parse(payload).orderId, step: known.step, toldAt: at }];
}

function returnsTold({ name, payload }: LoggedEvent): string[] {
  if (name === returnRecorded.name) return [returnRecorded.payload.parse(payload).returnId];
  return name === returnsImported.name ? returnsImported.payload.parse(payload).returnIds : [];
}

function productsTold(events: readonly LoggedEvent[]): string[] {
  return events.flatMap(({ name, payload }) => {
    if (name === productCreated.name) return productCreated.payload.parse(payload).productIds;
    return name === productChanged.name ? productChanged.payload.parse(payload).productIds : [];
  });
}

function addMoves(facts: Facts, { payload, at }: LoggedEvent): void {
  const moment = momentOf(at);
  for (const move of stockMoved.payload.parse(payload).movements)
    facts.stock_move.push([
      move.id, move.kind, moment.at, moment.day, move.sku, move.location, move.quantity,
      move.valueFen ?? move.quantity * move.unitCostFen,
    ]); // prettier-ignore
}
