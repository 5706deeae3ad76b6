import { findSkus, type SkuFacts } from '../../base/catalog/index.ts';
import type { PriceBreakdown } from '@tongshang/contract';
import type { Tx } from '../../platform/db.ts';
import { pricesAt } from '../pricing/index.ts';
import { freightFor, lineAmounts } from './order.ts';

export interface CartToPrice {
  channel: string;
  key: string;
  location?: string | undefined;
  customerId: string | undefined;
  customerKey: string;
  isFirstOrder: boolean;
  lines: readonly { key: string; sku: string; quantity: number; parcel?: number }[];
  couponCodes: readonly string[];
  pointsWanted: number;
  paymentMethod: string | undefined;
}
export interface PricedCart {
  key: string;
  breakdown: PriceBreakdown;
  pointsAvailable: number;
  facts: ReadonlyMap<string, SkuFacts>;
  problems: { key: string; sku: string; code: 'sku.not_found' | 'sku.not_for_sale' | 'price.missing' }[];
}
export async function priceCarts(tx: Tx, carts: readonly CartToPrice[], now: Date): Promise<PricedCart[]> {
  const skus = carts.flatMap((cart) => cart.lines.map((line) => line.sku));
  const facts = await findSkus(tx, skus);
  const prices = await pricesAt(tx, {
    skus: [...new Set(skus)],
    channel: carts[0]?.channel ?? 'shop',
    at: now,
  });
  return carts.map((cart) => {
    const problems: PricedCart['problems'] = [];
    const lines = cart.lines.flatMap(({ key, sku, quantity }) => {
      const known = facts.get(sku);
      const price = prices.get(sku);
      const code =
        known === undefined ? 'sku.not_found' : known.state !== 'active' ? 'sku.not_for_sale' : price === undefined ? 'price.missing' : undefined;
      if (known === undefined || price === undefined || code !== undefined) {
        problems.push({ key, sku, code: code ?? 'price.missing' });
        return [];
      }
      const terms = { quantity, unitFen: price.amountFen, discountFen: 0, taxRateBp: known.taxRateBp };
      return [{ key, sku, isGift: false, listFen: price.listFen, adjustments: [], ...terms, ...lineAmounts(terms) }];
    });
    const goodsFen = lines.reduce((sum, line) => sum + line.quantity * line.unitFen, 0);
    const freightFen = freightFor(cart.channel, goodsFen);
    return {
      facts,
      problems,
      key: cart.key,
      pointsAvailable: 0,
      breakdown: {
        currency: 'CNY', lines, applied: [], missed: [], goodsFen, discountFen: 0, pointsFen: 0, pointsSpent: 0, freightFen, freightListFen: freightFen,
        taxFen: lines.reduce((sum, line) => sum + line.taxFen, 0), totalFen: goodsFen + freightFen,
      },
    };
  }); // prettier-ignore
}
