// What a parcel costs with whom, and which service gets it. Pure: equal input gives an equal answer.
import type { delivery as contract } from '@tongshang/contract';
import { arrivalDay, type Calendar } from './calendar.ts';

export type Storage = (typeof contract.storages)[number];

export interface PriceRow {
  zone: string;
  firstGrams: number;
  firstFen: number;
  stepGrams: number;
  stepFen: number;
  /** Days on which carriers deliver, from dispatch to the door. */
  days: number;
}

export interface ServiceTerms {
  code: string;
  carrier: string;
  name: string;
  nameEn: string;
  storages: readonly Storage[];
  maximumGrams: number;
  prices: readonly PriceRow[];
}

/** Services that may be used, and the zones their carriers count provinces to: `carrier origin province` → zone. */
export interface Tariff {
  services: readonly ServiceTerms[];
  zones: ReadonlyMap<string, string>;
}

export interface Asked {
  /** Province of dispatch and, when the address names one, of the door; six-digit codes. */
  origin: string;
  province: string | undefined;
  storage: Storage;
  grams: number;
  dispatchedOn: string;
}

export interface Option {
  carrier: string;
  service: string;
  name: string;
  nameEn: string;
  zone: string;
  priceFen: number;
  arrivesOn: string;
}

export const zoneKey = (carrier: string, origin: string, province: string): string => `${carrier} ${origin} ${province}`;

/** The first weight, then every step begun, fen. Never less for more grams. */
export const priceOf = (row: PriceRow, grams: number): number =>
  row.firstFen + Math.max(0, Math.ceil((grams - row.firstGrams) / row.stepGrams)) * row.stepFen;

/**
 * Every service that carries such a parcel there, cheapest first; of the same price the earlier, then by code. A region that names no
 * province is priced as the dearest zone: the parcel goes, and costs no more than was thought.
 */
export function optionsFor({ services, zones }: Tariff, calendar: Calendar, asked: Asked): Option[] {
  const options = services
    .filter(({ storages, maximumGrams }) => storages.includes(asked.storage) && asked.grams <= maximumGrams)
    .flatMap((service) => {
      const row = rowFor(service, zones, asked);
      if (row === undefined) return [];
      const { code, carrier, name, nameEn } = service;
      const arrivesOn = arrivalDay(calendar, asked.dispatchedOn, row.days);
      return [{ carrier, service: code, name, nameEn, zone: row.zone, priceFen: priceOf(row, asked.grams), arrivesOn }];
    });
  return options.toSorted(cheapestFirst);
}

function rowFor({ carrier, prices }: ServiceTerms, zones: Tariff['zones'], { origin, province, grams }: Asked) {
  if (province === undefined)
    return prices.toSorted((a, b) => priceOf(b, grams) - priceOf(a, grams) || b.days - a.days || (a.zone < b.zone ? -1 : 1))[0];
  const zone = zones.get(zoneKey(carrier, origin, province));
  return prices.find((row) => row.zone === zone);
}

const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
const cheapestFirst = (a: Option, b: Option): number =>
  a.priceFen - b.priceFen || order(a.arrivesOn, b.arrivesOn) || order(a.service, b.service);
const earliestFirst = (a: Option, b: Option): number => order(a.arrivesOn, b.arrivesOn) || cheapestFirst(a, b);

/**
 * The cheapest service that keeps the promise; where none can any more, the one that is there first. Without a promise the cheapest,
 * whose day becomes the promise.
 */
export function chooseOption(options: readonly Option[], promisedOn: string | undefined): Option | undefined {
  const kept = promisedOn === undefined ? options : options.filter(({ arrivesOn }) => arrivesOn <= promisedOn);
  return kept.toSorted(cheapestFirst)[0] ?? options.toSorted(earliestFirst)[0];
}
