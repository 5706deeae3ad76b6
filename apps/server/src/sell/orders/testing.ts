import { orders as contract } from '@tongshang/contract';
import type { World } from '../../../test/world.ts';
import type { Actor, Ctx } from '../../platform/ctx.ts';
import { aStock } from '../../supply/inventory/testing.ts';
import { captureFor } from '../payments/testing.ts';
import { aPrice } from '../pricing/testing.ts';
import { markAllPaid } from './mark-paid.ts';
import type { PlaceOrder } from './candidate.ts';
import { type PlacedOrder, placeOrder } from './place-orders.ts';

export const aRecipient = { name: '张三丰', phone: '13800138000', region: '上海市 上海市 黄浦区', address: '人民大道 200 号' };

/** A SKU that can be bought: on hand at WH1, at a price, fen. */
export async function aSaleable(ctx: Ctx, sku: string, quantity: number, priceFen = 5000, location = 'WH1'): Promise<void> {
  await aStock(ctx, sku, quantity, location);
  await aPrice(ctx, sku, priceFen);
}

/** An order of the shop, placed and not paid. */
export const anOrder = (ctx: Ctx, lines: PlaceOrder['lines'], over: Partial<PlaceOrder> = {}): Promise<PlacedOrder> =>
  placeOrder(ctx, { channel: 'shop', location: 'WH1', lines, recipient: aRecipient, provider: 'sandbox', ...over });

export { expireOrders } from './expire-orders.ts';

/** Marks an order paid as the money's reaction does, without a provider. */
export const markOrderPaid = (ctx: Ctx, captured: Parameters<typeof markAllPaid>[1][number]): Promise<void> =>
  markAllPaid(ctx, [captured]);

export const ordersOf = (world: World, actor: Actor) => ({
  get: (orderId: string) => world.call(contract.getOrder, { params: { orderId } }, actor),
});

export type Order = Awaited<ReturnType<ReturnType<typeof ordersOf>['get']>>;
export const kindsOf = (order: Order): string[] => order.timeline.map((entry) => entry.what);

/** Marks an order of the sandbox provider paid: the money is there, and its reaction has run. */
export async function payFor(world: World, { orderId, paymentId, totalFen }: PlacedOrder): Promise<void> {
  await world.run((ctx) => captureFor(ctx, orderId));
  await world.run((ctx) => markOrderPaid(ctx, { orderId, paymentId: paymentId ?? '', amountFen: totalFen }));
}
