import type { delivery as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { addDays, dayOf, daysBetween } from '../../platform/time.ts';
import { listLocations } from '../inventory/index.ts';
import { dispatchDay, leavesOn } from './calendar.ts';
import { loadTerms } from './load-terms.ts';
import { provinceOf } from './province.ts';
import { delivery } from './tables.ts';
import { chooseOption, optionsFor } from './tariff.ts';

type Reply<E extends { reply: z.ZodType }> = z.input<E['reply']>;
type Query<E extends { query: z.ZodType }> = z.output<E['query']>;

/** Carriers with their services, zones and price tables, also those that are not used now. */
export async function listCarriers(tx: Tx): Promise<Reply<typeof contract.listCarriers>> {
  const items = await run(
    tx,
    sql<
      Reply<typeof contract.listCarriers>['items'][number]
    >`select c.code, c.name, c.name_en as "nameEn", c.phone, c.is_active as "isActive",
      coalesce((select json_agg(json_build_object('code', s.code, 'carrier', s.carrier, 'name', s.name, 'nameEn', s.name_en, 'storages', s.storages,
        'maximumGrams', s.maximum_grams, 'isActive', s.is_active, 'prices', coalesce((
          select json_agg(json_build_object('zone', p.zone, 'firstGrams', p.first_grams, 'firstFen', p.first_fen, 'stepGrams', p.step_grams,
            'stepFen', p.step_fen, 'days', p.days) order by p.days, p.zone) from delivery.price p where p.service = s.code), '[]')) order by s.code)
        from delivery.service s where s.carrier = c.code), '[]') as services,
      coalesce((select json_agg(json_build_object('origin', z.origin, 'province', z.province, 'zone', z.zone) order by z.origin, z.province)
        from delivery.zone z where z.carrier = c.code), '[]') as zones
      from delivery.carrier c order by c.code`,
  );
  return { items };
}

export async function getCarrier(tx: Tx, code: string) {
  return (
    (await listCarriers(tx)).items.find((carrier) => carrier.code === code) ?? refuse('carrier.not_found', { carrier: code })
  );
}

export async function getService(tx: Tx, code: string) {
  const services = (await listCarriers(tx)).items.flatMap((carrier) => carrier.services);
  return services.find((service) => service.code === code) ?? refuse('service.not_found', { service: code });
}

export async function listPlaces(tx: Tx): Promise<Reply<typeof contract.listPlaces>> {
  const { items } = await listLocations(tx);
  const names = new Map(items.map((location) => [location.code, location]));
  const rows = await delivery(tx)
    .selectFrom('place')
    .select([
      'location',
      'province',
      'address',
      'phone',
      'cut_off as cutOff',
      'weekdays',
      'ships',
      'offers_pickup as offersPickup',
      'pickup_ready_minutes as pickupReadyMinutes',
      'pickup_keep_days as pickupKeepDays',
      'opening_hours as openingHours',
    ])
    .orderBy('location')
    .execute();
  return {
    items: rows.map((row) => ({
      ...row,
      name: names.get(row.location)?.name ?? '',
      nameEn: names.get(row.location)?.nameEn ?? '',
    })),
  };
}

export async function getPlace(tx: Tx, location: string) {
  const { items } = await listPlaces(tx);
  return items.find((place) => place.location === location) ?? refuse('location.not_found', { location });
}

export async function listCalendar(tx: Tx, { from, to }: Query<typeof contract.listCalendar>) {
  let query = delivery(tx).selectFrom('calendar').select(['day', 'dispatches', 'delivers', 'name', 'name_en as nameEn']);
  if (from !== undefined) query = query.where('day', '>=', from);
  if (to !== undefined) query = query.where('day', '<=', to);
  return { items: await query.orderBy('day').execute() };
}

const calendarDaysMax = 92;

/** Day by day whether parcels leave a place, and what says so: the same rule as the promise. Refuses `location.not_found`. */
export async function getPlaceCalendar(
  tx: Tx,
  { location, from, to }: { location: string } & Query<typeof contract.getPlaceCalendar>,
): Promise<Reply<typeof contract.getPlaceCalendar>> {
  const terms = await loadTerms(tx, from);
  const place = terms.places.get(location) ?? refuse('location.not_found', { location });
  const own = await delivery(tx)
    .selectFrom('place')
    .leftJoin('place_day', 'place_day.location', 'place.location')
    .select(['days_version as version', 'day', 'name', 'name_en as nameEn'])
    .where('place.location', '=', location)
    .execute();
  const house = new Map((await listCalendar(tx, { from, to })).items.map((day) => [day.day, day]));
  const names = { place: new Map(own.map((one) => [one.day ?? '', one])), house, weekday: new Map<string, undefined>() };
  const count = Math.min(calendarDaysMax, Math.max(0, daysBetween(from, to) + 1));
  const days = Array.from({ length: count }, (_, ahead) => addDays(from, ahead)).map((day) => {
    const { dispatches, decidedBy } = leavesOn(terms.calendar, place, day);
    const named = names[decidedBy].get(day);
    return { day, dispatches, decidedBy, name: named?.name ?? '', nameEn: named?.nameEn ?? '' };
  });
  return { location, version: own[0]?.version ?? 0, days };
}

/** What each service would cost for a parcel released now, and which one would get it. Refuses `location.not_found`. */
export async function quoteParcel(
  ctx: Ctx,
  { location, region, grams, storage, promisedOn }: Query<typeof contract.quoteParcel>,
): Promise<Reply<typeof contract.quoteParcel>> {
  const terms = await loadTerms(ctx.tx, dayOf(ctx.now));
  const place = terms.places.get(location) ?? refuse('location.not_found', { location });
  const dispatchedOn = dispatchDay(terms.calendar, place, ctx.now);
  const asked = { origin: place.province, province: provinceOf(region), storage, grams, dispatchedOn };
  const options = optionsFor(terms.tariff, terms.calendar, asked);
  const chosen = chooseOption(options, promisedOn);
  const promised = promisedOn ?? chosen?.arrivesOn;
  return {
    dispatchOn: dispatchedOn,
    promisedOn: promised ?? null,
    items: options.map((option) => ({
      ...option,
      keepsPromise: promised !== undefined && option.arrivesOn <= promised,
      isChosen: option === chosen,
    })),
  };
}

type ParcelRow = Reply<typeof contract.listParcels>['items'][number] & { cursor: string };

const parcelColumns = (
  today: string,
) => sql`id, fulfilment_id as "fulfilmentId", fulfilment_number as "fulfilmentNumber", location, carrier, service,
  tracking_number as "trackingNumber", state, region, grams, price_fen as "priceFen", promised_on as "promisedOn",
  to_json(booked_at)#>>'{}' as "bookedAt", to_json(handed_over_at)#>>'{}' as "handedOverAt", to_json(delivered_at)#>>'{}' as "deliveredAt",
  coalesce(promised_on < coalesce((delivered_at at time zone 'Asia/Shanghai')::date, ${today}::date), false)
    and state not in ('voided', 'booked') as "isLate"`;

/** Parcels, newest first; a clerk sees those of the own store. */
export async function listParcels(
  ctx: Ctx,
  { state, carrier, late, text, after, limit }: Query<typeof contract.listParcels>,
): Promise<Reply<typeof contract.listParcels>> {
  const today = dayOf(ctx.now);
  const [at, id] = after?.split('\n') ?? [];
  const where = [
    sql`true`,
    ...(state === undefined ? [] : [sql`state = any(${[state].flat()}::text[])`]),
    ...(carrier === undefined ? [] : [sql`carrier = ${carrier}`]),
    ...(late === undefined
      ? []
      : [sql`state in ('handed_over', 'in_transit', 'out_for_delivery', 'failed') and promised_on < ${today}`]),
    ...(text === undefined ? [] : [sql`(tracking_number = ${text} or fulfilment_number = ${text})`]),
    ...(at === undefined || id === undefined ? [] : [sql`(booked_at, id) < (${at}::timestamptz, ${id}::uuid)`]),
    ...scopeOf(ctx),
  ];
  const rows = await run(
    ctx.tx,
    sql<ParcelRow>`select ${parcelColumns(today)}, booked_at::text || chr(10) || id as cursor from delivery.parcel
      where ${sql.join(where, sql` and `)} order by booked_at desc, id desc limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.cursor ?? null) : null };
}

const scopeOf = ({ actor }: Ctx) =>
  actor.kind === 'staff' && actor.location !== undefined ? [sql`location = ${actor.location}`] : [];

/** One parcel with what its carrier reported, oldest first. Refuses `parcel.not_found`. */
export async function getParcel(ctx: Ctx, parcelId: string): Promise<Reply<typeof contract.getParcel>> {
  const where = [sql`id = ${parcelId}`, ...scopeOf(ctx)];
  const [parcel] = await run(
    ctx.tx,
    sql<ParcelRow>`select ${parcelColumns(dayOf(ctx.now))} from delivery.parcel where ${sql.join(where, sql` and `)}`,
  );
  if (parcel === undefined) return refuse('parcel.not_found', { parcelId });
  return { ...parcel, events: (await trackingOf(ctx.tx, [parcelId])).get(parcelId)?.events ?? [] };
}

type TrackingEvent = z.input<typeof contract.TrackingEvent>;
export interface ParcelTracking {
  parcelId: string;
  state: (typeof contract.parcelStates)[number];
  trackingNumber: string;
  carrierName: string;
  carrierNameEn: string;
  carrierPhone: string;
  events: TrackingEvent[];
}

/** Where parcels stand and what their carriers reported, oldest first; unknown ids are absent. */
export async function trackingOf(tx: Tx, parcelIds: readonly string[]): Promise<Map<string, ParcelTracking>> {
  if (parcelIds.length === 0) return new Map();
  const rows = await run(
    tx,
    sql<ParcelTracking>`select p.id as "parcelId", p.state, p.tracking_number as "trackingNumber", c.name as "carrierName",
        c.name_en as "carrierNameEn", c.phone as "carrierPhone",
        coalesce((select json_agg(json_build_object('status', e.status, 'at', e.at, 'place', e.place, 'note', e.note) order by e.at, e.event_id)
          from delivery.tracking_event e where e.parcel_id = p.id), '[]') as events
      from delivery.parcel p join delivery.carrier c on c.code = p.carrier
      where p.id in (select jsonb_array_elements_text(${json(parcelIds)})::uuid)`,
  );
  return new Map(rows.map((row) => [row.parcelId, row]));
}
