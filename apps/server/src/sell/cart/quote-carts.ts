import { storefront } from '@tongshang/contract';
import type { Ctx } from '../../platform/ctx.ts';
import { picturesOf } from '../../base/catalog/index.ts';
import { availabilityOf, heldBy } from '../../supply/inventory/index.ts';
import { onlineAvailability } from '../../supply/routing/index.ts';
import { buyerKeyOf, firstOrderers } from '../orders/index.ts';
import { freightRuleFor } from '../pricing/index.ts';
import { type PricedCart, priceCarts } from '../promotions/index.ts';
import { type Cart, parcelsOf, planLines, showCart } from './cart.ts';
import { type OpenCart, openCarts, readCart } from './open-carts.ts';

export const { shopChannel, shopLocation } = storefront;

/** The shopper's cart with prices, stock and freight as they are now. */
export async function getCart(ctx: Ctx): Promise<Cart> {
  const cart = (await readCart(ctx.tx, ctx.actor)) ?? (await openCarts(ctx, [ctx.actor]))[0];
  const [shown] = await quoteCarts(ctx, cart === undefined ? [] : [cart]);
  if (shown === undefined) throw new Error('a cart was not quoted');
  return shown;
}

/** What carts cost now, as checkout would charge it. */
export async function priceOpenCarts(ctx: Ctx, carts: readonly OpenCart[]): Promise<PricedCart[]> {
  const firsts = await firstOrderers(
    ctx.tx,
    carts.flatMap(({ customerId }) => customerId ?? []),
  );
  return priceCarts(
    ctx.tx,
    carts.map((cart, index) => ({
      key: String(index),
      channel: shopChannel,
      location: cart.terms.pickupAt ?? shopLocation,
      isCollected: typeof cart.terms.pickupAt === 'string',
      customerId: cart.customerId,
      customerKey: buyerKeyOf({ ...cart, recipient: { phone: cart.terms.phone ?? '' } }),
      isFirstOrder: cart.customerId !== undefined && firsts.has(cart.customerId),
      lines: planLines(cart.lines, parcelsOf(cart.lines, cart.terms)).map(({ key, sku, quantity, parcelNo }) => ({
        key,
        sku,
        quantity,
        parcel: parcelNo,
      })),
      couponCodes: cart.terms.couponCodes ?? 'best',
      pointsWanted: cart.terms.pointsWanted ?? 0,
      paymentMethod: cart.terms.paymentMethod ?? undefined,
    })),
    ctx.now,
  );
}

/** Carts as they are shown, priced with a fixed number of statements. */
export async function quoteCarts(ctx: Ctx, carts: readonly OpenCart[], given?: readonly PricedCart[]): Promise<Cart[]> {
  const priced = given ?? (await priceOpenCarts(ctx, carts));
  const skus = [...new Set(priced.flatMap(({ breakdown }) => breakdown.lines.map((line) => line.sku)))];
  const hasKits = priced.some(({ facts }) => skus.some((sku) => facts.get(sku)?.isKit));
  const wanted = mostWanted(carts);
  const [available, pictures] = await Promise.all([
    onlineAvailability(ctx, {
      skus,
      channel: shopChannel,
      first: shopLocation,
      hasKits,
      wanted: (sku) => wanted.get(sku) ?? 1,
    }),
    picturesOf(ctx.tx, [...skus, ...wanted.keys()]),
  ]);
  const inStores = await storeAvailability(ctx, carts, skus);
  const held = await heldBy(
    ctx.tx,
    carts.flatMap(({ hold }) => hold?.id ?? []),
  );
  return carts.map((cart, index) => {
    const { breakdown, facts, problems, pointsAvailable } = priced[index] as PricedCart;
    const own = cart.hold === undefined ? undefined : held.get(cart.hold.id);
    return showCart({
      ...cart,
      price: breakdown,
      notForSale: new Set(problems.map(({ sku }) => sku)),
      factsOf: (sku) => facts.get(sku),
      pictureOf: (sku) => pictures.get(sku),
      availableOf: (sku) => ((inStores.get(cart.terms.pickupAt ?? '') ?? available).get(sku) ?? 0) + (own?.get(sku) ?? 0),
      pointsAvailable,
      freeFreightFromFen: freightRuleFor(shopChannel).freeFromFen,
    });
  });
}

/** The most units of each SKU that one of these carts has. */
function mostWanted(carts: readonly OpenCart[]): Map<string, number> {
  const most = new Map<string, number>();
  for (const { lines } of carts) for (const { sku, quantity } of lines) most.set(sku, Math.max(quantity, most.get(sku) ?? 0));
  return most;
}

/** What lies in the stores that these carts are to be collected from. */
async function storeAvailability(ctx: Ctx, carts: readonly OpenCart[], skus: readonly string[]) {
  const stores = [...new Set(carts.flatMap(({ terms }) => terms.pickupAt ?? []))];
  const found = new Map<string, Map<string, number>>();
  for (const store of stores) found.set(store, await availabilityOf(ctx.tx, { skus, locations: [store] }));
  return found;
}
