import { cart as contract } from '@tongshang/contract';
import { handle, handleOutside, type Route } from '../../platform/route.ts';
import { addToCart, putCartLine, removeCartLine } from './change-cart.ts';
import { checkOut, type CheckOutParts } from './check-out.ts';
import { getCart } from './quote-cart.ts';

export const cartRoutes = (parts: CheckOutParts): Route[] => [
  handleOutside(contract.getCart, ({ inTx }) => inTx(getCart)), // not read-only: a guest's cart may have to join the member's
  handle(contract.addToCart, (ctx, { body }) => addToCart(ctx, body)),
  handle(contract.putCartLine, (ctx, { params, body }) => putCartLine(ctx, { ...params, ...body })),
  handle(contract.removeCartLine, (ctx, { params }) => removeCartLine(ctx, params)),
  handle(contract.checkout, (ctx, { body }) => checkOut(ctx, body, parts)),
];
