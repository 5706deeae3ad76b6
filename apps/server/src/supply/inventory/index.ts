// The door of inventory.
export { stockMoved } from './events.ts';
export { allocateLots, type Unallocated } from './lot/allocate-lots.ts';
export { type MovedLine, movePromise, type MovePromise } from './move-promise.ts';
export { moveStock, type StockMove } from './move-stock.ts';
export { promiseStock, promiseStocks } from './promise-stock.ts';
export { agedStock, availabilityOf, findDrift, heldBy, listLocations, stockLevelsOf, totalsOf } from './queries.ts';
export { receiveStock, registerSerials } from './receive-stock.ts';
export { releasePromise, releasePromises, releaseUnits } from './release-promise.ts';
export { returnStock } from './return-stock.ts';
export { type LocationFacts, saveLocations } from './save-locations.ts';
export { setOpeningStock } from './set-opening-stock.ts';
export { shipPromised } from './ship-promised.ts';
export { type ShipLine, type ShippedLine, shipUnits, type ShipUnits } from './ship-units.ts';
