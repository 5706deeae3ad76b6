import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

const parcel = { parcelId: z.uuid(), fulfilmentId: z.uuid(), carrier: z.string(), trackingNumber: z.string() };

/** The carrier reported it at the door. `at` is the carrier's instant. */
export const parcelDelivered = eventType('delivery.parcel_delivered', z.object({ ...parcel, at: z.iso.datetime() }));
/** Not there on the promised day; told once a parcel. */
export const parcelLate = eventType('delivery.parcel_late', z.object({ ...parcel, promisedOn: z.iso.date() }));
/** The carrier brings it back: nobody took it. */
export const parcelReturned = eventType('delivery.parcel_returned', z.object({ ...parcel, at: z.iso.datetime() }));
/** Somebody closed a place on days, opened it, or left days to the weekday again. */
export const placeDaysChanged = eventType(
  'delivery.place_days_changed',
  z.object({
    location: z.string(),
    days: z.array(z.object({ day: z.iso.date(), dispatches: z.boolean() })),
    asUsual: z.array(z.iso.date()),
  }),
);
