import type { storefront as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { type CategoryName, pathOf } from '../../base/catalog/index.ts';
import { refuse } from '../../platform/fail.ts';
import { cardOf } from './card.ts';
import { bands, type Narrowed, narrow, type OptionCount } from './narrow.ts';
import { inOrder, type Shelf, type Sort } from './shelf.ts';
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
  const candidates = matched === undefined ? inOrder(shelf, query.sort, query.category) : sorted(shelf, matched, query.sort);
  const found = narrow(shelf, candidates, query, { offset: (query.page - 1) * query.limit, limit: query.limit });

  const facts = await window.cards(shelves, found.page);
  const moment = await window.moment(facts.flatMap(({ skus }) => skus));
  const cards = facts.flatMap((card) => cardOf(card, moment) ?? []);
  const isWholeShop = query.category === undefined && matched === undefined; // colours of everything would be of no use
  return {
    items: query.only === 'in_stock' ? cards.filter((card) => card.isInStock) : cards,
    total: found.total,
    page: query.page,
    pages: Math.ceil(found.total / query.limit),
    crumbs,
    facets: facetsOf(found, shelves.categories, { withOptions: !isWholeShop }),
    isApproximate: matched?.isApproximate ?? false,
    isCut: matched?.isCut ?? false,
  };
}

/** Matches that are shown, by the sort asked for; recommended is what can be had first, then the best match. */
function sorted(shelf: Shelf, { positions }: Matched, sort: Sort): ArrayLike<number> {
  const shown = positions.filter((position) => shelf.isShown[position] === true);
  if (sort !== 'recommended') return inThisOrder(shelf, shown, sort);
  const canBeHad = (position: number) => shelf.isInStock[position] === true;
  return [...shown.filter(canBeHad), ...shown.filter((position) => !canBeHad(position))];
}

/** A few products in the shelf's order: by their places there, without comparing them. */
function inThisOrder(shelf: Shelf, positions: Uint32Array, sort: Sort): Uint32Array {
  const wanted = new Uint8Array(shelf.productIds.length);
  for (const position of positions) wanted[position] = 1;
  return shelf.orders[sort].filter((position) => wanted[position] === 1);
}

function facetsOf(found: Narrowed, tree: readonly CategoryName[], { withOptions }: { withOptions: boolean }): Facets {
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
