// The door of pricing.
export { freightRuleFor } from './cart-price/freight-rule.ts';
export { priceCart } from './cart-price/price-cart.ts';
export { refundShare } from './cart-price/refund-share.ts';
export type {
  Buyer,
  FreightRule,
  ListPrice,
  Offer,
  OfferGroup,
  PricedGoods,
  PriceRequest,
  RequestLine,
} from './cart-price/request.ts';
export { isMeant } from './cart-price/seen.ts';
export { priceChanged } from './events.ts';
export { endMarkdowns, scheduleMarkdowns } from './markdowns.ts';
export type { EffectivePrice } from './price.ts';
export { pricesBetween } from './price-history.ts';
export { marginFloors, pricesAt, pricesFor } from './prices-at.ts';
export { type PriceRow, setPrices } from './set-prices.ts';
export { skusRepricedBetween } from './repriced-between.ts';
