import { importOrders, type ImportedOrder, type Recipient } from '../sell/orders/index.ts';
import { importReturns } from '../sell/returns/index.ts';
import { addDays, addMs, dayOf, startOfDay } from '../platform/time.ts';
import { campaignOf, chanceOf } from './campaigns.ts';
import type { Actor, Ctx } from '../platform/ctx.ts';
import { receivePurchase } from '../supply/purchasing/index.ts';
import { moveStock, type PastDispatch, recordDispatches } from '../supply/inventory/index.ts';
import { receiptTime } from './closed-loop.ts';
import type { DemoDay, DemoOrder, DemoReturn } from './history.ts';
import { lotsSent } from './sent-lots.ts';

export interface Names {
  /** Our id of each demo customer, by external id. */
  customerIds: ReadonlyMap<string, string>;
  now: Date;
  /** Who books what arrives. */
  warehouse: Actor;
}

const hourMs = 3_600_000;

/** Writes some days of the history through the same doors that imports, receipts and returns use. */
export async function writeDays(ctx: Ctx, days: readonly DemoDay[], names: Names): Promise<void> {
  for (const { day, arrivals, receipts, shipments, expired, returns } of days) {
    const at = (hour: number) => addMs(startOfDay(day), hour * hourMs);
    await moveStock(ctx, { kind: 'receipt', cause: `delivery:${day}`, moves: receipts, at: at(0.1) });
    await moveStock(ctx, {
      kind: 'adjustment',
      cause: `expiry:${day}`,
      moves: expired.map((move) => ({ ...move, reason: 'expired' })),
      at: at(0.2),
    });
    const atTheDoor = { ...ctx, actor: names.warehouse, now: receiptTime(day) };
    for (const { purchaseId: id, lineNo, booking } of arrivals) {
      const { quantity, lot, expiresOn } = booking;
      await receivePurchase(atTheDoor, { id, lines: [{ lineNo, quantity, lot, expiresOn }] });
    }
    const back = returns.filter(({ isRestocked }) => isRestocked).flatMap(restocked);
    const lastHour = Math.max(0.3, Math.min(23.5, (names.now.getTime() - startOfDay(day).getTime()) / hourMs));
    await moveStock(ctx, { kind: 'shipment', cause: `sales:${day}`, moves: shipments, at: at(lastHour * 0.98) });
    await moveStock(ctx, { kind: 'return', cause: `returns:${day}`, moves: back, at: at(lastHour) });
  }
  const orders = days.flatMap((day) => day.orders.map((order) => importedOrder(order, names)));
  const imported = await importOrders(ctx, { importId: 'demo', source: 'demo', orders });
  const ids = new Map(imported.map(({ channel, externalId, orderId }) => [`${channel} ${externalId}`, orderId]));
  for (const day of days) await recordDispatches(ctx, `sales:${day.day}`, sentOn(day, ids, names));
  const returns = days.flatMap((day) => day.returns.map((one) => importedReturn(one, names)));
  await importReturns(ctx, { importId: 'demo', source: 'demo', returns });
}

/** Without this a recall would not find the buyers of the past. */
const sentOn = ({ shipments, orders }: DemoDay, ids: ReadonlyMap<string, string>, { now }: Names): PastDispatch[] =>
  lotsSent(shipments, orders).flatMap(({ order, ...line }) => {
    const orderId = ids.get(`${order.channel} ${order.externalId}`);
    return orderId === undefined ? [] : [{ ...line, orderId, at: courseOf(order, now).shippedAt ?? order.placedAt }];
  });

function restocked({ order, lineIndex, quantity }: DemoReturn) {
  const line = order.lines[lineIndex];
  return line === undefined ? [] : [{ sku: line.one.sku, location: order.location, quantity, unitCostFen: line.one.costFen }];
}

