import { storefront } from '@tongshang/contract';
import { findSkus, type SkuFacts } from '../../base/catalog/index.ts';
import { type StandingFacts, standingsOf } from '../../base/membership/index.ts';
import type { Tx } from '../../platform/db.ts';
import { availabilityOf } from '../../supply/inventory/index.ts';
import type { PricedGoods, PriceRequest } from '../pricing/index.ts';
import type { CartToPrice, LineProblem } from './price-carts.ts';
import { loadPrices } from './prices.ts';

type Gifts = PriceRequest['gifts'];

/** What carts are made of, loaded with one statement a kind. */
export interface LoadedGoods {
  facts: ReadonlyMap<string, SkuFacts>;
  standings: ReadonlyMap<string, StandingFacts>;
  /** A SKU as the price sees it, or why it cannot be sold. */
  goodsOf: (sku: string, place: { channel: string; at: Date }) => PricedGoods | LineProblem['code'];
  giftsFor: (cart: CartToPrice, place: { at: Date }) => Gifts;
}

interface What {
  now: Date;
  giftSkus: readonly string[];
  /** For carts of the past: any number of gifts is there, and what is no longer sold was sold. */
  isPast?: boolean;
}

const none: Gifts = new Map();

export async function loadGoods(
  tx: Tx,
  carts: readonly CartToPrice[],
  { now, giftSkus, isPast = false }: What,
): Promise<LoadedGoods> {
  const skus = [...new Set([...carts.flatMap((cart) => cart.lines.map((line) => line.sku)), ...giftSkus])];
  const members = carts.flatMap((cart) => (cart.standing === undefined ? (cart.customerId ?? []) : []));
  const [facts, pricesOf, standings, available] = await Promise.all([
    findSkus(tx, skus),
    loadPrices(tx, { skus, places: carts.map(({ channel, at }) => ({ channel, at: at ?? now })) }),
    standingsOf(tx, members),
    isPast ? undefined : giftsThere(tx, carts, { giftSkus, now }),
  ]);

  const goodsOf: LoadedGoods['goodsOf'] = (sku, place) => {
    const known = facts.get(sku);
    if (known === undefined) return 'sku.not_found';
    if (known.state !== 'active' && !isPast) return 'sku.not_for_sale';
    const prices = pricesOf(sku, place);
    if (prices.length === 0) return 'price.missing';
    const { productId, category, brand, taxRateBp } = known;
    return { sku, productId, category, brand, taxRateBp, prices };
  };
  const giftsFor: LoadedGoods['giftsFor'] = (cart, { at }) => {
    if (giftSkus.length === 0) return none;
    const gifts = giftSkus.flatMap((sku) => {
      const goods = goodsOf(sku, { channel: cart.channel, at });
      const there = available?.get(locationOf(cart))?.get(sku) ?? (isPast ? plenty : 0);
      const own = cart.lines.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
      return typeof goods === 'string' ? [] : [[sku, { goods, available: Math.max(0, there - own) }] as const];
    });
    return new Map(gifts);
  };
  return { facts, standings, goodsOf, giftsFor };
}

const plenty = 1_000_000;
const locationOf = (cart: CartToPrice): string => cart.location ?? storefront.shopLocation;

/** Units of gifts at each location that carts leave from; nearly always one. */
async function giftsThere(
  tx: Tx,
  carts: readonly CartToPrice[],
  { giftSkus, now }: Pick<What, 'giftSkus' | 'now'>,
): Promise<Map<string, Map<string, number>>> {
  const there = new Map<string, Map<string, number>>();
  if (giftSkus.length === 0) return there;
  for (const location of new Set(carts.map(locationOf))) {
    const channel = carts.find((cart) => locationOf(cart) === location)?.channel; // carts of one batch come from one channel
    there.set(location, await availabilityOf(tx, { skus: giftSkus, locations: [location], channel, at: now }));
  }
  return there;
}
