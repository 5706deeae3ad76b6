import type { storefront as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { refuse } from '../../platform/fail.ts';
import type { Window } from './window.ts';

type Stores = z.input<typeof contract.stockByStore.reply>;

/** What can be bought in each store, in the stores' order; a variant without stock there counts 0. Refuses `product.not_found`. */
export async function stockByStore(window: Window, slug: string): Promise<Stores> {
  const product = await window.product(slug);
  if (product === undefined) return refuse('product.not_found', { slug });
  const wanted = product.variants.filter(({ state }) => state === 'active').map(({ sku }) => sku);
  const [frame, skus] = await Promise.all([window.frame(), window.skus(wanted)]);
  const unitsAt = (sku: string, store: string): number =>
    skus.get(sku)?.places.find(({ location }) => location === store)?.available ?? 0;
  return {
    items: frame.locations
      .filter(({ kind }) => kind === 'store')
      .map(({ code, name, nameEn }) => ({
        code,
        name,
        nameEn,
        variants: wanted.map((sku) => ({ sku, available: unitsAt(sku, code) })),
      })),
  };
}
