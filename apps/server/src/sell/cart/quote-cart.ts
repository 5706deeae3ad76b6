import { storefront } from '@tongshang/contract';
import { findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { availabilityOf } from '../../supply/inventory/index.ts';
import { freight, freightFor } from '../orders/index.ts';
import { pricesAt } from '../pricing/index.ts';
import { type Cart, cartLine, cartOf, type Known, type StoredLine } from './cart.ts';
import { openCart } from './open-cart.ts';

export const { shopChannel, shopLocation } = storefront;

/** The shopper's cart with prices, stock and freight as they are now. */
export async function getCart(ctx: Ctx): Promise<Cart> {
  const cart = await openCart(ctx);
  return quote(
    cart,
    await known(
      ctx,
      cart.lines.map((line) => line.sku),
    ),
  );
}

/** What is known now about SKUs that somebody may buy in the shop. */
export async function known(ctx: Ctx, skus: readonly string[]): Promise<(sku: string) => Known> {
  if (skus.length === 0) return () => ({ facts: undefined, price: undefined, available: 0 });
  const facts = await findSkus(ctx.tx, skus);
  const prices = await pricesAt(ctx.tx, { skus, channel: shopChannel, at: ctx.now });
  const available = await availabilityOf(ctx.tx, { skus, locations: [shopLocation] });
  return (sku) => ({ facts: facts.get(sku), price: prices.get(sku), available: available.get(sku) ?? 0 });
}

export const quote = (cart: { version: number; lines: readonly StoredLine[] }, of: (sku: string) => Known): Cart =>
  cartOf(
    { version: cart.version, lines: cart.lines.map((line) => cartLine(line, of(line.sku))) },
    { of: (goodsFen) => freightFor(shopChannel, goodsFen), freeFromFen: freight.freeFromFen },
  );
