import type { storefront as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { findSkus, picturesOf } from '../../base/catalog/index.ts';
import type { Tx } from '../../platform/db.ts';

type Shown = z.input<typeof contract.showSkus.reply>;

/** What an order's lines look like now: a fixed number of statements; a SKU that is sold no more has no address. */
export async function showSkus(tx: Tx, skus: readonly string[]): Promise<Shown> {
  const [facts, pictures] = await Promise.all([findSkus(tx, skus), picturesOf(tx, skus)]);
  return {
    items: [...facts.values()].map(({ sku, name, nameEn, slug, state, options }) => ({
      sku,
      name,
      nameEn,
      slug: state === 'active' ? slug : null,
      options,
      image: pictures.get(sku) ?? null,
    })),
  };
}
