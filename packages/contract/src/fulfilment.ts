// What the floor works on, as everybody sees it: fulfilments with their states and moves, pick lists, manifests.
import * as z from 'zod';
import { CarrierCode, ParcelState, ServiceCode, Storage, TrackingEvent } from './delivery.ts';
import { ChannelCode, Day, Id, Instant, LocationCode, Sku } from './values.ts';

export const fulfilmentKinds = ['delivery', 'pickup', 'till'] as const;
export const fulfilmentStates = [
  'open',
  'picking',
  'picked',
  'packed',
  'handed_over',
  'delivered',
  'collected',
  'rejected',
  'cancelled',
  'lapsed',
] as const;
export const FulfilmentKind = z.enum(fulfilmentKinds);
export const FulfilmentState = z.enum(fulfilmentStates);

/** The whole life of a fulfilment. `packed` of a pick-up means: ready for its buyer. A move that is not in this table does not exist. */
export const fulfilmentMoves: Readonly<Record<z.output<typeof FulfilmentState>, readonly z.output<typeof FulfilmentState>[]>> = {
  open: ['picking', 'handed_over', 'collected', 'rejected', 'cancelled'],
  picking: ['open', 'picked', 'handed_over', 'rejected', 'cancelled'],
  picked: ['packed', 'handed_over', 'cancelled'],
  packed: ['picked', 'handed_over', 'collected', 'cancelled', 'lapsed'],
  handed_over: ['delivered'],
  delivered: [],
  collected: [],
  rejected: [],
  cancelled: [],
  lapsed: [],
};

/** Why a location cannot send: not found → a count is asked; damaged → the units become unavailable; no staff → nothing of the stock changes. */
export const rejectReasons = ['not_found', 'damaged', 'no_staff'] as const;
export const RejectReason = z.enum(rejectReasons);

export const FulfilmentLine = z.object({
  orderId: Id,
  orderNumber: z.string(),
  lineNo: z.int(),
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  bin: z.string().nullable(),
  /** Units to send; units in the picker's hands; units in the parcel. */
  quantity: z.int(),
  picked: z.int(),
  packed: z.int(),
  lots: z.array(z.string()),
  isLotTracked: z.boolean(),
  isSerialised: z.boolean(),
});

const head = {
  id: Id,
  number: z.string(),
  location: LocationCode,
  kind: FulfilmentKind,
  state: FulfilmentState,
  channel: ChannelCode,
  storage: Storage,
  /** Numbers of the orders it serves. */
  orders: z.array(z.object({ orderId: Id, number: z.string() })),
  /** Family name only. */
  recipientName: z.string(),
  region: z.string(),
  units: z.int(),
  carrier: CarrierCode.nullable(),
  service: ServiceCode.nullable(),
  trackingNumber: z.string().nullable(),
  /** By when it has to leave, and to be there. */
  dispatchBy: Instant.nullable(),
  promisedOn: Day.nullable(),
  /** Still here after it should have left, or not there on the promised day. */
  isLate: z.boolean(),
  pickListId: Id.nullable(),
  createdAt: Instant,
  changedAt: Instant,
};
export const FulfilmentSummary = z.object(head);

export const Fulfilment = z.object({
  ...head,
  /** Masked but for who works on it. */
  recipient: z.object({ name: z.string(), phone: z.string(), region: z.string(), address: z.string() }),
  grams: z.int(),
  /** A pick-up waits until then. */
  keepUntil: Day.nullable(),
  rejectReason: RejectReason.nullable(),
  lines: z.array(FulfilmentLine),
  parcel: z.object({ parcelId: Id, state: ParcelState, trackingNumber: z.string(), events: z.array(TrackingEvent) }).nullable(),
  history: z.array(z.object({ state: FulfilmentState, what: z.string(), at: Instant, actor: z.string() })),
  moves: z.array(FulfilmentState),
  version: z.int(),
});

/** Units of one SKU to take from one bin, for which fulfilments. */
export const PickStop = z.object({
  bin: z.string().nullable(),
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  barcode: z.string().nullable(),
  quantity: z.int(),
  lots: z.array(z.object({ lot: z.string(), quantity: z.int() })),
  fulfilments: z.array(z.object({ number: z.string(), quantity: z.int() })),
});
export const PickList = z.object({
  id: Id,
  number: z.string(),
  location: LocationCode,
  state: z.enum(['open', 'done', 'abandoned']),
  picker: z.string(),
  startedAt: Instant,
  doneAt: Instant.nullable(),
  fulfilments: z.array(z.object({ fulfilmentId: Id, number: z.string(), state: FulfilmentState, units: z.int() })),
  /** In walking order: by bin, then SKU. */
  stops: z.array(PickStop),
});

export const Manifest = z.object({
  id: Id,
  number: z.string(),
  location: LocationCode,
  carrier: CarrierCode,
  handedOverAt: Instant,
  handedOverBy: z.string(),
  parcels: z.array(
    z.object({ fulfilmentId: Id, number: z.string(), trackingNumber: z.string(), region: z.string(), grams: z.int() }),
  ),
});
