import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Day, Fen, Id, Instant, LocationCode, page, paging, Quantity, Sku } from './values.ts';

export const CarrierCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,16}$/);
export const ServiceCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,24}$/);

/** How warm goods travel and lie: 常温, 冷藏, 冷冻. */
export const storages = ['ambient', 'chilled', 'frozen'] as const;
export const Storage = z.enum(storages);

/** booked (waybill made) → handed_over → in_transit → out_for_delivery → delivered; failed tries again, returned ends. */
export const parcelStates = [
  'booked',
  'handed_over',
  'in_transit',
  'out_for_delivery',
  'failed',
  'delivered',
  'returned',
  'voided',
] as const;
export const ParcelState = z.enum(parcelStates);

/** What a carrier may report. */
export const trackingStatuses = ['in_transit', 'out_for_delivery', 'failed', 'delivered', 'returned'] as const;
export const TrackingStatus = z.enum(trackingStatuses);

/** The price of a service into one zone: the first weight, then each step begun. Days are counted from the day of dispatch. */
export const PriceRow = z.object({
  zone: z.string().trim().min(1).max(16),
  firstGrams: z.int().min(1).max(100_000),
  firstFen: Fen.min(0).max(10_000_000),
  stepGrams: z.int().min(1).max(100_000),
  stepFen: Fen.min(0).max(10_000_000),
  days: z.int().min(0).max(60),
});

/** Which zone a province (six-digit code) lies in for a carrier, seen from the province of dispatch. */
export const ZoneRow = z.object({
  origin: z.string().regex(/^\d{6}$/),
  province: z.string().regex(/^\d{6}$/),
  zone: z.string().trim().min(1).max(16),
});

const serviceTerms = {
  name: z.string().trim().min(1).max(60),
  nameEn: z.string().trim().max(60),
  storages: z.array(Storage).min(1),
  maximumGrams: z.int().min(1).max(1_000_000),
  isActive: z.boolean(),
  prices: z.array(PriceRow).max(40),
};
export const Service = z.object({ code: ServiceCode, carrier: CarrierCode, ...serviceTerms });
export const Carrier = z.object({
  code: CarrierCode,
  name: z.string(),
  nameEn: z.string(),
  phone: z.string(),
  isActive: z.boolean(),
  services: z.array(Service),
  zones: z.array(ZoneRow),
});

export const listCarriers = endpoint({
  method: 'GET',
  path: '/delivery/carriers',
  summary: 'Carriers with their services, zones and price tables',
  access: { permission: 'delivery.view' },
  reply: z.object({ items: z.array(Carrier) }),
  errors: [],
});

export const saveCarrier = endpoint({
  method: 'PUT',
  path: '/delivery/carriers/:carrier',
  summary: 'Make or change a carrier and the zones it counts provinces to',
  access: { permission: 'delivery.edit' },
  params: z.object({ carrier: CarrierCode }),
  body: z.object({
    name: z.string().trim().min(1).max(60),
    nameEn: z.string().trim().max(60),
    phone: z.string().trim().max(30),
    isActive: z.boolean(),
    zones: z.array(ZoneRow).max(2000),
  }),
  reply: Carrier,
  errors: [],
});

export const saveService = endpoint({
  method: 'PUT',
  path: '/delivery/services/:service',
  summary: 'Make or change a service of a carrier with its price table',
  access: { permission: 'delivery.edit' },
  params: z.object({ service: ServiceCode }),
  body: z.object({ carrier: CarrierCode, ...serviceTerms }),
  reply: Service,
  errors: ['carrier.not_found'],
});

export const getCarrierKey = endpoint({
  method: 'GET',
  path: '/delivery/carriers/:carrier/key',
  summary: 'The key with which a carrier signs its tracking reports (HMAC-SHA256 of the payload, hex)',
  access: { permission: 'delivery.edit' },
  params: z.object({ carrier: CarrierCode }),
  reply: z.object({ key: z.string(), reportUrl: z.string() }),
  errors: ['carrier.not_found'],
});

/** How a location takes part in delivery. Times are local, `HH:MM`; weekdays 1 = Monday … 7 = Sunday. */
const placeTerms = {
  province: z.string().regex(/^\d{6}$/),
  address: z.string().trim().max(200),
  phone: z.string().trim().max(30),
  /** Released until then, a parcel leaves the same working day. */
  cutOff: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  weekdays: z.array(z.int().min(1).max(7)).max(7),
  ships: z.boolean(),
  offersPickup: z.boolean(),
  /** Work between payment and "ready to collect", minutes. */
  pickupReadyMinutes: z.int().min(0).max(10_080),
  /** Days a parcel waits for its buyer after it was ready; then it lapses. */
  pickupKeepDays: z.int().min(1).max(60),
  openingHours: z.string().trim().max(100),
};
export const Place = z.object({ location: LocationCode, name: z.string(), nameEn: z.string(), ...placeTerms });

