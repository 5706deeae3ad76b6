import type { delivery as contract } from '@tongshang/contract';
import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { Storage } from './tariff.ts';

type ParcelState = (typeof contract.parcelStates)[number];

interface CarrierTable {
  code: string;
  name: string;
  name_en: Generated<string>;
  phone: Generated<string>;
  is_active: Generated<boolean>;
}

interface ZoneTable {
  carrier: string;
  origin: string;
  province: string;
  zone: string;
}

interface ServiceTable {
  code: string;
  carrier: string;
  name: string;
  name_en: Generated<string>;
  storages: Storage[];
  maximum_grams: number;
  is_active: Generated<boolean>;
}

interface PriceTable {
  service: string;
  zone: string;
  first_grams: number;
  first_fen: number;
  step_grams: number;
  step_fen: number;
  days: number;
}

interface PlaceTable {
  location: string;
  province: string;
  address: Generated<string>;
  phone: Generated<string>;
  cut_off: Generated<string>;
  weekdays: Generated<number[]>;
  ships: Generated<boolean>;
  offers_pickup: Generated<boolean>;
  pickup_ready_minutes: Generated<number>;
  pickup_keep_days: Generated<number>;
  opening_hours: Generated<string>;
  days_version: Generated<number>;
}

interface PlaceDayTable {
  location: string;
  day: string;
  dispatches: boolean;
  name: Generated<string>;
  name_en: Generated<string>;
}

interface CalendarTable {
  day: string;
  dispatches: boolean;
  delivers: boolean;
  name: Generated<string>;
  name_en: Generated<string>;
}

interface ParcelTable {
  id: Generated<string>;
  fulfilment_id: string;
  fulfilment_number: string;
  location: string;
  carrier: string;
  service: string;
  tracking_number: string;
  state: ParcelState;
  region: string;
  grams: number;
  price_fen: number;
  promised_on: string | null;
  booked_at: Date;
  handed_over_at: Date | null;
  delivered_at: Date | null;
  late_at: Date | null;
  reported_at: Date | null;
}

interface TrackingEventTable {
  carrier: string;
  event_id: string;
  parcel_id: string;
  status: string;
  at: Date;
  place: string | null;
  note: string | null;
  received_at: Date;
}

interface Tables {
  carrier: CarrierTable;
  zone: ZoneTable;
  service: ServiceTable;
  price: PriceTable;
  place: PlaceTable;
  place_day: PlaceDayTable;
  calendar: CalendarTable;
  parcel: ParcelTable;
  tracking_event: TrackingEventTable;
}

export const delivery = (tx: Tx) => openSchema<Tables>(tx, 'delivery');
