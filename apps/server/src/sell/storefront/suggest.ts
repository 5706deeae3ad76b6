import type { storefront as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { cardOf } from './card.ts';
import type { Window } from './window.ts';

type Suggestions = z.input<typeof contract.suggest.reply>;
type Crumb = z.input<typeof contract.Crumb>;

const lookAt = 60;
const [termsMax, categoriesMax, productsMax] = [3, 2, 3];

/** At most eight suggestions for what is typed so far: terms, categories, products; the best match decides each. */
export async function suggest(window: Window, text: string): Promise<Suggestions> {
  const { positions } = await window.matches(text);
  const shelves = await window.shelves();
  const { shelf } = shelves;
  const shown = [...positions.subarray(0, lookAt)].filter((position) => shelf.isShown[position] === true);
  if (shown.length === 0) return { terms: [], categories: [], products: [] };
  const names = new Map(shelves.categories.map((category) => [category.code, category]));
  const rows = shown.map((position) => ({
    brand: shelf.brands.words[shelf.brand[position] ?? 0] ?? '',
    category: names.get(shelf.categories.words[shelf.category[position] ?? 0] ?? ''),
  }));

  const first = await window.cards(shelves, shown.slice(0, productsMax));
  const moment = await window.moment(first.flatMap((row) => row.skus));
  const products = first
    .flatMap((row) => cardOf(row, moment) ?? [])
    .map(({ slug, name, nameEn, priceFen, image }) => ({ slug, name, nameEn, priceFen, image }));
  return { terms: termsOf(rows), categories: categoriesOf(rows), products };
}

interface Found {
  brand: string;
  category: Crumb | undefined;
}

/** Brand and category of what was found, the commonest first: what one would type to see all of them. */
function termsOf(rows: readonly Found[]): string[] {
  const words = rows.map(({ brand, category }) => [brand, category?.name ?? ''].filter((word) => word !== '').join(' '));
  return commonest(
    words.filter((word) => word !== ''),
    termsMax,
  ).map(([word]) => word);
}

function categoriesOf(rows: readonly Found[]): Suggestions['categories'] {
  const known = new Map(rows.flatMap(({ category }) => (category === undefined ? [] : [[category.code, category] as const])));
  return commonest(
    rows.flatMap(({ category }) => category?.code ?? []),
    categoriesMax,
  ).flatMap(([code, count]) => {
    const category = known.get(code);
    return category === undefined ? [] : [{ code, name: category.name, nameEn: category.nameEn, count }];
  });
}

/** The commonest words with their counts; equal counts keep the order of first appearance. */
function commonest(words: readonly string[], limit: number): [string, number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]).slice(0, limit);
}