export const listPlaces = endpoint({
  method: 'GET',
  path: '/delivery/places',
  summary: 'Where parcels leave and where buyers collect: cut-off, working days, pick-up',
  access: { permission: 'delivery.view' },
  reply: z.object({ items: z.array(Place) }),
  errors: [],
});

export const savePlace = endpoint({
  method: 'PUT',
  path: '/delivery/places/:location',
  summary: 'Change how a location takes part in delivery',
  access: { permission: 'delivery.edit' },
  params: z.object({ location: LocationCode }),
  body: z.object(placeTerms),
  reply: Place,
  errors: ['location.not_found'],
});

/** A day that is not as its weekday says: nothing leaves, nothing arrives, or work on a weekend (调休). */
export const CalendarDay = z.object({
  day: Day,
  dispatches: z.boolean(),
  delivers: z.boolean(),
  name: z.string().trim().max(60),
  nameEn: z.string().trim().max(60),
});

export const listCalendar = endpoint({
  method: 'GET',
  path: '/delivery/calendar',
  summary: 'Holidays and make-up working days',
  access: { permission: 'delivery.view' },
  query: z.object({ from: Day.optional(), to: Day.optional() }),
  reply: z.object({ items: z.array(CalendarDay) }),
  errors: [],
});

export const saveCalendar = endpoint({
  method: 'PUT',
  path: '/delivery/calendar',
  summary: 'Set days that differ from their weekday; `asUsual` takes days out again',
  access: { permission: 'delivery.edit' },
  body: z.object({ days: z.array(CalendarDay).max(400), asUsual: z.array(Day).max(400).default([]) }),
  reply: z.object({ items: z.array(CalendarDay) }),
  errors: [],
});

/** A place's own day: it beats the house's calendar, which beats the weekday. */
export const PlaceDay = CalendarDay.omit({ delivers: true });

/** Whether parcels leave a place on a day, and what says so. */
export const PlaceCalendar = z.object({
  location: LocationCode,
  version: z.int(),
  days: z.array(PlaceDay.extend({ decidedBy: z.enum(['place', 'house', 'weekday']) })),
});

export const getPlaceCalendar = endpoint({
  method: 'GET',
  path: '/delivery/places/:location/calendar',
  summary: 'Day by day whether parcels leave a place: its own days, then the house, then the weekday; at most 92 days',
  access: { permission: 'delivery.view' },
  params: z.object({ location: LocationCode }),
  query: z.object({ from: Day, to: Day }),
  reply: PlaceCalendar,
  errors: ['location.not_found'],
});

export const savePlaceCalendar = endpoint({
  method: 'PUT',
  path: '/delivery/places/:location/calendar',
  summary: 'Close a place on days, or open it; `asUsual` takes its own days out again. Promises made from now on follow',
  access: { permission: 'delivery.edit' },
  params: z.object({ location: LocationCode }),
  /** `version`: the one that the screen showed. */
  body: z.object({ version: z.int(), days: z.array(PlaceDay).max(400), asUsual: z.array(Day).max(400).default([]) }),
  reply: z.object({ version: z.int() }),
  errors: ['location.not_found', 'calendar.stale'],
});

/** One service for one parcel, and why it was or was not chosen. */
export const ServiceOption = z.object({
  carrier: CarrierCode,
  service: ServiceCode,
  name: z.string(),
  nameEn: z.string(),
  zone: z.string(),
  priceFen: Fen,
  arrivesOn: Day,
  keepsPromise: z.boolean(),
  isChosen: z.boolean(),
});

export const quoteParcel = endpoint({
  method: 'GET',
  path: '/delivery/quotes',
  summary: 'What each service would cost and when it would arrive; the cheapest that keeps the promise is marked',
  access: { permission: 'delivery.view' },
  query: z.object({
    location: LocationCode,
    region: z.string().trim().min(1).max(100),
    grams: z.coerce.number().int().min(1).max(1_000_000),
    storage: Storage.default('ambient'),
    promisedOn: Day.optional(),
  }),
  reply: z.object({ dispatchOn: Day, promisedOn: Day.nullable(), items: z.array(ServiceOption) }),
  errors: ['location.not_found'],
});

