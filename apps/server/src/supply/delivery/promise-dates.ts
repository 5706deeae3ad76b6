import type { Ctx } from '../../platform/ctx.ts';
import { dayOf } from '../../platform/time.ts';
import { dispatchBy, dispatchDay, instantOf } from './calendar.ts';
import { loadTerms, type Terms } from './load-terms.ts';
import { provinceOf } from './province.ts';
import { chooseOption, type Option, optionsFor, type Storage } from './tariff.ts';
import { refuse } from '../../platform/fail.ts';

export interface AskedPromise {
  location: string;
  /** Where it goes, 省 市 区. */
  region: string;
  grams: number;
  storage?: Storage | undefined;
  /** A day that was promised already: the cheapest service that keeps it is sought. */
  promisedOn?: string | undefined;
  /** When work on it may begin; now, when absent. */
  readyAt?: Date | undefined;
}

export interface DatePromise {
  promisedOn: string;
  /** By when it has to be in the carrier's hands. */
  dispatchBy: Date;
  /** Released until then, the day holds. */
  orderBy: Date;
  carrier: string;
  service: string;
  priceFen: number;
}

/**
 * By when each parcel would be there, with whom and at what price, many with one look; undefined where nothing leaves the location or
 * nobody carries it. The promise is the cheapest service's day; a day promised before is kept by the cheapest service that still can.
 */
export async function promiseDates(ctx: Ctx, parcels: readonly AskedPromise[]): Promise<(DatePromise | undefined)[]> {
  if (parcels.length === 0) return [];
  const terms = await loadTerms(ctx.tx, dayOf(ctx.now));
  return parcels.map((parcel) => promiseOne(terms, parcel, ctx.now));
}

/** The same for one parcel, on terms that were read before. */
export function promiseOne(terms: Terms, asked: AskedPromise, now: Date): DatePromise | undefined {
  const found = optionsOf(terms, asked, now);
  const chosen = chooseOption(found?.options ?? [], asked.promisedOn);
  if (found === undefined || chosen === undefined) return undefined;
  const { place, dispatchedOn } = found;
  return {
    promisedOn: asked.promisedOn ?? chosen.arrivesOn,
    dispatchBy: dispatchBy(place, dispatchedOn),
    orderBy: instantOf(dispatchedOn, place.cutOff),
    carrier: chosen.carrier,
    service: chosen.service,
    priceFen: chosen.priceFen,
  };
}

/**
 * The service a parcel gets that is ready now: the one named, or the cheapest that keeps its promise. Refuses `service.not_found`, and
 * `service.not_available` when that one, or none, carries it there.
 */
export async function serviceFor(ctx: Ctx, asked: AskedPromise, service: string | undefined): Promise<Option> {
  const terms = await loadTerms(ctx.tx, dayOf(ctx.now));
  const options = optionsOf(terms, asked, ctx.now)?.options ?? [];
  if (service !== undefined && !terms.tariff.services.some(({ code }) => code === service))
    refuse('service.not_found', { service });
  const chosen = service === undefined ? chooseOption(options, asked.promisedOn) : options.find((one) => one.service === service);
  const { location, region, grams, storage } = asked;
  return chosen ?? refuse('service.not_available', { location, region, grams, storage, service });
}

function optionsOf({ places, calendar, tariff }: Terms, asked: AskedPromise, now: Date) {
  const place = places.get(asked.location);
  if (place === undefined || !place.ships) return undefined;
  const dispatchedOn = dispatchDay(calendar, place, asked.readyAt ?? now);
  const options = optionsFor(tariff, calendar, {
    origin: place.province,
    province: provinceOf(asked.region),
    storage: asked.storage ?? 'ambient',
    grams: Math.max(1, asked.grams),
    dispatchedOn,
  });
  return { place, dispatchedOn, options };
}
