import { orders as contract } from '@tongshang/contract';
import { type ExpressionBuilder, sql } from 'kysely';
import type * as z from 'zod';
import { maskName, maskPhone } from '../../base/customers/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { addDays, startOfDay } from '../../platform/time.ts';
import { routesOf } from '../../supply/routing/index.ts';
import { fulfilmentsOf } from '../../supply/warehouse/index.ts';
import { paymentsOf } from '../payments/index.ts';
import { holdOnWire } from './hold/exceptions.ts';
import { holdsOf } from './hold/holds.ts';
import { movesFrom, type OrderState } from './order.ts';
import { stepsOf } from './sending/sent.ts';
import { substitutionsOf } from './substitution/substitutions.ts';
import { orders, type OrderRow } from './tables.ts';
import { timelineOf } from './timeline.ts';

type Order = z.input<typeof contract.Order>;
type OrderLine = z.input<typeof contract.OrderLine>;
type Filters = z.output<typeof contract.countOrders.query>;

/** Orders, newest first, a page at a time; a clerk sees the own store's. Names and phones are masked. */
export async function listOrders(
  ctx: Ctx,
  { after, limit, ...asked }: z.output<typeof contract.listOrders.query>,
): Promise<z.input<typeof contract.listOrders.reply>> {
  let query = narrowed(ctx, asked).select([
    'id', 'number', 'channel', 'store', 'state', 'attention', 'currency', 'total_fen as totalFen', 'placed_at as placedAt',
    'paid_at as paidAt', 'customer_id as customerId', 'recipient_name as recipientName', 'recipient_phone as recipientPhone',
  ]); // prettier-ignore
  if (after !== undefined) query = query.where(isBefore(after));
  const rows = await query
    .orderBy('placed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const units = await unitsOf(
    ctx.tx,
    shown.map((row) => row.id),
  );
  const items = shown.map((row) => ({
    ...row,
    ...instants(row),
    recipientName: row.recipientName === null ? null : maskName(row.recipientName),
    recipientPhone: maskPhone(row.recipientPhone),
    units: units.get(row.id) ?? 0,
  }));
  return { items, next: rows.length > limit ? cursorOf(shown.at(-1)) : null };
}

/** How many of the filtered orders stand in each state, and how many wait for a person. */
export async function countOrders(ctx: Ctx, filters: Filters): Promise<z.input<typeof contract.countOrders.reply>> {
  const rows = await filtered(ctx, filters)
    .select(['state', sql<number>`count(*)`.as('count'), sql<number>`count(attention)`.as('waiting')])
    .groupBy('state')
    .execute();
  const counts = new Map(rows.map((row) => [row.state, row.count]));
  const states = Object.fromEntries(contract.orderStates.map((state) => [state, counts.get(state) ?? 0])) as Record<
    OrderState,
    number
  >;
  return { states, attention: rows.reduce((sum, row) => sum + row.waiting, 0) };
}

/** The orders that a list shows under these filters, as far as this actor may see them. */
export function narrowed(
  ctx: Ctx,
  { state, attention, ...filters }: Omit<z.output<typeof contract.listOrders.query>, 'after' | 'limit'>,
) {
  let query = filtered(ctx, filters);
  if (state !== undefined) query = query.where('state', 'in', [state].flat());
  if (attention === 'any') query = query.where('attention', 'is not', null);
  else if (attention !== undefined) query = query.where('attention', '=', attention);
  return query;
}

function filtered(ctx: Ctx, { channel, store, from, to, text, customerId }: Filters) {
  let query = orders(ctx.tx).selectFrom('order');
  const own = ctx.actor.kind === 'staff' ? ctx.actor.location : undefined;
  if (own !== undefined) query = query.where('store', '=', own);
  if (channel !== undefined) query = query.where('channel', '=', channel);
  if (store !== undefined) query = query.where('store', '=', store);
  if (from !== undefined) query = query.where('placed_at', '>=', startOfDay(from));
  if (to !== undefined) query = query.where('placed_at', '<', startOfDay(addDays(to, 1)));
  if (customerId !== undefined) query = query.where('customer_id', '=', customerId);
  if (text !== undefined && text !== '') query = query.where((eb) => matches(eb, text));
  return query;
}

/** The number, its beginning or its end, an external number, or the last digits of the phone. */
function matches(eb: ExpressionBuilder<{ order: { number: string; recipient_phone: string | null } }, 'order'>, text: string) {
  const part = text.toUpperCase().replaceAll(/[%_\\]/g, String.raw`\$&`);
  const ways = [
    sql<boolean>`number like ${`${part}%`}`,
    sql<boolean>`(right(number, 2) = right(${part}::text, 2) and number like ${`%${part}`})`,
    sql<boolean>`external_id = ${text}`,
  ];
  if (/^\d{4,}$/.test(text))
    ways.push(sql<boolean>`(right(recipient_phone, 4) = right(${text}::text, 4) and recipient_phone like ${`%${text}`})`);
  return eb.or(ways);
}

