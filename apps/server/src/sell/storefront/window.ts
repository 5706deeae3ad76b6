import { storefront as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import { findProductsBySlug, matchProducts, type PublicProduct } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { run, type Tx } from '../../platform/db.ts';
import { availabilityByPlace, listLocations } from '../../supply/inventory/index.ts';
import type { EffectivePrice } from '../pricing/index.ts';
import type { CardFacts, Display, Moment } from './card.ts';
import { makeFollower, type Shelves } from './follow-cards.ts';
import { makeGather } from './gather.ts';
import { makeKeep } from './keep.ts';
import { createMemo } from './memo.ts';
import { momentOf } from './moment.ts';

type InTx = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;

/** What a page of the shop may look at. */
export interface Window {
  /** Lists and their order, at most a second old. */
  shelves: () => Promise<Shelves>;
  /** Cards of these positions of the shelf, in their order; one that has gone is left out. */
  cards: (shelves: Shelves, positions: readonly number[]) => Promise<CardFacts[]>;
  /** Prices and stock, at most a second old. */
  moment: (skus: readonly string[]) => Promise<Moment>;
  product: (slug: string) => Promise<PublicProduct | undefined>;
  /** Stores in their order, each with the units it can sell now. */
  stores: (skus: readonly string[]) => Promise<Store[]>;
  /** What a typed text means, at most half a minute old. */
  matches: (text: string) => Promise<Matched>;
}

export interface Store {
  code: string;
  name: string;
  nameEn: string;
  stock: ReadonlyMap<string, number>;
}

export interface Matched {
  /** On the shelf, best first; what is shown no more among them. */
  positions: Uint32Array;
  isApproximate: boolean;
  /** There are more than these. */
  isCut: boolean;
}

/** Most that are kept in memory: some 90, 20, 20 and 5 MB. */
const [cardsMax, skusMax, textsMax, productsMax] = [50_000, 100_000, 1500, 1000];
const [matchesMs, matchesMax] = [30_000, 3000];

interface SkuNow {
  price: EffectivePrice | undefined;
  available: number;
}

/**
 * What this process remembers for a moment, and asks for together: the shelf, cards as they were last written, prices and stock for
 * `keepMs`. `keepMs` 0 remembers nothing.
 */
export function makeWindow({ keepMs }: { keepMs: number }): (inTx: InTx) => Window {
  const follower = makeFollower({ lookMs: keepMs });
  const cards = makeKeep<StoredCard>({
    lifeMs: keepMs === 0 ? 0 : Number.POSITIVE_INFINITY,
    entriesMax: cardsMax,
  });
  const skus = makeKeep<SkuNow>({ lifeMs: keepMs, entriesMax: skusMax });
  const texts = createMemo<Matched>({ lifeMs: keepMs === 0 ? 0 : matchesMs, entriesMax: textsMax });
  const cardGather = makeGather({ load: ({ tx }, ids) => readCards(tx, ids) });
  const skuGather = makeGather({ load: readMoment });
  const productGather = makeGather({ load: ({ tx }, slugs) => findProductsBySlug(tx, slugs) });
  const products = createMemo<PublicProduct | undefined>({ lifeMs: keepMs, entriesMax: productsMax });
  const storeGather = makeGather({ load: readStores });

  async function cardsOf(inTx: InTx, { shelf }: Shelves, positions: readonly number[]): Promise<CardFacts[]> {
    const ids = positions.flatMap((position) => shelf.productIds[position] ?? []);
    const at = performance.now();
    const known = new Map<string, StoredCard>();
    positions.forEach((position, index) => {
      const id = ids[index] ?? '';
      const card = cards.get(id, at);
      if (card !== undefined && card.changed >= (shelf.changed[position] ?? 0)) known.set(id, card);
    });
    const found = await cardGather.ask(inTx, ids.filter((id) => !known.has(id))); // prettier-ignore
    return ids.flatMap((id) => {
      const fresh = known.has(id) ? undefined : found.get(id);
      if (fresh !== undefined) cards.put(id, fresh, at);
      const card = fresh ?? known.get(id);
      return card === undefined ? [] : factsOf(id, card);
    });
  }

  async function momentNow(inTx: InTx, wanted: readonly string[]): Promise<Moment> {
    const at = performance.now(); // before it is asked: what is kept is never thought younger than it is
    const [prices, stock] = [new Map<string, EffectivePrice>(), new Map<string, number>()];
    const take = (sku: string, { price, available }: SkuNow) => {
      if (price !== undefined) prices.set(sku, price);
      stock.set(sku, available);
    };
    const missing: string[] = [];
    for (const sku of wanted) {
      const known = skus.get(sku, at);
      if (known === undefined) missing.push(sku);
      else take(sku, known);
    }
    const found = await skuGather.ask(inTx, missing);
    for (const sku of missing) {
      const now = found.get(sku);
      if (now === undefined) continue;
      skus.put(sku, now, at);
      take(sku, now);
    }
    return { prices, stock };
  }

  const matchesOf = (inTx: InTx, text: string): Promise<Matched> =>
    texts.get(text, async () => {
      const { shelf } = await follower.shelves(inTx);
      const { productIds, ...how } = await inTx(({ tx }) => matchProducts(tx, text, { onlyActive: false, limit: matchesMax }));
      return { positions: Uint32Array.from(productIds.flatMap((id) => shelf.positions.get(id) ?? [])), ...how };
    });

  return (inTx) => ({
    shelves: () => follower.shelves(inTx),
    cards: (shelves, positions) => cardsOf(inTx, shelves, positions),
    moment: (wanted) => momentNow(inTx, wanted),
    product: (slug) => products.get(slug, async () => (await productGather.ask(inTx, [slug])).get(slug)),
    stores: async (wanted) => [...(await storeGather.ask(inTx, wanted)).values()],
    matches: (text) => matchesOf(inTx, text),
  });
}

/** A card as it is kept: its display as text, for forty little objects a card would be the garbage collector's main work. */
interface StoredCard {
  display: string;
  slug: string;
  brand: string;
  category: string;
  changed: number;
}

const factsOf = (productId: string, { display, slug, brand, category }: StoredCard): CardFacts => ({
  ...(JSON.parse(display) as Display),
  productId,
  slug,
  brand,
  category,
});

async function readCards(tx: Tx, productIds: readonly string[]): Promise<Map<string, StoredCard>> {
  const rows = await run(
    tx,
    sql<StoredCard & { productId: string }>`select product_id as "productId", display::text as display, slug, brand, category,
        changed::text::bigint as changed
      from storefront.card where product_id = any(${productIds}::uuid[]) and price_fen is not null`,
  );
  return new Map(rows.map(({ productId, ...card }) => [productId, card]));
}

async function readMoment({ tx, now }: Ctx, skus: readonly string[]): Promise<Map<string, SkuNow>> {
  const { prices, stock } = await momentOf(tx, skus, now);
  return new Map(skus.map((sku) => [sku, { price: prices.get(sku), available: stock.get(sku) ?? 0 }]));
}

/** What each store has of these SKUs, by the store's code. */
async function readStores({ tx, now }: Ctx, skus: readonly string[]): Promise<Map<string, Store>> {
  const { items } = await listLocations(tx);
  const there = await availabilityByPlace(tx, { skus, channel: contract.shopChannel, at: now });
  const byPlace = Map.groupBy(there, ({ location }) => location);
  const found = new Map<string, Store>();
  for (const { code, name, nameEn, kind } of items) {
    if (kind !== 'store') continue;
    const units = new Map((byPlace.get(code) ?? []).map(({ sku, available }) => [sku, available]));
    found.set(code, { code, name, nameEn, stock: new Map(skus.map((sku) => [sku, units.get(sku) ?? 0])) });
  }
  return found;
}
