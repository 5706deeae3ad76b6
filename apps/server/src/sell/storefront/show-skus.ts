import type { storefront as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { findSkus } from '../../base/catalog/index.ts';
import type { Tx } from '../../platform/db.ts';

type Shown = z.input<typeof contract.showSkus.reply>;

/** What an order's lines look like now: one statement for any number; a SKU that is sold no more has no address. */
export async function showSkus(tx: Tx, skus: readonly string[]): Promise<Shown> {
  const facts = await findSkus(tx, skus);
  return {
    items: [...facts.values()].map(({ sku, name, nameEn, slug, state, options, image }) => ({
      sku,
      name,
      nameEn,
      slug: state === 'active' ? slug : null,
      options,
      image,
    })),
  };
}
