export { priceChanged } from './events.ts';
export { endMarkdowns, type ScheduleMarkdowns, scheduleMarkdowns } from './markdowns.ts';
export { type EffectivePrice, floorOf, marginFloorBp, type PriceKind } from './price.ts';
export { marginFloors, pricesAt } from './prices-at.ts';
export { listPrices } from './queries.ts';
export { type SetListPrice, setListPrice } from './set-list-price.ts';
export { type PriceOutcome, type PriceRow, setPrices } from './set-prices.ts';
