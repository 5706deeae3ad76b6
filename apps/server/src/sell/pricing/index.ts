// The door of pricing.
export { priceChanged } from './events.ts';
export { endMarkdowns, scheduleMarkdowns } from './markdowns.ts';
export type { EffectivePrice } from './price.ts';
export { marginFloors, pricesAt } from './prices-at.ts';
export { type PriceRow, setPrices } from './set-prices.ts';
