import { findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { dayOf } from '../../platform/time.ts';
import { availabilityOf, listLocations } from '../inventory/index.ts';
import { loadTerms, type Terms } from './load-terms.ts';
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

/**
 * The day that a page of the shop may name for these lines: from the first location that has them all; where none has, the latest day of
 * those that together do. Nothing to promise while there is not enough anywhere.
 */
export async function promiseForLines(
  ctx: Ctx,
  { lines, region }: { lines: readonly WantedLine[]; region?: string | undefined },
): Promise<LinesPromise> {
  const terms = await loadTerms(ctx.tx, dayOf(ctx.now));
  const senders = (await placesInOrder(ctx, terms)).filter((place) => place.ships);
  const to = region ?? provinceName(senders[0]?.province ?? '');
  const skus = lines.map(({ sku }) => sku);
  const facts = await findSkus(ctx.tx, skus);
  const asked = { region: to, grams: gramsOf(lines, facts), storage: coldestOf([...facts.values()]) };

  const units = new Map<string, number>();
  let latest: DatePromise | undefined;
  for (const { location } of senders) {
    const here = await availabilityOf(ctx.tx, { skus, locations: [location] });
    const promise = promiseOne(terms, { ...asked, location }, ctx.now);
    if (promise === undefined) continue;
    if (lines.every(({ sku, quantity }) => (here.get(sku) ?? 0) >= quantity)) return { promise, region: to };
    if (skus.some((sku) => (here.get(sku) ?? 0) > 0) && (latest === undefined || promise.promisedOn > latest.promisedOn))
      latest = promise;
    for (const sku of skus) units.set(sku, (units.get(sku) ?? 0) + (here.get(sku) ?? 0));
  }
  const isEnough = lines.every(({ sku, quantity }) => (units.get(sku) ?? 0) >= quantity);
  return { promise: isEnough ? latest : undefined, region: to };
}

async function placesInOrder(ctx: Ctx, terms: Terms) {
  const { items } = await listLocations(ctx.tx);
  return items.flatMap(({ code }) => terms.places.get(code) ?? []);
}

const colder: readonly Storage[] = ['frozen', 'chilled'];
const coldestOf = (facts: readonly { storage?: Storage }[]): Storage =>
  colder.find((storage) => facts.some((one) => one.storage === storage)) ?? 'ambient';
