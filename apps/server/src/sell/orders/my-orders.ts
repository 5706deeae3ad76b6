import { timingSafeEqual } from 'node:crypto';
import type { orders as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { openPayment, paymentsOf } from '../payments/index.ts';
import { cancelLines, type CancelLines } from './cancel-lines.ts';
import { cancelOrder } from './cancel-order.ts';
import { lockOrder, noteOrder } from './change-order.ts';
import { move, type OrderState } from './order.ts';
import { tokenHash } from './candidate.ts';
import { cursorOf, instants, isBefore, linesOnWire } from './queries.ts';
import { orders } from './tables.ts';

interface Mine {
  number: string;
  token: string | undefined;
}

/**
 * The order of this shopper: the member who placed it, the visitor who placed it as a guest, or whoever holds its link. To everybody
 * else it does not exist: `order.not_found`.
 */
export async function findMine(ctx: Ctx, { number, token }: Mine): Promise<string> {
  const { actor } = ctx;
  const order = await orders(ctx.tx)
    .selectFrom('order')
    .select(['id', 'customer_id as customerId', 'visitor_id as visitorId', 'access_token_hash as hash'])
    .where('number', '=', number)
    .executeTakeFirst();
  if (order === undefined || actor.kind === 'staff') return refuse('order.not_found', { number });
  const isMember = actor.kind === 'shopper' && actor.customerId !== undefined && order.customerId === actor.customerId;
  const isGuest = actor.kind === 'shopper' && order.customerId === null && order.visitorId === actor.visitorId;
  return isMember || isGuest || holdsLink(order.hash, token) ? order.id : refuse('order.not_found', { number });
}

function holdsLink(hash: string | null, token: string | undefined): boolean {
  if (hash === null || token === undefined) return false;
  return timingSafeEqual(Buffer.from(hash), Buffer.from(tokenHash(token)));
}

/** The buyer calls off what has not shipped. Refuses `order.not_found`, `order.wrong_state`. */
export async function cancelMyOrder(ctx: Ctx, mine: Mine): Promise<string> {
  const orderId = await findMine(ctx, mine);
  await cancelOrder(ctx, { orderId, reason: 'buyer' });
  return orderId;
}

/** The buyer calls off single lines or units before picking. Refuses like `cancelLines`. */
export async function cancelMyLines(ctx: Ctx, { lines, ...mine }: Mine & Pick<CancelLines, 'lines'>): Promise<string> {
  const orderId = await findMine(ctx, mine);
  await cancelLines(ctx, { orderId, lines, reason: 'buyer' });
  return orderId;
}

/**
 * Where to pay an open order: the payment that is open, or a new attempt after one that failed. Refuses `order.not_found` and, when
 * nothing is to be paid any more, `order.wrong_state`.
 */
export async function payMyOrder(ctx: Ctx, mine: Mine, provider: string): Promise<{ paymentId: string; payUrl: string }> {
  const orderId = await findMine(ctx, mine);
  const order = await lockOrder(ctx, { orderId });
  move(order.state, 'paid');
  if (order.expiresAt !== null && order.expiresAt <= ctx.now)
    refuse('order.wrong_state', { state: order.state, moves: [], isExpired: true });
  const paymentId = await openPayment(ctx, {
    orderId,
    reference: order.number,
    provider,
    amountFen: order.totalFen - order.cancelledFen,
    currency: order.currency,
    expiresAt: order.expiresAt ?? undefined,
  });
  await noteOrder(ctx, { orderId, what: 'payment_started', details: { paymentId } });
  return { paymentId, payUrl: payPath(paymentId, mine.token) };
}

/** The path of this house that leads on to the provider; the token brings the browser back to the order. */
export const payPath = (paymentId: string, token: string | undefined): string =>
  `/api/payments/${paymentId}/page${token === undefined ? '' : `?token=${encodeURIComponent(token)}`}`;

/** What was placed with a key before, so that asking again answers the same. */
export async function findPlacement(tx: Tx, placementKey: string) {
  const placed = await orders(tx)
    .selectFrom('order')
    .select(['id as orderId', 'number', 'state', 'total_fen as totalFen'])
    .where('placement_key', '=', placementKey)
    .executeTakeFirst();
  if (placed === undefined) return undefined;
  const open = (await paymentsOf(tx, placed.orderId)).find((payment) => payment.state === 'pending');
  return { ...placed, paymentId: open?.id };
}

/** A member's orders with their lines, newest first. */
export async function listMyOrders(
  ctx: Ctx,
  { state, after, limit }: z.output<typeof contract.listMyOrders.query>,
): Promise<z.input<typeof contract.listMyOrders.reply>> {
  const customerId = ctx.actor.kind === 'shopper' ? ctx.actor.customerId : undefined;
  let query = orders(ctx.tx)
    .selectFrom('order')
    .select(['id', 'number', 'channel', 'store', 'state', 'attention', 'currency', 'total_fen as totalFen'])
    .select(['placed_at as placedAt', 'paid_at as paidAt'])
    .where('customer_id', '=', customerId ?? null);
  if (state !== undefined) query = query.where('state', 'in', [state].flat() as OrderState[]);
  if (after !== undefined) query = query.where(isBefore(after));
  const rows = await query
    .orderBy('placed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const lines = await linesOnWire(
    ctx.tx,
    shown.map((row) => row.id),
  );
  const items = shown.map((row) => ({ ...row, ...instants(row), attention: null, lines: lines.get(row.id) ?? [] }));
  return { items, next: rows.length > limit ? cursorOf(shown.at(-1)) : null };
}
