// The door of delivery.
export { type BookedParcel, type BookParcel, bookParcels, handOverParcels, voidParcels } from './book-parcels.ts';
export { parcelDelivered, parcelLate, parcelReturned } from './events.ts';
export { parcelPrices } from './parcel-prices.ts';
export { loadTerms, type Place, type Terms } from './load-terms.ts';
export { type PickupPlaceFacts, pickupPlaces } from './pickup-places.ts';
export { type AskedPromise, type DatePromise, promiseDates, promiseOne, serviceFor } from './promise-dates.ts';
export {
  type LinesPromise,
  loadSending,
  promiseForLines,
  promiseLines,
  type Sending,
  type WantedLine,
} from './promise-for-lines.ts';
export { provinceCodes, provinceName, provinceOf } from './province.ts';
export { type ParcelTracking, trackingOf } from './queries.ts';
export { saveCalendar, saveCarrier, savePlace, saveService } from './save-terms.ts';
export type { Storage } from './tariff.ts';
export { gramsOf } from './weight.ts';
