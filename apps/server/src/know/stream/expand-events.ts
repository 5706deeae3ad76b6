import { categoryChanged, productChanged, productCreated } from '../../base/catalog/index.ts';
import type { Tx } from '../../platform/db.ts';
import {
  factsOf as orderFactsOf,
  type OrderFacts,
  visitsOf,
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
import { observationsRecorded } from '../observations/index.ts';
import { stockMoved } from '../../supply/inventory/index.ts';
import { addObservations } from './expand-observations.ts';
import { campaignsOf } from './campaigns.ts';
import { addParcels } from './expand-parcels.ts';
import { lateTaken } from './events.ts';
import { addCancelledLines, addReturn, addStep, instantOf, type Step, stepsBefore } from './expand-orders.ts';
import { type Facts, momentOf } from './facts.ts';
import { addJudged, addTaken, type Expansion, noExpansion } from './late/expansion.ts';
import { lateRowsOf } from './late/queries.ts';
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

interface Told {
  xid: string;
  seq: number;
  what: string;
  toldAt: Date;
}

interface StepTold extends Told {
  orderId: string;
  /** Undefined: whatever lay behind the order when it was imported. */
  step: Step | undefined;
}

/** Turns events of the house into rows of facts. Events that say nothing about figures are passed over. */
export async function expandEvents(tx: Tx, events: readonly LoggedEvent[], names: NameBook): Promise<Expansion> {
  const expansion = noExpansion();
  const { facts } = expansion;
  await addOrders(tx, expansion, events.flatMap(stepsTold));
  await addCancellations(tx, facts, events);
  await addReturns(tx, expansion, events.flatMap(returnsTold));
  for (const event of events) if (event.name === stockMoved.name) addMoves(facts, event);
  for (const event of events) if (event.name === observationsRecorded.name) addObservations(facts, event);
  await addParcels(tx, facts, events);
  await addTakenIn(tx, expansion, events);
  await names.addNames(
    tx,
    facts,
    productsTold(events),
    events.some((event) => event.name === categoryChanged.name),
  );
  return expansion;
}

async function addCancellations(tx: Tx, facts: Facts, events: readonly LoggedEvent[]): Promise<void> {
  const told = events.flatMap(({ name, payload, at }) =>
    name === linesCancelled.name ? [{ ...linesCancelled.payload.parse(payload), at }] : [],
  );
  if (told.length === 0) return;
  const orders = await ordersById(
    tx,
    told.map(({ orderId }) => orderId),
  );
  const campaigns = await campaignsOf(tx, [...orders.values()].flatMap(purchaseOf));
  for (const { orderId, lines, at } of told) {
    const order = orders.get(orderId);
    if (order !== undefined)
      addCancelledLines(facts, order, { lines, at }, order.campaign ?? campaigns(order.visitorId, cameFor(order, 'cancelled')));
  }
}

async function ordersById(tx: Tx, orderIds: readonly string[]): Promise<Map<string, OrderFacts>> {
  const orders = await orderFactsOf(tx, [...new Set(orderIds)]);
  return new Map(orders.map((order) => [order.orderId, order]));
}

/** An order has the campaign by which its visitor came before they paid; before that, the one by which they came before they ordered. */
const cameFor = (order: OrderFacts, step: Step): Date => (step === 'placed' ? order.placedAt : (order.paidAt ?? order.placedAt));

const purchaseOf = ({ visitorId, placedAt, paidAt }: OrderFacts) =>
  visitorId === null ? [] : [{ visitorId, at: placedAt }, ...(paidAt === null ? [] : [{ visitorId, at: paidAt }])];

async function addOrders(tx: Tx, into: Expansion, told: readonly StepTold[]): Promise<void> {
  if (told.length === 0) return;
  const orders = await ordersById(
    tx,
    told.map(({ orderId }) => orderId),
  );
  const campaigns = await campaignsOf(tx, [...orders.values()].flatMap(purchaseOf));
  for (const { orderId, step, toldAt, ...entry } of told) {
    const order = orders.get(orderId);
    if (order === undefined) continue;
    const add = (facts: Facts, one: Step): void =>
      addStep(facts, order, one, order.campaign ?? campaigns(order.visitorId, cameFor(order, one)));
    if (step === undefined) {
      for (const one of stepsBefore(order, toldAt)) add(into.facts, one); // history is not late: it was never to be there before
      continue;
    }
    const head = { ...entry, ref: orderId, happenedAt: instantOf(order, step) ?? toldAt, arrivedAt: toldAt };
    addJudged(into, head, (facts) => add(facts, step));
  }
}

function stepsTold({ xid, seq, name, payload, at }: LoggedEvent): StepTold[] {
  const told = { xid, seq, what: name, toldAt: at };
  if (name === ordersImported.name)
    return ordersImported.payload.parse(payload).orderIds.map((orderId) => ({ ...told, orderId, step: undefined }));
  const known = stepOf.get(name);
  return known === undefined ? [] : [{ ...told, orderId: known.payload.parse(payload).orderId, step: known.step }];
}

interface ReturnTold extends Told {
  returnId: string;
  isHistory: boolean;
}

async function addReturns(tx: Tx, into: Expansion, told: readonly ReturnTold[]): Promise<void> {
  if (told.length === 0) return;
  const tellingOf = new Map(told.map((one) => [one.returnId, one]));
  const backs = await returnFactsOf(tx, [...tellingOf.keys()]);
  const visits = new Map(
    (
      await visitsOf(
        tx,
        backs.flatMap(({ orderId }) => orderId ?? []),
      )
    ).map((visit) => [visit.orderId, visit]),
  );
  const campaigns = await campaignsOf(
    tx,
    [...visits.values()].flatMap(({ visitorId, at }) => (visitorId === null ? [] : [{ visitorId, at }])),
  );
  for (const back of backs) {
    const telling = tellingOf.get(back.returnId);
    if (telling === undefined) continue;
    const { xid, seq, what, toldAt, isHistory } = telling;
    const visit = visits.get(back.orderId ?? '');
    const add = (facts: Facts): void => addReturn(facts, back, visit && (visit.campaign ?? campaigns(visit.visitorId, visit.at)));
    if (isHistory) add(into.facts);
    else addJudged(into, { xid, seq, what, ref: back.returnId, happenedAt: back.receivedAt, arrivedAt: toldAt }, add);
  }
}

function returnsTold({ xid, seq, name, payload, at }: LoggedEvent): ReturnTold[] {
  const told = { xid, seq, what: name, toldAt: at };
  if (name === returnRecorded.name)
    return [{ ...told, returnId: returnRecorded.payload.parse(payload).returnId, isHistory: false }];
  if (name !== returnsImported.name) return [];
  return returnsImported.payload.parse(payload).returnIds.map((returnId) => ({ ...told, returnId, isHistory: true }));
}

/** What an analyst took in out of the late ledger: the rows as they were put there. */
async function addTakenIn(tx: Tx, into: Expansion, events: readonly LoggedEvent[]): Promise<void> {
  const told = events.filter(({ name }) => name === lateTaken.name);
  if (told.length === 0) return;
  const idOf = ({ payload }: LoggedEvent): string => lateTaken.payload.parse(payload).id;
  const entries = new Map((await lateRowsOf(tx, told.map(idOf))).map((entry) => [entry.id, entry]));
  for (const event of told) {
    const entry = entries.get(idOf(event));
    if (entry === undefined) continue;
    const head = { xid: event.xid, seq: event.seq, what: event.name, ref: entry.id };
    addTaken(into, { ...head, happenedAt: entry.happenedAt, arrivedAt: event.at }, entry.rows);
  }
}

function productsTold(events: readonly LoggedEvent[]): string[] {
  return events.flatMap(({ name, payload }) => {
    if (name === productCreated.name) return productCreated.payload.parse(payload).productIds;
    return name === productChanged.name ? productChanged.payload.parse(payload).productIds : [];
  });
}

/** Adds what a movement of stock means. */
export function addMoves(facts: Facts, { payload, at }: LoggedEvent): void {
  const moment = momentOf(at);
  for (const move of stockMoved.payload.parse(payload).movements)
    facts.stock_move.push([
      move.id, move.kind, moment.at, moment.day, move.sku, move.location, move.quantity,
      move.valueFen ?? move.quantity * move.unitCostFen,
    ]); // prettier-ignore
}
