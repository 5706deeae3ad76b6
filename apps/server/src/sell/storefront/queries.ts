import type { storefront as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { run, type Tx } from '../../platform/db.ts';
import { inOrder } from './shelf.ts';
import type { Window } from './window.ts';

/** The category tree as the shop shows it: parents before children, without what has nothing for sale. */
export async function listCategories(window: Window): Promise<z.input<typeof contract.ShopCategory>[]> {
  const { shelf, categories } = await window.shelves();
  return categories.flatMap(({ code, parent, name, nameEn }) => {
    const count = inOrder(shelf, 'newest', code).length;
    return count === 0 ? [] : [{ code, parent, name, nameEn, count }];
  });
}

/** Addresses of products for sale, by address. */
export async function listSitemap(
  tx: Tx,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<z.input<typeof contract.listSitemap.reply>> {
  const rows = await run(
    tx,
    sql<{ slug: string; updatedAt: Date }>`select slug, updated_at as "updatedAt" from storefront.card
      where price_fen is not null and slug > ${after ?? ''} order by slug limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit).map(({ slug, updatedAt }) => ({ slug, updatedAt: updatedAt.toISOString() }));
  return { items, next: rows.length > limit ? (items.at(-1)?.slug ?? null) : null };
}