export const TrackingEvent = z.object({
  status: z.enum(['handed_over', ...trackingStatuses]),
  at: Instant,
  place: z.string().nullable(),
  note: z.string().nullable(),
});

export const Parcel = z.object({
  id: Id,
  fulfilmentId: Id,
  fulfilmentNumber: z.string(),
  location: LocationCode,
  carrier: CarrierCode,
  service: ServiceCode,
  trackingNumber: z.string(),
  state: ParcelState,
  region: z.string(),
  grams: z.int(),
  priceFen: Fen,
  promisedOn: Day.nullable(),
  bookedAt: Instant,
  handedOverAt: Instant.nullable(),
  deliveredAt: Instant.nullable(),
  /** Not there on the promised day, or came after it. */
  isLate: z.boolean(),
});

export const listParcels = endpoint({
  method: 'GET',
  path: '/delivery/parcels',
  summary: 'Parcels on their way, newest first; `late` shows those behind their promise',
  access: { permission: 'delivery.view' },
  query: z.object({
    state: z.union([ParcelState, z.array(ParcelState)]).optional(),
    carrier: CarrierCode.optional(),
    late: z.enum(['true']).optional(),
    text: z.string().trim().max(64).optional(),
    ...paging,
  }),
  reply: page(Parcel),
  errors: [],
});

export const getParcel = endpoint({
  method: 'GET',
  path: '/delivery/parcels/:parcelId',
  summary: 'One parcel with everything its carrier reported',
  access: { permission: 'delivery.view' },
  params: z.object({ parcelId: Id }),
  reply: Parcel.extend({ events: z.array(TrackingEvent) }),
  errors: ['parcel.not_found'],
});

/** What a carrier posts: JSON text and its HMAC-SHA256 (hex) under the carrier's key. */
export const TrackingReport = z.object({
  events: z
    .array(
      z.object({
        /** The carrier's own number of the event; the same one again has no effect. */
        eventId: z.string().min(1).max(100),
        trackingNumber: z.string().min(1).max(64),
        status: TrackingStatus,
        at: Instant,
        place: z.string().max(100).optional(),
        note: z.string().max(200).optional(),
      }),
    )
    .min(1)
    .max(500),
});

export const receiveTracking = endpoint({
  method: 'POST',
  path: '/delivery/tracking/:carrier',
  summary: "A carrier's signed report; repeated and out of order it has the same effect",
  access: 'public',
  params: z.object({ carrier: CarrierCode }),
  body: z.object({ payload: z.string().min(2).max(400_000), signature: z.string().min(1).max(200) }),
  /** `unknown`: tracking numbers that are not ours. */
  reply: z.object({ taken: z.int(), repeated: z.int(), unknown: z.array(z.string()) }),
  errors: ['carrier.not_found', 'tracking.bad_signature', 'tracking.unreadable'],
});

/** When it would be there, for a page of the shop. `orderBy`: ordered until then, that day holds. */
export const DeliveryPromise = z.object({
  promisedOn: Day.nullable(),
  orderBy: Instant.nullable(),
  /** The region that was assumed or asked, as text. */
  region: z.string(),
});

export const promiseDate = endpoint({
  method: 'GET',
  path: '/shop/delivery-promise',
  summary: 'The day by which a parcel with this SKU would be there',
  access: 'public',
  query: z.object({
    sku: Sku,
    quantity: z.coerce.number().pipe(Quantity).default(1),
    region: z.string().trim().max(100).optional(),
  }),
  reply: DeliveryPromise,
  errors: ['sku.not_found'],
});

export const PickupPlace = z.object({
  location: LocationCode,
  name: z.string(),
  nameEn: z.string(),
  address: z.string(),
  phone: z.string(),
  openingHours: z.string(),
  /** Everything asked for lies there now. */
  isAvailable: z.boolean(),
  /** What is missing there, SKU by SKU. */
  missing: z.array(z.object({ sku: Sku, available: z.int() })),
  readyAt: Instant.nullable(),
  keepDays: z.int(),
});

export const listPickupPlaces = endpoint({
  method: 'GET',
  path: '/shop/pickup-places',
  summary: 'Stores where this SKU could be collected, and from when',
  access: 'public',
  query: z.object({ sku: Sku, quantity: z.coerce.number().pipe(Quantity).default(1) }),
  reply: z.object({ items: z.array(PickupPlace) }),
  errors: ['sku.not_found'],
});
