import type { LineFilter, promotions as contract } from '@tongshang/contract';
import { storefront } from '@tongshang/contract';
import type * as z from 'zod';
import { findSkus, listSkus, picturesOf, type SkuFacts } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import type { Tx } from '../../../platform/db.ts';
import { addMs, inBusinessZone } from '../../../platform/time.ts';
import { onlineAvailability } from '../../../supply/routing/index.ts';
import { isMeant } from '../../pricing/index.ts';
import { holdsAt, leftOf } from '../promotion.ts';
import { isForFew, isInShop } from '../public-rule.ts';
import { pricesNow } from '../prices.ts';
import { readTaken } from '../read-taken.ts';
import type { RunningPromotion } from '../running-set.ts';

type FlashSale = z.input<typeof contract.FlashSale>;

const aheadMs = 7 * 86_400_000;
const itemsMax = 200;

/**
 * Flash sales that run and those of the next 7 days, the earliest end first. What is left is the ledger's rest, never more than stock
 * that the shop may really sell, over all locations that send its orders; after a cancellation it rises again.
 */
export async function listFlashSales(ctx: Ctx): Promise<FlashSale[]> {
  const { set, taken } = await readTaken(ctx.tx, [], ctx.now);
  const sales = set.promotions.filter((one) => isFlashSale(one) && startsSoon(one, ctx.now) && !isForFew(one) && isInShop(one));
  const skusOf = new Map<string, SkuFacts[]>();
  for (const sale of sales) skusOf.set(sale.promotionId, await goodsOf(ctx.tx, sale));
  const skus = [...new Set([...skusOf.values()].flat().map((goods) => goods.sku))];
  const stock = await onlineAvailability(ctx, {
    skus,
    channel: storefront.shopChannel,
    first: storefront.shopLocation,
    wanted: () => Number.MAX_SAFE_INTEGER, // all of it, wherever it can be sent from
  });
  const prices = await pricesNow(ctx.tx, { skus, channel: storefront.shopChannel, at: ctx.now });
  const pictures = await picturesOf(ctx.tx, skus);

  const shown = sales.map((sale): FlashSale => {
    const balance = taken.balances.get(sale.promotionId) ?? { spentFen: 0, uses: 0, units: 0 };
    const isOver = leftOf(sale.budgetFen, balance.spentFen) === 0 || leftOf(sale.usesMax, balance.uses) === 0;
    const unitsLeft = isOver ? 0 : leftOf(sale.unitsMax, balance.units);
    const items = (skusOf.get(sale.promotionId) ?? []).flatMap((goods) => {
      const listFen = prices.get(goods.sku);
      const offer = offerOf(sale, goods.sku);
      if (listFen === undefined || offer === undefined || offer.flashFen >= listFen) return [];
      const left = Math.max(0, Math.min(stock.get(goods.sku) ?? 0, unitsLeft ?? Number.MAX_SAFE_INTEGER));
      const { sku, productId, slug, name, nameEn, options } = goods;
      const image = pictures.get(sku) ?? null;
      return [{ sku, productId, slug, name, nameEn, options, image, listFen, ...offer, left }];
    });
    return {
      promotionId: sale.promotionId,
      name: sale.name,
      nameEn: sale.nameEn,
      state: holdsAt(sale, ctx.now) ? 'running' : 'next',
      startsAt: inBusinessZone(sale.startsAt),
      endsAt: sale.endsAt === null ? null : inBusinessZone(sale.endsAt),
      unitsTotal: sale.unitsMax,
      unitsLeft,
      unitsPerCustomer: sale.unitsPerCustomer,
      items,
    };
  });
  return shown.filter((sale) => sale.items.length > 0).toSorted((a, b) => orderKey(a).localeCompare(orderKey(b)));
}

const orderKey = (sale: FlashSale): string => `${sale.state === 'running' ? 0 : 1} ${sale.endsAt ?? '9999'} ${sale.promotionId}`;

const isFlashSale = ({ stage, needsCode }: RunningPromotion): boolean => stage === 'exclusive' && !needsCode;
const startsSoon = (one: RunningPromotion, now: Date): boolean =>
  holdsAt(one, now) || (one.startsAt > now && one.startsAt < addMs(now, aheadMs));

function offerOf({ then }: RunningPromotion, sku: string): { flashFen: number; points: number | null } | undefined {
  if (then.gives === 'points_price') return { flashFen: then.unitFen, points: then.points };
  const flashFen = then.gives === 'fixed_price' ? (then.prices?.[sku] ?? then.unitFen) : undefined;
  return flashFen === undefined ? undefined : { flashFen, points: null };
}

/** The SKUs for sale that a sale means, at most 200. */
async function goodsOf(tx: Tx, { then }: RunningPromotion): Promise<SkuFacts[]> {
  const filter: LineFilter = 'of' in then ? then.of : {};
  const priced = then.gives === 'fixed_price' && then.unitFen === undefined ? Object.keys(then.prices ?? {}) : undefined;
  const named = filter.skus ?? priced;
  const found =
    named === undefined
      ? await listSkus(tx, { productIds: filter.productIds, category: onlyOf(filter.categories), limit: itemsMax * 5 })
      : [...(await findSkus(tx, named.slice(0, itemsMax))).values()];
  return found
    .filter((goods) => goods.state === 'active' && isMeant(filter, { ...goods, prices: [] }))
    .toSorted((a, b) => (a.sku < b.sku ? -1 : 1))
    .slice(0, itemsMax);
}

const onlyOf = (codes: readonly string[] | undefined): string | undefined => (codes?.length === 1 ? codes[0] : undefined);
