import type { storefront as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { refuse } from '../../platform/fail.ts';
import type { Window } from './window.ts';

type Stores = z.input<typeof contract.stockByStore.reply>;

/** What can be bought in each store, in the stores' order; a variant without stock there counts 0. Refuses `product.not_found`. */
export async function stockByStore(window: Window, slug: string): Promise<Stores> {
  const product = await window.product(slug);
  if (product === undefined) return refuse('product.not_found', { slug });
  const skus = product.variants.filter(({ state }) => state === 'active').map(({ sku }) => sku);
  const stores = await window.stores(skus);
  return {
    items: stores.map(({ code, name, nameEn, stock }) => ({
      code,
      name,
      nameEn,
      variants: skus.map((sku) => ({ sku, available: stock.get(sku) ?? 0 })),
    })),
  };
}