function importedOrder(order: DemoOrder, { customerIds, now }: Names): ImportedOrder {
  const { customer } = order;
  return {
    channel: order.channel,
    externalId: order.externalId,
    store: order.channel === 'store' ? order.location : undefined,
    customerId: customer && customerIds.get(customer.externalId),
    visitorId: order.channel === 'shop' ? `v-${order.externalId}` : undefined,
    campaign: campaignOf(order),
    placedAt: order.placedAt,
    ...courseOf(order, now),
    promisedOn: order.channel === 'store' ? undefined : addDays(dayOf(order.placedAt), promisedDays),
    freightFen: freightOf(order),
    recipient: order.channel === 'store' ? undefined : recipientOf(order),
    lines: order.lines.map(({ one, quantity, unitFen }) => ({
      sku: one.sku,
      quantity,
      unitFen: unitFen,
      listFen: one.priceFen,
      unitCostFen: one.costFen,
      location: order.location,
    })),
  };
}

/** What the shop and the marketplace told their buyers. */
const promisedDays = 3;

/** Paid in a minute or two, released when the house was ready, shipped the same or the next day, delivered two days later. */
function courseOf({ channel, externalId, placedAt, handlingSeconds, isCancelled }: DemoOrder, now: Date): Partial<ImportedOrder> {
  if (isCancelled) return { state: 'cancelled', cancelledAt: addMs(placedAt, 30 * 60_000), cancelReason: 'unpaid' };
  if (channel === 'store')
    return { state: 'delivered', paidAt: placedAt, releasedAt: placedAt, shippedAt: placedAt, deliveredAt: placedAt };
  const paidAt = addMs(placedAt, 90_000);
  const releasedAt = addMs(paidAt, handlingSeconds * 1000);
  const shippedAt = addMs(releasedAt, (4 + (placedAt.getTime() % 14)) * hourMs);
  const deliveredAt = addMs(shippedAt, wayHours(externalId) * hourMs);
  if (deliveredAt <= now) return { state: 'delivered', paidAt, releasedAt, shippedAt, deliveredAt };
  const earlier = new Date(Math.min(shippedAt.getTime(), now.getTime()));
  return { state: 'shipped', paidAt: least(paidAt, earlier), releasedAt: least(releasedAt, earlier), shippedAt: earlier };
}

/** A day to two and a half on the way; one parcel in twenty lies somewhere for a day more. */
const wayHours = (externalId: string): number => {
  const chance = chanceOf(`way ${externalId}`);
  return 22 + chance * 40 + (chance > 0.95 ? 24 : 0);
};

/** It has reached its buyer by now. */
export const isDelivered = (order: DemoOrder, now: Date): boolean => courseOf(order, now).state === 'delivered';

const least = (a: Date, b: Date): Date => (a < b ? a : b);

function freightOf(order: DemoOrder): number {
  const goods = order.lines.reduce((sum, { quantity, unitFen }) => sum + quantity * unitFen, 0);
  return order.channel === 'store' || goods >= 9900 ? 0 : 800;
}

const nobody: Recipient = { name: '平台买家', phone: '19900009999', region: '浙江省 杭州市 余杭区', address: '平台代收地址1号' };
const recipientOf = ({ customer }: DemoOrder): Recipient =>
  customer === undefined
    ? nobody
    : { name: customer.name, phone: customer.phone, region: customer.region, address: customer.address };

const importedReturn = ({ order, lineIndex, quantity, receivedAt, isRestocked, reason }: DemoReturn, { customerIds }: Names) => {
  const line = order.lines[lineIndex];
  return {
    channel: order.channel,
    externalId: `R-${order.externalId}-${lineIndex + 1}`,
    store: order.channel === 'store' ? order.location : undefined,
    customerId: order.customer && customerIds.get(order.customer.externalId),
    receivedAt,
    reason,
    lines: line === undefined ? [] : [{ sku: line.one.sku, quantity, unitFen: line.unitFen, isRestocked }],
  };
};
