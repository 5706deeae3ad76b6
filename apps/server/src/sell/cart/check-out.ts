import { createHmac } from 'node:crypto';
import type { cart as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { findPlacement, payPath, placeOrder } from '../orders/index.ts';
import { lockCart, shopperOf, takeLines } from './open-cart.ts';
import { shopChannel, shopLocation } from './quote-cart.ts';

type Asked = z.output<typeof contract.checkout.body>;
type Reply = z.input<typeof contract.checkout.reply>;

export interface CheckOutParts {
  /** Signs the links of orders. */
  secret: string;
  /** Who takes the money. */
  provider: string;
}

/**
 * Turns the cart into an order, all or nothing. The same version of a cart is one order, however often and however many at once it
 * is checked out. Refuses `cart.empty`, `cart.changed`, and what placing an order refuses; a refusal leaves the cart as it was.
 */
export async function checkOut(ctx: Ctx, asked: Asked, { secret, provider }: CheckOutParts): Promise<Reply> {
  const cart = await lockCart(ctx); // a second checkout of the same cart waits here and then finds the order
  if (cart === undefined) return refuse('cart.empty');
  const placementKey = `cart:${cart.id}:${asked.version}`;
  const token = createHmac('sha256', secret).update(placementKey).digest('base64url');
  if (cart.version !== asked.version) {
    const earlier = await findPlacement(ctx.tx, placementKey);
    return earlier === undefined ? refuse('cart.changed', { version: cart.version }) : replyOf(earlier, token);
  }
  const lines = await takeLines(ctx, cart.id);
  if (lines.length === 0) refuse('cart.empty');

  const placed = await placeOrder(ctx, {
    ...shopperOf(ctx),
    channel: shopChannel,
    location: shopLocation,
    lines,
    recipient: asked.recipient,
    note: asked.note,
    expectedTotalFen: asked.expectedTotalFen,
    placementKey,
    accessToken: token,
    provider,
  });
  return replyOf(placed, token);
}

type Placement = Pick<Reply, 'orderId' | 'number' | 'state' | 'totalFen'> & { paymentId: string | undefined };

const replyOf = ({ orderId, number, state, totalFen, paymentId }: Placement, token: string): Reply => ({
  orderId,
  number,
  state,
  totalFen,
  token,
  paymentId: paymentId ?? null,
  payUrl: paymentId === undefined ? null : payPath(paymentId, token),
});