/** One order with lines, timeline and payments, as this actor may see it. Refuses `order.not_found`. */
export async function getOrder(ctx: Ctx, orderId: string): Promise<Order> {
  const row = await orders(ctx.tx).selectFrom('order').selectAll().where('id', '=', orderId).executeTakeFirst();
  const { actor } = ctx;
  if (row === undefined || isHiddenFrom(ctx, row.store)) return refuse('order.not_found', { orderId });
  const lines = await linesOnWire(ctx.tx, [orderId]);
  const isOpen = actor.kind !== 'staff' || actor.permissions.has('orders.ship') || actor.permissions.has('customers.reveal');
  return {
    id: row.id,
    number: row.number,
    channel: row.channel,
    store: row.store,
    state: row.state,
    attention: actor.kind === 'shopper' ? null : row.attention,
    currency: row.currency,
    totalFen: row.total_fen,
    customerId: row.customer_id,
    source: row.source,
    externalId: row.external_id,
    goodsFen: row.goods_fen,
    freightFen: row.freight_fen,
    freightListFen: row.freight_list_fen,
    discountFen: row.discount_fen,
    pointsFen: row.points_fen,
    pointsSpent: row.points_spent,
    cancelledFen: row.cancelled_fen,
    taxFen: row.tax_fen,
    placedAt: row.placed_at.toISOString(),
    paidAt: iso(row.paid_at),
    releasedAt: iso(row.released_at),
    shippedAt: iso(row.shipped_at),
    deliveredAt: iso(row.delivered_at),
    cancelledAt: iso(row.cancelled_at),
    cancelReason: row.cancel_reason,
    expiresAt: row.state === 'placed' ? iso(row.expires_at) : null,
    recipient: recipientOf(row, isOpen),
    parcels: parcelsOf(row, isOpen),
    invoice: isOpen ? row.invoice : null,
    applied: row.applied,
    note: row.note,
    carrier: row.carrier,
    trackingNumber: row.tracking_number,
    pickupAt: row.pickup_at,
    promisedOn: row.promised_on,
    version: row.version,
    moves: [...movesFrom(row.state)],
    ...(await handlingOf(ctx, row)),
    lines: lines.get(orderId) ?? [],
    timeline: await timelineOf(ctx, orderId),
    payments: await paymentsOf(ctx.tx, orderId),
  };
}

/** Where the order stands in the house; what holds it and why it goes where is not for buyers. */
async function handlingOf(ctx: Ctx, { id, state }: Pick<OrderRow, 'id' | 'state'>) {
  const isBuyer = ctx.actor.kind === 'shopper';
  const fulfilments = await fulfilmentsOf(ctx.tx, [id]);
  const holds = isBuyer ? [] : ((await holdsOf(ctx.tx, [id])).get(id) ?? []);
  return {
    steps: stepsOf(state, fulfilments),
    holds: holds.toReversed().map((hold) => holdOnWire(hold, state)),
    routes: isBuyer ? [] : ((await routesOf(ctx.tx, [id])).get(id) ?? []),
    fulfilments: fulfilments.map((one) => ({
      id: one.fulfilmentId,
      number: one.number,
      location: one.location,
      kind: one.kind,
      state: one.state,
      storage: one.storage,
      carrier: one.carrier,
      trackingNumber: one.trackingNumber,
      promisedOn: one.promisedOn,
      pickupCode: isBuyer && one.state === 'packed' ? one.pickupCode : null,
      lines: one.lines,
      isMerged: one.isMerged,
    })),
    substitutions: (await substitutionsOf(ctx.tx, id)).map(({ orderId: _, ...one }) => ({ ...one, at: one.at.toISOString() })),
  };
}

/** Checks that this actor may see the order, without reading all of it. Refuses `order.not_found`. */
export async function getOrderHead(ctx: Ctx, orderId: string): Promise<{ state: OrderState; store: string | null }> {
  const row = await orders(ctx.tx).selectFrom('order').select(['state', 'store']).where('id', '=', orderId).executeTakeFirst();
  return row === undefined || isHiddenFrom(ctx, row.store) ? refuse('order.not_found', { orderId }) : row;
}

/** A clerk sees the own store's orders only. */
const isHiddenFrom = ({ actor }: Ctx, store: string | null): boolean =>
  actor.kind === 'staff' && actor.location !== undefined && store !== actor.location;

