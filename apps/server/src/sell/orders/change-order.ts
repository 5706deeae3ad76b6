import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { type Attention, move, movesFrom, type OrderState, type TimelineKind } from './order.ts';
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
  customerId: string | null;
  currency: string;
  expiresAt: Date | null;
  recipientName: string | null;
  recipientPhone: string | null;
  region: string | null;
  address: string | null;
}

/**
 * Locks an order before anything about it is decided: moves of one order happen one after another. A clerk reaches the own store's
 * orders only. Refuses `order.not_found`, and `order.wrong_state` when the caller looked at an older version.
 */
export async function lockOrder(
  ctx: Ctx,
  { orderId, version }: { orderId: string; version?: number | undefined },
): Promise<LockedOrder> {
  const order = await orders(ctx.tx)
    .selectFrom('order')
    .select([
      'id',
      'number',
      'channel',
      'store',
      'state',
      'attention',
      'version',
      'total_fen as totalFen',
      'customer_id as customerId',
      'currency',
    ])
    .select([
      'expires_at as expiresAt',
      'recipient_name as recipientName',
      'recipient_phone as recipientPhone',
      'region',
      'address',
    ])
    .where('id', '=', orderId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const isHidden = ctx.actor.kind === 'staff' && ctx.actor.location !== undefined && order?.store !== ctx.actor.location;
  if (order === undefined || isHidden) return refuse('order.not_found', { orderId });
  if (version !== undefined && version !== order.version)
    refuse('order.wrong_state', { state: order.state, moves: [...movesFrom(order.state)], isStale: true });
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
  await orders(ctx.tx)
    .updateTable('order')
    .set((eb) => ({ ...set, state, version: eb('version', '+', 1) }))
    .where('id', '=', order.id)
    .execute();
  await noteOrder(ctx, { orderId: order.id, what, details });
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
