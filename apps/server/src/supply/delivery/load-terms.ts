import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import type { Calendar, DayRule, Leaving } from './calendar.ts';
import { type ServiceTerms, type Tariff, zoneKey } from './tariff.ts';

export interface Place extends Leaving {
  location: string;
  province: string;
  ships: boolean;
  offersPickup: boolean;
  pickupReadyMinutes: number;
  pickupKeepDays: number;
  address: string;
  phone: string;
  openingHours: string;
}

export interface Terms {
  tariff: Tariff;
  calendar: Calendar;
  places: ReadonlyMap<string, Place>;
}

interface Row {
  services: ServiceTerms[] | null;
  zones: { carrier: string; origin: string; province: string; zone: string }[] | null;
  places: (Omit<Place, 'ownDays'> & { ownDays: { day: string; dispatches: boolean }[] })[] | null;
  calendar: ({ day: string } & DayRule)[] | null;
}

/** What decides when a parcel leaves, with whom and at what price, read once for as many parcels as there are. */
export async function loadTerms(tx: Tx, from: string): Promise<Terms> {
  const [row] = await run(
    tx,
    sql<Row>`select
      (select json_agg(json_build_object('code', s.code, 'carrier', s.carrier, 'name', s.name, 'nameEn', s.name_en, 'storages', s.storages,
          'maximumGrams', s.maximum_grams, 'prices', coalesce((
            select json_agg(json_build_object('zone', p.zone, 'firstGrams', p.first_grams, 'firstFen', p.first_fen, 'stepGrams', p.step_grams,
              'stepFen', p.step_fen, 'days', p.days) order by p.zone) from delivery.price p where p.service = s.code), '[]')) order by s.code)
        from delivery.service s join delivery.carrier c on c.code = s.carrier where s.is_active and c.is_active) as services,
      (select json_agg(json_build_object('carrier', carrier, 'origin', origin, 'province', province, 'zone', zone)) from delivery.zone) as zones,
      (select json_agg(json_build_object('location', location, 'province', province, 'cutOff', cut_off, 'weekdays', weekdays, 'ships', ships,
          'offersPickup', offers_pickup, 'pickupReadyMinutes', pickup_ready_minutes, 'pickupKeepDays', pickup_keep_days,
          'address', address, 'phone', phone, 'openingHours', opening_hours, 'ownDays', coalesce((
            select json_agg(json_build_object('day', d.day, 'dispatches', d.dispatches)) from delivery.place_day d
            where d.location = place.location and d.day >= ${from}), '[]')))
        from delivery.place) as places,
      (select json_agg(json_build_object('day', day, 'dispatches', dispatches, 'delivers', delivers)) from delivery.calendar
        where day >= ${from}) as calendar`,
  );
  return {
    tariff: {
      services: row?.services ?? [],
      zones: new Map((row?.zones ?? []).map(({ carrier, origin, province, zone }) => [zoneKey(carrier, origin, province), zone])),
    },
    calendar: new Map((row?.calendar ?? []).map(({ day, dispatches, delivers }) => [day, { dispatches, delivers }])),
    places: new Map((row?.places ?? []).map(({ ownDays, ...place }) => [place.location, { ...place, ownDays: daysOf(ownDays) }])),
  };
}

const daysOf = (days: readonly { day: string; dispatches: boolean }[]) =>
  new Map(days.map(({ day, dispatches }) => [day, dispatches]));
