import { cart as contract, orders as ordersContract } from '@tongshang/contract';
import { handle, handleOutside, handleTogether, type Route } from '../../platform/route.ts';
import { buyAgain } from './buy-again.ts';
import { addToCarts, putCartLine, removeCartLine, setCartTerms } from './change-carts.ts';
import { checkOutTogether, type CheckOutParts } from './check-out.ts';
import { dropCartHold, holdCart } from './hold-cart.ts';
import { getDeliveryOptions, planDelivery } from './plan-delivery.ts';
import { getCart } from './quote-carts.ts';

export const cartRoutes = (parts: CheckOutParts): Route[] => [
  handleOutside(contract.getCart, ({ inTx }) => inTx(getCart)), // not read-only: a guest's cart may have to join the member's
  handleTogether(contract.addToCart, (ctx, asked) =>
    addToCarts(
      ctx,
      asked.map(({ actor, input }) => ({ actor, input: [input.body] })),
    ),
  ),
  handleTogether(contract.addManyToCart, (ctx, asked) =>
    addToCarts(
      ctx,
      asked.map(({ actor, input }) => ({ actor, input: input.body.lines })),
    ),
  ),
  handle(contract.putCartLine, (ctx, { params, body }) => putCartLine(ctx, { ...params, ...body })),
  handle(contract.removeCartLine, (ctx, { params }) => removeCartLine(ctx, params)),
  handle(contract.setCartTerms, (ctx, { body }) => setCartTerms(ctx, body)),
  handle(ordersContract.buyAgain, (ctx, { params, body }) => buyAgain(ctx, { ...params, token: body.token })),
  handleOutside(contract.getDeliveryOptions, ({ inTx }, { query }) => inTx((ctx) => getDeliveryOptions(ctx, query))),
  handle(contract.planDelivery, (ctx, { body }) => planDelivery(ctx, body)),
  handle(contract.holdCart, (ctx) => holdCart(ctx)),
  handle(contract.dropCartHold, (ctx) => dropCartHold(ctx)),
  handleTogether(contract.checkout, (ctx, asked) =>
    checkOutTogether(
      ctx,
      asked.map(({ actor, input }) => ({ actor, input: input.body })),
      parts,
    ),
  ),
];
