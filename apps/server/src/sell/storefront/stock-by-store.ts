import type { storefront as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { findProductBySlug } from '../../base/catalog/index.ts';
import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { listLocations, stockLevelsOf } from '../../supply/inventory/index.ts';

type Stores = z.input<typeof contract.stockByStore.reply>;

/** What can be bought in each store, in the stores' order; a variant without stock there counts 0. Refuses `product.not_found`. */
export async function stockByStore(tx: Tx, slug: string): Promise<Stores> {
  const product = await findProductBySlug(tx, slug);
  if (product === undefined) return refuse('product.not_found', { slug });
  const skus = product.variants.filter(({ state }) => state === 'active').map(({ sku }) => sku);
  const { items: locations } = await listLocations(tx);
  const levels = await stockLevelsOf(tx, skus);
  return {
    items: locations
      .filter(({ kind }) => kind === 'store')
      .map(({ code, name, nameEn }) => ({
        code,
        name,
        nameEn,
        variants: skus.map((sku) => ({
          sku,
          available: Math.max(0, levels.find((level) => level.sku === sku && level.location === code)?.available ?? 0),
        })),
      })),
  };
}
