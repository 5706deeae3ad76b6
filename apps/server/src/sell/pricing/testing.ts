import type { Effect } from '@tongshang/contract';
import type { Ctx } from '../../platform/ctx.ts';
import type { Buyer, ListPrice, Offer, OfferGroup, PricedGoods, PriceRequest, RequestLine } from './cart-price/request.ts';
import { setPrices } from './set-prices.ts';

/** A list price that holds from long ago, so that tests may look back. */
export async function aPrice(
  ctx: Ctx,
  sku: string,
  amountFen: number,
  validFrom = new Date('2020-01-01T00:00:00Z'),
): Promise<void> {
  await setPrices(ctx, [{ sku, amountFen, validFrom }], 'test');
}

export const aListPrice = (amountFen: number, over: Partial<ListPrice> = {}): ListPrice => ({
  kind: 'list', group: null, fromQuantity: 1, amountFen, ...over,
}); // prettier-ignore

/** Goods at one list price, or with the prices given. */
export const someGoods = (sku: string, amountFen: number, over: Partial<PricedGoods> = {}): PricedGoods => ({
  sku, productId: `product-${sku}`, category: 'clothes', brand: 'none', taxRateBp: 1300, prices: [aListPrice(amountFen)], ...over,
}); // prettier-ignore

/** A line named after its SKU. */
export const aLine = (sku: string, quantity: number, amountFen: number, over: Partial<PricedGoods> = {}): RequestLine => ({
  key: sku, quantity, goods: someGoods(sku, amountFen, over),
}); // prettier-ignore

/** An offer for everything that always holds; it stands in the stage threshold. */
export const anOffer = (promotionId: string, then: Effect, over: Partial<Offer> = {}): Offer => ({
  promotionId, couponCode: null, name: promotionId, nameEn: promotionId, stage: 'threshold', groupId: undefined, priority: 0, when: { all: [] }, then,
  joinsExclusive: false, left: {}, ...over,
}); // prettier-ignore

export const aGroup = (id: string, mode: OfferGroup['mode'], over: Partial<OfferGroup> = {}): OfferGroup => ({
  id, mode, stage: 'threshold', parent: undefined, priority: 0, ...over,
}); // prettier-ignore

export const aBuyer = (over: Partial<Buyer> = {}): Buyer => ({
  customerId: 'customer-1', tier: 'silver', segments: [], isFirstOrder: false, points: 0, ...over,
}); // prettier-ignore

/** A member's cart in the shop, Sunday noon in Shanghai, delivered free of charge. */
export const aRequest = (lines: readonly RequestLine[], over: Partial<PriceRequest> = {}): PriceRequest => ({
  currency: 'CNY', channel: 'shop', at: new Date('2026-11-22T04:00:00Z'), buyer: aBuyer(), lines, offers: [], groups: [], pointsWanted: 0,
  pointWorth: { points: 100, fen: 100 }, gifts: new Map(), freight: { feeFen: 0, freeFromFen: 0 }, ...over,
}); // prettier-ignore
