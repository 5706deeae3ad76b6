import { sql } from 'kysely';
import { findProductsBySlug, matchProducts, type PublicProduct } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { run, type Tx } from '../../platform/db.ts';
import { type Look, makeGather } from '../../platform/gather.ts';
import { createMemo } from '../../platform/memo.ts';
import type { EffectivePrice } from '../pricing/index.ts';
import type { CardFacts, Display, Moment } from './card.ts';
import { makeFollower, type Shelves } from './follow-cards.ts';
import { makeKeep } from './keep.ts';
import { type Frame, readFrame, readSkus, type SkuNow } from './sku-now.ts';

type InTx = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
interface Ways {
  inTx: InTx;
  look: Look;
}

/** What a page of the shop may look at. */
export interface Window {
  /** Lists and their order, at most a second old. */
  shelves: () => Promise<Shelves>;
  /** Cards of these positions of the shelf, in their order; one that has gone is left out. */
  cards: (shelves: Shelves, positions: readonly number[]) => Promise<CardFacts[]>;
  /** Prices and stock, at most a second old. */
  moment: (skus: readonly string[]) => Promise<Moment>;
  product: (slug: string) => Promise<PublicProduct | undefined>;
  /** The same SKU by SKU, with the places where the units lie. */
  skus: (skus: readonly string[]) => Promise<ReadonlyMap<string, SkuNow>>;
  /** Places and terms of sending, at most a second old. */
  frame: () => Promise<Frame>;
  /** What a typed text means, at most half a minute old. */
  matches: (text: string) => Promise<Matched>;
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

/**
 * What this process remembers for a moment, and asks for together: the shelf, cards as they were last written, prices and stock for
 * `keepMs`. `keepMs` 0 remembers nothing.
 */
export function makeWindow({ keepMs }: { keepMs: number }): (ways: Ways) => Window {
  const follower = makeFollower({ lookMs: keepMs });
  const cards = makeKeep<StoredCard>({
    lifeMs: keepMs === 0 ? 0 : Number.POSITIVE_INFINITY,
    entriesMax: cardsMax,
  });
  const skus = makeKeep<SkuNow>({ lifeMs: keepMs, entriesMax: skusMax });
  const texts = createMemo<Matched>({ lifeMs: keepMs === 0 ? 0 : matchesMs, entriesMax: textsMax });
  const cardGather = makeGather({ load: ({ tx }, ids) => readCards(tx, ids) });
  const frames = createMemo<Frame>({ lifeMs: keepMs, entriesMax: 1 });
  const productGather = makeGather({ load: ({ tx }, slugs) => findProductsBySlug(tx, slugs) });
  const products = createMemo<PublicProduct | undefined>({ lifeMs: keepMs, entriesMax: productsMax });
  const frameOf = (look: Look): Promise<Frame> => frames.get('now', () => look(readFrame));
  const skuGather = makeGather({
    load: async (ctx, wanted) => readSkus(ctx, await frames.get('now', () => readFrame(ctx)), wanted),
  });

  async function cardsOf(look: Look, { shelf }: Shelves, positions: readonly number[]): Promise<CardFacts[]> {
    const ids = positions.flatMap((position) => shelf.productIds[position] ?? []);
    const at = performance.now();
    const known = new Map<string, StoredCard>();
    positions.forEach((position, index) => {
      const id = ids[index] ?? '';
      const card = cards.get(id, at);
      if (card !== undefined && card.changed >= (shelf.changed[position] ?? 0)) known.set(id, card);
    });
    const found = await cardGather.ask(look, ids.filter((id) => !known.has(id))); // prettier-ignore
    return ids.flatMap((id) => {
      const fresh = known.has(id) ? undefined : found.get(id);
      if (fresh !== undefined) cards.put(id, fresh, at);
      const card = fresh ?? known.get(id);
      return card === undefined ? [] : factsOf(id, card);
    });
  }

  async function skusNow(look: Look, wanted: readonly string[]): Promise<Map<string, SkuNow>> {
    const at = performance.now(); // before it is asked: what is kept is never thought younger than it is
    const now = new Map<string, SkuNow>();
    const missing: string[] = [];
    for (const sku of wanted) {
      const known = skus.get(sku, at);
      if (known === undefined) missing.push(sku);
      else now.set(sku, known);
    }
    const found = await skuGather.ask(look, missing);
    for (const sku of missing) {
      const fresh = found.get(sku);
      if (fresh === undefined) continue;
      skus.put(sku, fresh, at);
      now.set(sku, fresh);
    }
    return now;
  }

  async function momentNow(look: Look, wanted: readonly string[]): Promise<Moment> {
    const [prices, stock] = [new Map<string, EffectivePrice>(), new Map<string, number>()];
    for (const [sku, { price, available }] of await skusNow(look, wanted)) {
      if (price !== undefined) prices.set(sku, price);
      stock.set(sku, available);
    }
    return { prices, stock };
  }

  const matchesOf = ({ inTx }: Ways, text: string): Promise<Matched> =>
    texts.get(text, async () => {
      const { shelf } = await follower.shelves(inTx);
      const { productIds, ...how } = await inTx(({ tx }) => matchProducts(tx, text, { onlyActive: false, limit: matchesMax }));
      return { positions: Uint32Array.from(productIds.flatMap((id) => shelf.positions.get(id) ?? [])), ...how };
    });

  return (ways) => ({
    shelves: () => follower.shelves(ways.inTx),
    cards: (shelves, positions) => cardsOf(ways.look, shelves, positions),
    moment: (wanted) => momentNow(ways.look, wanted),
    skus: (wanted) => skusNow(ways.look, wanted),
    frame: () => frameOf(ways.look),
    product: (slug) => products.get(slug, async () => (await productGather.ask(ways.look, [slug])).get(slug)),
    matches: (text) => matchesOf(ways, text),
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
