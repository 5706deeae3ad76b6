import type { insight as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { sizeReturns } from '../../sell/returns/index.ts';
import type { Analytics } from '../stream/index.ts';
import { counted, lostToMissing, lostToWeakness, type Share } from './estimate.ts';
import { type Interest, interestInProducts } from './products.ts';
import { wishesBetween } from './queries.ts';
import { type Days, foundSearches, missedSearches } from './searches.ts';

type Item = contract.DemandItem;
type Look = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;

interface Asked extends Days {
  kind?: contract.DemandKind | undefined;
  peopleMin: number;
  limit: number;
}

type Demand = Omit<z.input<typeof contract.listDemand.reply>, 'asOf'>;

/** What people wanted and did not get, the largest probable loss first; what is too seldom to estimate comes last, by people. */
export async function listDemand(
  { analytics, look }: { analytics: Analytics; look: Look },
  { kind, peopleMin, limit, from, to }: Asked,
): Promise<Demand> {
  const days = { from, to };
  const [{ found, orderFen }, missed, interest, wishes, sizes] = await Promise.all([
    foundSearches(analytics, days),
    missedSearches(analytics, { ...days, peopleMin }),
    interestInProducts(analytics, days),
    look(({ tx }) => wishesBetween(tx, days)),
    look(({ tx }) => sizeReturns(tx, days)),
  ]);
  const all = sumOf(interest);
  const ofWords = (words: { text: string; people: number; times: number }, of: contract.DemandKind, bought: number | null): Item => ({
    kind: of, key: words.text, name: null, people: words.people, times: words.times, bought, unitFen: null,
    lost: lostToMissing(words.people - (bought ?? 0), found, orderFen),
  }); // prettier-ignore
  const named = await namesOf(look, interest);
  const items = [
    ...missed.map((search) => ofWords(search, 'no_result_search', search.bought)),
    ...wishes.map((wish) => ofWords(wish, 'asked_for', null)),
    ...weakItems(interest, named, peopleMin),
    ...sizes.map(({ productId, name, returns, units, amountFen }): Item => ({
      kind: 'size_complaint', key: productId, name: named.get(productId) ?? { zh: name, en: name }, people: returns, times: units, bought: null,
      unitFen: Math.round(amountFen / Math.max(1, units)), lost: counted(amountFen),
    })), // prettier-ignore
  ];
  const wanted = items.filter((item) => kind === undefined || item.kind === kind).toSorted(byLoss);
  return {
    period: days,
    items: wanted.slice(0, limit),
    isCut: wanted.length > limit,
    totals: totalsOf(items),
    basis: {
      searchers: found.whole, searchersBought: found.part, orderFen,
      viewers: all.viewers.whole, viewersBought: all.viewers.part, adders: all.adders.whole, addersBought: all.adders.part,
    }, // prettier-ignore
    zone: 'Asia/Shanghai',
  };
}

/** Products that sell worse to those who look, or to those who took them into a cart, than the others of their category do. */
function weakItems(interest: readonly Interest[], named: ReadonlyMap<string, Item['name']>, peopleMin: number): Item[] {
  const ofCategory = new Map([...Map.groupBy(interest, ({ category }) => category)].map(([code, some]) => [code, sumOf(some)]));
  const all = sumOf(interest);
  return interest.flatMap((one): Item[] => {
    const peers = ofCategory.get(one.category) ?? all;
    const about = { key: one.product, name: named.get(one.product) ?? null, unitFen: one.unitFen };
    const viewed = { part: one.viewersBought, whole: one.viewers };
    const added = { part: one.addersBought, whole: one.adders };
    return [
      { kind: 'viewed_not_bought' as const, people: one.viewers, times: one.views, bought: one.viewersBought, own: viewed, peers: without(peers.viewers, viewed, all.viewers) },
      { kind: 'abandoned_cart' as const, people: one.adders, times: one.adds, bought: one.addersBought, own: added, peers: without(peers.adders, added, all.adders) },
    ]
      .filter(({ people }) => people >= peopleMin)
      .map(({ own, peers: others, ...item }) => ({ ...about, ...item, lost: lostToWeakness(own, others, one.unitFen) }))
      .filter(({ lost, people, bought }) => (lost === null ? people > bought : lost.fen > 0));
  }); // prettier-ignore
}

/** A product is held against the others of its category; a category that has too few people, against all others. */
const peersMin = 100;
function without(peers: Share, own: Share, all: Share): Share {
  const others = { part: peers.part - own.part, whole: peers.whole - own.whole };
  return others.whole >= peersMin ? others : { part: all.part - own.part, whole: all.whole - own.whole };
}

const sumOf = (interest: readonly Interest[]): { viewers: Share; adders: Share } => ({
  viewers: { part: total(interest, 'viewersBought'), whole: total(interest, 'viewers') },
  adders: { part: total(interest, 'addersBought'), whole: total(interest, 'adders') },
});
const total = (interest: readonly Interest[], name: 'viewers' | 'viewersBought' | 'adders' | 'addersBought'): number =>
  interest.reduce((sum, one) => sum + one[name], 0);

async function namesOf(look: Look, interest: readonly Interest[]): Promise<Map<string, Item['name']>> {
  const facts = await look(({ tx }) => findSkus(tx, interest.map(({ sku }) => sku))); // prettier-ignore
  return new Map(
    interest.flatMap(({ product, sku }) => {
      const fact = facts.get(sku);
      return fact === undefined ? [] : [[product, { zh: fact.name, en: fact.nameEn || fact.name }] as const];
    }),
  );
}

const byLoss = (a: Item, b: Item): number =>
  (b.lost?.fen ?? -1) - (a.lost?.fen ?? -1) || b.people - a.people || (a.key < b.key ? -1 : 1);

const totalsOf = (items: readonly Item[]): Demand['totals'] =>
  [...Map.groupBy(items, ({ kind }) => kind)].map(([kind, some]) => ({
    kind,
    items: some.length,
    people: some.reduce((sum, { people }) => sum + people, 0),
    lostFen: some.reduce((sum, { lost }) => sum + (lost?.fen ?? 0), 0),
  }));