function recipientOf(
  row: { recipient_name: string | null; recipient_phone: string | null; region: string | null; address: string | null },
  isOpen: boolean,
): Order['recipient'] {
  if (row.recipient_name === null) return null;
  const phone = row.recipient_phone ?? '';
  const shown = isOpen ? phone : (maskPhone(phone) ?? '');
  return { name: row.recipient_name, phone: shown, region: row.region ?? '', address: row.address ?? '' };
}

/** The first parcel goes to the recipient; freight is told with it, whole. */
function parcelsOf(row: Parameters<typeof recipientOf>[0] & Pick<OrderRow, 'parcels' | 'freight_fen'>, isOpen: boolean) {
  const first = recipientOf(row, isOpen);
  if (first === null) return [];
  const others = (row.parcels ?? []).map(({ parcelNo, recipient: { name, phone, region, address } }) => ({
    parcelNo,
    recipient: { name, phone: isOpen ? phone : (maskPhone(phone) ?? ''), region, address },
    freightFen: 0,
  }));
  return [{ parcelNo: 1, recipient: first, freightFen: row.freight_fen }, ...others];
}

/** Lines as pages show them, by order. */
export async function linesOnWire(tx: Tx, orderIds: readonly string[]): Promise<Map<string, OrderLine[]>> {
  if (orderIds.length === 0) return new Map();
  const rows = await orders(tx)
    .selectFrom('line')
    .select([
      'order_id as orderId',
      'line_no as lineNo',
      'sku',
      'product_id as productId',
      'category',
      'name',
      'name_en as nameEn',
      'quantity',
      'list_fen as listFen',
      'unit_fen as unitFen',
      'discount_fen as discountFen',
      'amount_fen as amountFen',
      'tax_rate_bp as taxRateBp',
      'tax_fen as taxFen',
      'location',
      'adjustments',
      'is_gift as isGift',
      'parcel_no as parcelNo',
      'components',
      'expected_on as expectedOn',
    ]) // prettier-ignore
    .where('order_id', 'in', [...orderIds])
    .orderBy('order_id')
    .orderBy('line_no')
    .execute();
  const cancelled = await cancelledOf(tx, orderIds);
  return Map.groupBy(
    rows.map((row) => ({
      ...row,
      ...(cancelled.get(`${row.orderId}/${row.lineNo}`) ?? { cancelledQuantity: 0, cancelledFen: 0 }),
    })),
    (row) => row.orderId,
  );
}

/** Units called off before picking and what was given back for them, by `<order>/<line>`. */
async function cancelledOf(
  tx: Tx,
  orderIds: readonly string[],
): Promise<Map<string, { cancelledQuantity: number; cancelledFen: number }>> {
  const rows = await orders(tx)
    .selectFrom('line_cancellation')
    .select(['order_id as orderId', 'line_no as lineNo'])
    .select([sql<number>`sum(quantity)`.as('cancelledQuantity'), sql<number>`sum(amount_fen)`.as('cancelledFen')])
    .where('order_id', 'in', [...orderIds])
    .groupBy(['order_id', 'line_no'])
    .execute();
  return new Map(
    rows.map(({ orderId, lineNo, cancelledQuantity, cancelledFen }) => [
      `${orderId}/${lineNo}`,
      { cancelledQuantity, cancelledFen },
    ]),
  );
}

async function unitsOf(tx: Tx, orderIds: readonly string[]): Promise<Map<string, number>> {
  if (orderIds.length === 0) return new Map();
  const rows = await orders(tx)
    .selectFrom('line')
    .select(['order_id as orderId', sql<number>`sum(quantity)`.as('units')])
    .where('order_id', 'in', [...orderIds])
    .groupBy('order_id')
    .execute();
  return new Map(rows.map((row) => [row.orderId, row.units]));
}

/** Keyset paging over (placed_at, id), newest first. */
export function isBefore(after: string) {
  const [at = '', id = ''] = after.split('_');
  if (Number.isNaN(Date.parse(at)) || !/^[\da-f-]{36}$/.test(id))
    refuse('request.invalid', { issues: [{ at: 'query', path: 'after' }] });
  return sql<boolean>`(placed_at, id) < (${at}::timestamptz, ${id}::uuid)`;
}

export const cursorOf = (last: { placedAt: Date; id: string } | undefined): string | null =>
  last === undefined ? null : `${last.placedAt.toISOString()}_${last.id}`;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
export const instants = ({ placedAt, paidAt }: { placedAt: Date; paidAt: Date | null }) => ({
  placedAt: placedAt.toISOString(),
  paidAt: iso(paidAt),
});
