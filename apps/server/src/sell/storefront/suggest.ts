import type { storefront as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { matchProducts } from '../../base/catalog/index.ts';
import { run, type Tx } from '../../platform/db.ts';
import { type CardFacts, cardOf } from './card.ts';
import { momentOf } from './moment.ts';

type Suggestions = z.input<typeof contract.suggest.reply>;
type Crumb = z.input<typeof contract.Crumb>;

const lookAt = 60;
const [termsMax, categoriesMax, productsMax] = [3, 2, 3];

/** At most eight suggestions for what is typed so far: terms, categories, products; the best match decides each. */
export async function suggest(tx: Tx, text: string, at: Date): Promise<Suggestions> {
  const { productIds } = await matchProducts(tx, text, { limit: lookAt });
  if (productIds.length === 0) return { terms: [], categories: [], products: [] };
  const rows = await run(
    tx,
    sql<CardFacts & { crumbs: Crumb[] }>`select c.display->>'name' as name, c.display->>'nameEn' as "nameEn",
        '[]'::jsonb as options, c.display->'images' as images,
        array(select jsonb_array_elements_text(c.display->'skus')) as skus, c.product_id as "productId", c.slug, c.brand, c.category, c.crumbs
      from storefront.card c join unnest(${productIds}::uuid[]) with ordinality as m (product_id, position) using (product_id)
      where c.price_fen is not null order by m.position`,
  );

  const first = rows.slice(0, productsMax);
  const moment = await momentOf(
    tx,
    first.flatMap((row) => row.skus),
    at,
  );
  const products = first
    .flatMap((row) => cardOf(row, moment) ?? [])
    .map(({ slug, name, nameEn, priceFen, image }) => ({ slug, name, nameEn, priceFen, image }));
  return { terms: termsOf(rows), categories: categoriesOf(rows), products };
}

/** Brand and category of what was found, the commonest first: what one would type to see all of them. */
function termsOf(rows: readonly { brand: string; crumbs: Crumb[] }[]): string[] {
  const words = rows.map(({ brand, crumbs }) => [brand, crumbs.at(-1)?.name ?? ''].filter((word) => word !== '').join(' '));
  return commonest(
    words.filter((word) => word !== ''),
    termsMax,
  ).map(([word]) => word);
}

function categoriesOf(rows: readonly { crumbs: Crumb[] }[]): Suggestions['categories'] {
  const known = new Map(rows.flatMap(({ crumbs }) => crumbs.map((crumb) => [crumb.code, crumb] as const)));
  const leaves = rows.flatMap(({ crumbs }) => crumbs.at(-1)?.code ?? []);
  return commonest(leaves, categoriesMax).flatMap(([code, count]) => {
    const crumb = known.get(code);
    return crumb === undefined ? [] : [{ ...crumb, count }];
  });
}

/** The commonest words with their counts; equal counts keep the order of first appearance. */
function commonest(words: readonly string[], limit: number): [string, number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]).slice(0, limit);
}
