// What staff do, signed in at the console: help orders that wait, send parcels, record what came back.
import { inBusinessZone, startOfDay } from '../../apps/server/src/platform/time.ts';
import { orders, promotions, returns } from '../../packages/contract/src/index.ts';
import type { ReplyOf } from '../../packages/contract/src/index.ts';
import { type Caller, createCaller, unlessRefused } from './call.ts';
import { type Acknowledged, beside } from './shoppers.ts';
import { warehouse } from './assortment.ts';

export interface Staff {
  marketer: Caller;
  executive: Caller;
  operations: Caller;
  warehouse: Caller;
}

const password = 'guyu-demo-2026';

export async function signIn(origin: string): Promise<Staff> {
  const as = async (name: string) => {
    const caller = createCaller(origin);
    await caller.signIn('/api/auth/staff/sign-in/email', { email: `${name}@guyu.example`, password });
    return caller;
  };
  return {
    marketer: await as('marketer'),
    executive: await as('executive'),
    operations: await as('operations'),
    warehouse: await as('warehouse'),
  };
}

/** What the firm sells by: an amount off above a threshold, with a budget that the management approves. */
export async function openPromotion({ marketer, executive }: Staff, from: string): Promise<void> {
  const draft = {
    name: '满200减15', nameEn: '¥15 off ¥200', stage: 'threshold' as const, when: { is: 'channel' as const, in: ['shop'] }, budgetFen: 100_000_000, expectedCostFen: 50_000_000,
    startsAt: inBusinessZone(startOfDay(from)), endsAt: null,
    then: { gives: 'steps' as const, of: { exceptCategories: ['appliances'] }, by: 'amount' as const, steps: [{ from: 20_000, off: { fen: 1500 } }] },
  }; // prettier-ignore
  const { id } = await marketer.call(promotions.createPromotion, { body: draft });
  const asked = await marketer.call(promotions.submitPromotion, { params: { id }, body: { version: 1 } });
  if (asked.state === 'waiting')
    await executive.call(promotions.approvePromotion, { params: { id }, body: { version: asked.version } });
}

type Summary = ReplyOf<typeof orders.listOrders>['items'][number];
type ListOrders = NonNullable<Parameters<typeof orders.listOrders.query.parse>[0]>;

/** Every order that the list shows under these filters, oldest first. */
async function listAll(caller: Caller, query: ListOrders): Promise<Summary[]> {
  const all: Summary[] = [];
  for (let after: string | undefined; ;) {
    const page = await caller.call(orders.listOrders, {
      query: { ...query, limit: 100, ...(after !== undefined && { after }) } as never,
    });
    all.push(...page.items);
    if (page.next === null) return all.reverse();
    after = page.next;
  }
}

/** Looks at the orders that wait for a person: asks for the missing street, lets the others go on. */
export async function helpWaiting({ operations }: Staff, known: ReadonlyMap<string, Acknowledged>): Promise<number> {
  const waiting = await listAll(operations, { state: 'paid', attention: 'any' });
  for (const { id: orderId, attention } of waiting) {
    const order = known.get(orderId);
    if (attention === 'address_incomplete' && order !== undefined)
      await operations.call(orders.changeRecipient, { params: { orderId }, body: order.visit.person });
    else await unlessRefused(operations.call(orders.releaseOrder, { params: { orderId }, body: {} }), 'order.wrong_state');
  }
  return waiting.length;
}

/** Sends everything that is released; the carrier takes it at once. Orders that share a parcel go with whoever's turn is first. */
export async function shipReleased({ operations }: Staff, day: string): Promise<string[]> {
  const released = await listAll(operations, { state: ['released', 'partly_shipped'], channel: 'shop' });
  await beside(released, 4, async ({ id: orderId, number }) => {
    const body = { carrier: '顺丰速运', trackingNumber: `SF${day.replaceAll('-', '')}${number.replaceAll('-', '')}` };
    const sent = operations.call(orders.shipOrder, { params: { orderId }, body });
    await unlessRefused(sent, 'order.wrong_state', 'fulfilment.wrong_state');
  });
  const left = new Set(
    (await listAll(operations, { state: ['released', 'partly_shipped'], channel: 'shop' })).map(({ id }) => id),
  );
  return released.map(({ id }) => id).filter((id) => !left.has(id));
}

/** The carrier's word that these are there. */
export async function markDelivered({ operations }: Staff, orderIds: readonly string[]): Promise<void> {
  await beside(orderIds, 4, (orderId) =>
    unlessRefused(operations.call(orders.deliverOrder, { params: { orderId }, body: {} }), 'order.wrong_state'),
  );
}

/** Takes one line of an order back. Answers what was refunded for it, fen; nothing when it cannot come back any more. */
export async function takeBack({ operations }: Staff, { orderId, visit }: Acknowledged): Promise<number | undefined> {
  const wanted = visit.returns;
  const open = await unlessRefused(operations.call(returns.getReturnable, { params: { orderId } }), 'order.not_found');
  if (typeof open === 'string' || wanted === undefined) return undefined;
  const possible = open.lines.filter(({ returnable }) => returnable > 0);
  const line = possible[wanted.line % Math.max(1, possible.length)];
  if (line === undefined) return undefined;
  const { reason, isSellable } = wanted;
  const body = { reason, location: warehouse, lines: [{ lineNo: line.lineNo, quantity: 1, isSellable }] };
  const taken = await unlessRefused(operations.call(returns.recordReturn, { params: { orderId }, body }), 'order.wrong_state');
  return typeof taken === 'string' ? undefined : taken.refundFen;
}
