import type { Ctx } from '../../platform/ctx.ts';
import { dayOf } from '../../platform/time.ts';
import { dispatchBy, dispatchDay, instantOf } from './calendar.ts';
import { loadTerms, type Terms } from './load-terms.ts';
import { provinceOf } from './province.ts';
import { chooseOption, optionsFor, type Storage } from './tariff.ts';

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
  const place = terms.places.get(asked.location);
  if (place === undefined || !place.ships) return undefined;
  const readyAt = asked.readyAt ?? now;
  const dispatchedOn = dispatchDay(terms.calendar, place, readyAt);
  const options = optionsFor(terms.tariff, terms.calendar, {
    origin: place.province,
    province: provinceOf(asked.region),
    storage: asked.storage ?? 'ambient',
    grams: Math.max(1, asked.grams),
    dispatchedOn,
  });
  const chosen = chooseOption(options, asked.promisedOn);
  if (chosen === undefined) return undefined;
  return {
    promisedOn: asked.promisedOn ?? chosen.arrivesOn,
    dispatchBy: dispatchBy(place, dispatchedOn),
    orderBy: instantOf(dispatchedOn, place.cutOff),
    carrier: chosen.carrier,
    service: chosen.service,
    priceFen: chosen.priceFen,
  };
}
