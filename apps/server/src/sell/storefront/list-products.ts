import type { storefront as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { type CategoryName, pathOf } from '../../base/catalog/index.ts';
import { refuse } from '../../platform/fail.ts';
import { cardOf } from './card.ts';
import { bands, countFacets, type Counts, type OptionCount, pageOf } from './narrow.ts';
import { categoriesWithin, inOrder, type Shelf, type Sort } from './shelf.ts';
import type { Matched, Window } from './window.ts';

export type ListProducts = z.output<typeof contract.listProducts.query>;
type ProductList = z.input<typeof contract.listProducts.reply>;
type Facets = ProductList['facets'];
type Crumb = z.input<typeof contract.Crumb>;

/**
 * One page of the shop's list with its facets. Filters, sort and counts follow the cards, which may be a minute old; every price and
 * every "in stock" that is shown is of this moment. Refuses `category.not_found`.
 */
export async function listProducts(window: Window, query: ListProducts): Promise<ProductList> {
  const matched = query.text === undefined || query.text === '' ? undefined : await window.matches(query.text);
  const shelves = await window.shelves();
  const crumbs = crumbsTo(shelves.categories, query.category);
  const { shelf } = shelves;
  const place = { offset: (query.page - 1) * query.limit, limit: query.limit };
  const candidates = matched === undefined ? inOrder(shelf, query.sort, query.category) : shownOf(shelf, matched, query);
  const counts = matched === undefined ? countsOfList(shelf, query) : countFacets(shelf, candidates, query);

  const facts = await window.cards(shelves, pageOf(shelf, candidates, query, place));
  const moment = await window.moment(facts.flatMap(({ skus }) => skus));
  const cards = facts.flatMap((card) => cardOf(card, moment) ?? []);
  const isWholeShop = query.category === undefined && matched === undefined; // colours of everything would be of no use
  return {
    items: query.only === 'in_stock' ? cards.filter((card) => card.isInStock) : cards,
    total: counts.total,
    page: query.page,
    pages: Math.ceil(counts.total / query.limit),
    crumbs,
    facets: facetsOf(counts, shelves.categories, { withOptions: !isWholeShop }),
    isApproximate: matched?.isApproximate ?? false,
    isCut: matched?.isCut ?? false,
  };
}

const counted = new WeakMap<Uint32Array, Map<string, Counts>>();
const countedMax = 200;

/** The counts of a category, whatever its sort and page, until the shelf changes: then its order is another array. */
function countsOfList(shelf: Shelf, { category, brand, option, priceMinFen, priceMaxFen, only }: ListProducts): Counts {
  const candidates = inOrder(shelf, 'newest', category);
  const known = counted.get(candidates) ?? new Map<string, Counts>();
  counted.set(candidates, known);
  const filters = { category, brand, option, priceMinFen, priceMaxFen, only };
  const key = JSON.stringify(filters);
  const counts = known.get(key) ?? countFacets(shelf, candidates, filters);
  if (known.size >= countedMax) known.clear();
  known.set(key, counts);
  return counts;
}

/** Matches that are shown in this category, by the sort asked for; recommended is what can be had first, then the best match. */
function shownOf(shelf: Shelf, { positions }: Matched, { category, sort }: ListProducts): Uint32Array {
  const isWithin = category === undefined ? undefined : categoriesWithin(shelf, category);
  const shown = positions.filter(
    (position) =>
      shelf.isShown[position] === true && (isWithin === undefined || isWithin[shelf.category[position] ?? 0] === true),
  );
  if (sort !== 'recommended') return inThisOrder(shelf, shown, sort);
  const canBeHad = (position: number) => shelf.isInStock[position] === true;
  return Uint32Array.from([...shown.filter(canBeHad), ...shown.filter((position) => !canBeHad(position))]);
}

/** A few products in the shelf's order: by their places there, without comparing them. */
function inThisOrder(shelf: Shelf, positions: Uint32Array, sort: Sort): Uint32Array {
  const wanted = new Uint8Array(shelf.productIds.length);
  for (const position of positions) wanted[position] = 1;
  return shelf.orders[sort].filter((position) => wanted[position] === 1);
}

function facetsOf(found: Counts, tree: readonly CategoryName[], { withOptions }: { withOptions: boolean }): Facets {
  const known = new Map(tree.map((category) => [category.code, category]));
  return {
    categories: found.categories.flatMap(({ code, count }) => {
      const category = known.get(code);
      return category === undefined ? [] : [{ code, name: category.name, nameEn: category.nameEn, count }];
    }),
    brands: found.brands,
    options: withOptions ? groupByName(found.options) : [],
    prices: found.prices.map(({ band, count }) => ({ fromFen: bands[band] ?? 0, toFen: bands[band + 1] ?? null, count })),
    inStock: found.inStock,
  };
}

/** The way to a category, from the top. */
function crumbsTo(tree: readonly CategoryName[], category: string | undefined): Crumb[] {
  if (category === undefined) return [];
  const known = new Map(tree.map((row) => [row.code, row]));
  if (!known.has(category)) refuse('category.not_found', { category });
  return pathOf(category).flatMap((code) => {
    const row = known.get(code);
    return row === undefined ? [] : [{ code, name: row.name, nameEn: row.nameEn }];
  });
}

function groupByName(options: readonly OptionCount[]): Facets['options'] {
  return [...Map.groupBy(options, (option) => option.name)].map(([name, values]) => ({
    name,
    nameEn: values[0]?.nameEn ?? '',
    values: values.map(({ value, valueEn, count }) => ({ value, valueEn, count })),
  }));
}
