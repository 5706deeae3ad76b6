import type { storefront as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { listCategories as listAllCategories } from '../../base/catalog/index.ts';
import { run, type Tx } from '../../platform/db.ts';

/** The category tree as the shop shows it: parents before children, without what has nothing for sale. */
export async function listCategories(tx: Tx): Promise<z.input<typeof contract.ShopCategory>[]> {
  const counts = await run(
    tx,
    sql<{
      category: string;
      count: number;
    }>`select category, count(*)::int as count from storefront.card where price_fen is not null group by 1`,
  );
  const categories = await listAllCategories(tx);
  return categories.flatMap(({ code, parent, name, nameEn }) => {
    const within = counts.filter(({ category }) => category === code || category.startsWith(`${code}/`));
    const count = within.reduce((sum, row) => sum + row.count, 0);
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
