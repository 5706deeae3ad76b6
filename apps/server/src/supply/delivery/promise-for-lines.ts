import { findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { dayOf } from '../../platform/time.ts';
import { availabilityByPlace, listLocations } from '../inventory/index.ts';
import { loadTerms, type Place, type Terms } from './load-terms.ts';
import { type DatePromise, promiseOne } from './promise-dates.ts';
import { provinceName } from './province.ts';
import type { Storage } from './tariff.ts';
import { gramsOf } from './weight.ts';

export interface WantedLine {
  sku: string;
  quantity: number;
}

export interface LinesPromise {
  promise: DatePromise | undefined;
  /** The region asked for; the first sending place's province when none was. */
  region: string;
}

/** The terms of sending, and the places that send, in the house's order. */
export interface Sending {
  terms: Terms;
  senders: readonly Place[];
}

/** What `promiseLines` goes by today; the same for every parcel. */
export async function loadSending({ tx, now }: Pick<Ctx, 'tx' | 'now'>): Promise<Sending> {
  const terms = await loadTerms(tx, dayOf(now));
  const { items } = await listLocations(tx);
  return { terms, senders: items.flatMap(({ code }) => terms.places.get(code) ?? []).filter((place) => place.ships) };
}

/**
 * The day that a page of the shop may name for these lines: from the first location that has them all; where none has, the latest day of
 * those that together do. Nothing to promise while there is not enough anywhere.
 */
export async function promiseForLines(
  ctx: Ctx,
  { lines, region }: { lines: readonly WantedLine[]; region?: string | undefined },
): Promise<LinesPromise> {
  const sending = await loadSending(ctx);
  const skus = lines.map(({ sku }) => sku);
  const facts = await findSkus(ctx.tx, skus);
  const there = await availabilityByPlace(ctx.tx, { skus, locations: sending.senders.map(({ location }) => location) });
  const units = new Map(there.map(({ sku, location, available }) => [`${location} ${sku}`, available]));
  return promiseLines(sending, {
    lines,
    region,
    facts,
    now: ctx.now,
    unitsAt: (location, sku) => units.get(`${location} ${sku}`) ?? 0,
  });
}

interface KnownLines {
  lines: readonly WantedLine[];
  region?: string | undefined;
  facts: ReadonlyMap<string, { weightGrams: number | null; storage?: Storage }>;
  now: Date;
  unitsAt: (location: string, sku: string) => number;
}

/** The same from what is known already. */
export function promiseLines({ terms, senders }: Sending, { lines, region, facts, now, unitsAt }: KnownLines): LinesPromise {
  const to = region ?? provinceName(senders[0]?.province ?? '');
  const skus = lines.map(({ sku }) => sku);
  const asked = { region: to, grams: gramsOf(lines, facts), storage: coldestOf([...facts.values()]) };
  const units = new Map<string, number>();
  let latest: DatePromise | undefined;
  for (const { location } of senders) {
    const promise = promiseOne(terms, { ...asked, location }, now);
    if (promise === undefined) continue;
    if (lines.every(({ sku, quantity }) => unitsAt(location, sku) >= quantity)) return { promise, region: to };
    if (skus.some((sku) => unitsAt(location, sku) > 0) && (latest === undefined || promise.promisedOn > latest.promisedOn))
      latest = promise;
    for (const sku of skus) units.set(sku, (units.get(sku) ?? 0) + unitsAt(location, sku));
  }
  const isEnough = lines.every(({ sku, quantity }) => (units.get(sku) ?? 0) >= quantity);
  return { promise: isEnough ? latest : undefined, region: to };
}

const colder: readonly Storage[] = ['frozen', 'chilled'];
const coldestOf = (facts: readonly { storage?: Storage }[]): Storage =>
  colder.find((storage) => facts.some((one) => one.storage === storage)) ?? 'ambient';
