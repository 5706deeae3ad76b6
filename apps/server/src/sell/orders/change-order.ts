import type { Applied } from '@tongshang/contract';
import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { asTable } from '../../platform/arrays.ts';
import { json, run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { type Attention, move, type OrderState, type Recipient, refuseStep, type TimelineKind } from './order.ts';
import { orders } from './tables.ts';

export interface LockedOrder {
  id: string;
  number: string;
  channel: string;
  store: string | null;
  state: OrderState;
  attention: Attention | null;
  version: number;
  totalFen: number;
  cancelledFen: number;
  pointsSpent: number;
  /** Promotions that gave something to it. */
  applied: Applied[];
  cancelReason: string | null;
  customerId: string | null;
  currency: string;
  expiresAt: Date | null;
  recipientName: string | null;
  recipientPhone: string | null;
  region: string | null;
  address: string | null;
  note: string | null;
  buyerKey: string | null;
  /** Further addresses. */
  parcels: { parcelNo: number; recipient: Recipient }[] | null;
  pickupAt: string | null;
  promisedOn: string | null;
  placedAt: Date;
}

const lockedColumns = [
  'id', 'number', 'channel', 'store', 'state', 'attention', 'version', 'total_fen as totalFen', 'cancelled_fen as cancelledFen',
  'points_spent as pointsSpent', 'applied', 'customer_id as customerId', 'currency', 'cancel_reason as cancelReason',
  'expires_at as expiresAt', 'recipient_name as recipientName', 'recipient_phone as recipientPhone', 'region', 'address',
  'note', 'buyer_key as buyerKey', 'parcels', 'pickup_at as pickupAt', 'promised_on as promisedOn', 'placed_at as placedAt',
] as const; // prettier-ignore

/** Orders as they are now, without locking them: for whoever only looks. */
export async function ordersBy(tx: Tx, orderIds: readonly string[]): Promise<Map<string, LockedOrder>> {
  const rows = await orders(tx)
    .selectFrom('order')
    .select(lockedColumns)
    .where('id', '=', sql<string>`any(${[...new Set(orderIds)]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Locks orders in the one order, whoever asks: for rules of the house that decide many at once. Unknown ones are absent. */
export async function lockOrders(ctx: Ctx, orderIds: readonly string[]): Promise<Map<string, LockedOrder>> {
  const rows = await orders(ctx.tx)
    .selectFrom('order')
    .select(lockedColumns)
    .where('id', '=', sql<string>`any(${[...new Set(orderIds)]}::uuid[])`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Locks an order before anything about it is decided: moves of one order happen one after another. A clerk reaches the own store's
 * orders only. Refuses `order.not_found`, and `order.wrong_state` when the caller looked at an older version.
 */
export async function lockOrder(
  ctx: Ctx,
  { orderId, version }: { orderId: string; version?: number | undefined },
): Promise<LockedOrder> {
  const order = (await lockOrders(ctx, [orderId])).get(orderId);
  const isHidden = ctx.actor.kind === 'staff' && ctx.actor.location !== undefined && order?.store !== ctx.actor.location;
  if (order === undefined || isHidden) return refuse('order.not_found', { orderId });
  if (version !== undefined && version !== order.version) refuseStep(order.state, { isStale: true });
  return order;
}

export interface Change {
  /** Where the order moves; refused with `order.wrong_state` when there is no such move. */
  to?: OrderState;
  set?: Partial<SettableColumns>;
  /** A line of the timeline for everybody to see. */
  what: TimelineKind;
  details?: Record<string, unknown>;
}

interface SettableColumns {
  paid_at: Date;
  released_at: Date;
  shipped_at: Date;
  delivered_at: Date;
  cancelled_at: Date;
  cancel_reason: string;
  attention: Attention | null;
  carrier: string;
  tracking_number: string;
  recipient_name: string;
  recipient_phone: string;
  region: string;
  address: string;
}

/** Changes a locked order and says so on its timeline, with who and when. */
export async function changeOrder(
  ctx: Ctx,
  order: Pick<LockedOrder, 'id' | 'state'>,
  { to, set, what, details }: Change,
): Promise<void> {
  const state = to === undefined ? order.state : move(order.state, to);
  const isTouched = ctx.actor.kind === 'staff' && isBeforeRelease(order.state);
  await orders(ctx.tx)
    .updateTable('order')
    .set((eb) => ({ ...set, state, version: eb('version', '+', 1), ...(isTouched && { touched_at: ctx.now }) }))
    .where('id', '=', order.id)
    .execute();
  await noteOrder(ctx, { orderId: order.id, what, details });
}

/** Whatever a person does to an order until then, it did not handle itself. */
const isBeforeRelease = (state: OrderState): boolean => state === 'placed' || state === 'paid';

export interface MoveTogether {
  order: Pick<LockedOrder, 'id' | 'state'>;
  /** One step after another, each a line of the timeline. */
  steps: readonly { to: 'paid' | 'released'; details: Record<string, unknown> }[];
}

/** Where orders stand by what has left and arrived; set-based, like `moveOrders`. */
export interface SendTogether {
  order: Pick<LockedOrder, 'id' | 'state'>;
  /** One step after another, each a line of the timeline. */
  steps: readonly { to: 'partly_shipped' | 'shipped' | 'delivered'; what: TimelineKind; details: Record<string, unknown> }[];
  carrier?: string | undefined;
  trackingNumber?: string | undefined;
}

/** Moves many locked orders on as their parcels leave and arrive, with who and when on their timelines, in one statement. */
export async function sendOrders(ctx: Ctx, moves: readonly SendTogether[]): Promise<void> {
  if (moves.length === 0) return;
  const rows = moves.map(({ order, steps, carrier, trackingNumber }) => ({
    id: order.id,
    state: steps.reduce<OrderState>((state, { to }) => move(state, to), order.state),
    isShipped: steps.some(({ to }) => to === 'shipped'),
    isDelivered: steps.some(({ to }) => to === 'delivered'),
    steps: steps.length,
    carrier,
    trackingNumber,
  }));
  await run(
    ctx.tx,
    sql`update orders."order" o set state = m.state, version = o.version + m.steps,
        shipped_at = case when m."isShipped" then ${ctx.now} else o.shipped_at end,
        delivered_at = case when m."isDelivered" then ${ctx.now} else o.delivered_at end,
        carrier = coalesce(m.carrier, o.carrier), tracking_number = coalesce(m."trackingNumber", o.tracking_number)
      from jsonb_to_recordset(${json(rows)}) as m (id uuid, state text, "isShipped" boolean, "isDelivered" boolean, steps int, carrier text,
        "trackingNumber" text) where o.id = m.id`,
  );
  await noteOrders(
    ctx,
    moves.flatMap(({ order, steps }) => steps.map(({ what, details }) => ({ orderId: order.id, what, details }))),
  );
}

/** Moves many locked orders on, with who and when on their timelines, in one statement. */
export async function moveOrders(ctx: Ctx, moves: readonly MoveTogether[]): Promise<void> {
  if (moves.length === 0) return;
  const by = actorLabel(ctx.actor);
  const isTouched = ctx.actor.kind === 'staff';
  const rows = moves.map(({ order, steps }) => ({
    id: order.id,
    state: steps.reduce((state, { to }) => move(state, to), order.state),
    isPaid: steps.some(({ to }) => to === 'paid'),
    isReleased: steps.some(({ to }) => to === 'released'),
  }));
  const notes = moves.flatMap(({ order, steps }) => steps.map(({ to, details }) => ({ id: order.id, what: to, details })));
  await run(
    ctx.tx,
    sql`with moved as (
        update orders."order" o set state = m.state, version = o.version + 1,
          touched_at = case when ${isTouched} then coalesce(o.touched_at, ${ctx.now}) else o.touched_at end, paid_at = case when m."isPaid" then ${ctx.now} else o.paid_at end, released_at = case when m."isReleased" then ${ctx.now} else o.released_at end
        from ${asTable(rows, 'm', { id: 'uuid', state: 'text', isPaid: 'boolean', isReleased: 'boolean' })} where o.id = m.id
      )
      insert into orders.timeline (order_id, at, actor_kind, actor, what, details)
      select id, ${ctx.now}, ${by.kind}, ${by.name}, what, details
      from ${asTable(notes, 'n', { id: 'uuid', what: 'text', details: 'jsonb' })}`,
  );
}

/** Writes one line on an order's timeline. */
export async function noteOrder(
  ctx: Ctx,
  { orderId, what, details = {} }: { orderId: string; what: TimelineKind; details?: Record<string, unknown> | undefined },
): Promise<void> {
  const by = actorLabel(ctx.actor);
  await orders(ctx.tx)
    .insertInto('timeline')
    .values({ order_id: orderId, at: ctx.now, actor_kind: by.kind, actor: by.name, what, details: json(details) as never })
    .execute();
}

/** Like `noteOrder`, for many with one statement. */
export async function noteOrders(
  ctx: Ctx,
  notes: readonly { orderId: string; what: TimelineKind; details: Record<string, unknown> }[],
): Promise<void> {
  if (notes.length === 0) return;
  const by = actorLabel(ctx.actor);
  await run(
    ctx.tx,
    sql`insert into orders.timeline (order_id, at, actor_kind, actor, what, details)
      select "orderId", ${ctx.now}, ${by.kind}, ${by.name}, what, details
      from ${asTable(notes, 'n', { orderId: 'uuid', what: 'text', details: 'jsonb' })}`,
  );
}
