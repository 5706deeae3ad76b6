// Cutting a list down and counting what it can be cut down to, pure: one look at each candidate.
import type { Shelf } from './shelf.ts';

/** Lower ends of the price bands, fen. */
export const bands = [0, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000];
const [brandsMax, optionsMax] = [30, 200];

export interface Filters {
  category?: string | undefined;
  brand: readonly string[];
  /** `name:value`. */
  option: readonly string[];
  priceMinFen?: number | undefined;
  priceMaxFen?: number | undefined;
  only?: 'in_stock' | undefined;
}

export interface OptionCount {
  name: string;
  nameEn: string;
  value: string;
  valueEn: string;
  count: number;
}

export interface Counts {
  total: number;
  /** Codes of the next level below the category, the commonest first. */
  categories: { code: string; count: number }[];
  brands: { value: string; count: number }[];
  options: OptionCount[];
  prices: { band: number; count: number }[];
  inStock: number;
}

// which one filter a product fails; from `option` on, one number a name of options
const miss = { nothing: 0, brand: 1, stock: 2, price: 3, option: 4 } as const;

/** The products of one page, of candidates within the category: looks no further than the page's end. */
export function pageOf(
  shelf: Shelf,
  candidates: Uint32Array,
  filters: Filters,
  { offset, limit }: { offset: number; limit: number },
): number[] {
  const failing = failureOf(shelf, filters);
  const page: number[] = [];
  if (failing.isNever) return [...candidates.subarray(offset, offset + limit)];
  let passed = 0;
  for (let at = 0; at < candidates.length && page.length < limit; at += 1) {
    const position = candidates[at] ?? 0;
    if (failing.of(position) !== miss.nothing) continue;
    if (passed >= offset) page.push(position);
    passed += 1;
  }
  return page;
}

/**
 * What candidates within the category can be narrowed to; does not depend on their order. Several values of a facet widen, several facets
 * narrow; a facet counts the products that fail nothing but itself, so that a second value can still be chosen.
 */
export function countFacets(shelf: Shelf, candidates: Uint32Array, filters: Filters): Counts {
  const failing = failureOf(shelf, filters);
  const [categories, brands, options] = [shelf.categories, shelf.brands, shelf.options].map(({ words }) => new Uint32Array(words.length)) as [Uint32Array, Uint32Array, Uint32Array]; // prettier-ignore
  const prices = new Uint32Array(bands.length);
  let [total, inStock] = [0, 0];
  for (let at = 0; at < candidates.length; at += 1) {
    const position = candidates[at] ?? 0;
    const failed = failing.isNever ? miss.nothing : failing.of(position);
    if (failed < 0) continue;
    const isIn = failed === miss.nothing;
    if (isIn) {
      total += 1;
      tally(categories, shelf.category[position]);
    }
    if (isIn || failed === miss.brand) tally(brands, shelf.brand[position]);
    if (isIn || failed === miss.price) tally(prices, bandOf(shelf.priceFen[position] ?? 0));
    if ((isIn || failed === miss.stock) && shelf.isInStock[position] === true) inStock += 1;
    if (isIn || failed >= miss.option)
      for (const choice of shelf.choices[position] ?? [])
        if (isIn || shelf.nameOfOption[choice] === failing.names[failed - miss.option]) tally(options, choice);
  }
  return {
    total,
    categories: childCounts(shelf, filters.category, categories),
    brands: brandCounts(shelf, brands),
    options: optionCounts(shelf, options),
    prices: [...prices].flatMap((count, band) => (count === 0 ? [] : [{ band, count }])),
    inStock,
  };
}

const tally = (counts: Uint32Array, at: number | undefined): void => {
  if (at !== undefined) counts[at] = (counts[at] ?? 0) + 1;
};

interface Failing {
  /** The one filter that a product fails, `nothing`, or −1 when it fails two. */
  of: (position: number) => number;
  /** Nothing is asked for that could be failed. */
  isNever: boolean;
  /** Numbers of the option names asked for. */
  names: number[];
}

function failureOf(shelf: Shelf, filters: Filters): Failing {
  const brands = filters.brand.length === 0 ? undefined : new Set(filters.brand.map((brand) => shelf.brands.ids.get(brand)));
  const groups = [...Map.groupBy(filters.option, (option) => option.split(':')[0] ?? '')].map(([name, values]) => ({
    name: shelf.optionNames.ids.get(name) ?? -1,
    ids: new Set(shelf.optionWords.flatMap((word, id) => (values.includes(`${word.name}:${word.value}`) ? [id] : []))),
  }));
  const [least, most] = [filters.priceMinFen ?? 0, filters.priceMaxFen ?? Number.MAX_SAFE_INTEGER];
  const wantsStock = filters.only === 'in_stock';
  const of = (position: number): number => {
    let failed: number = miss.nothing;
    const price = shelf.priceFen[position] ?? 0;
    if (brands !== undefined && !brands.has(shelf.brand[position])) failed = miss.brand;
    if (wantsStock && shelf.isInStock[position] !== true) failed = failed === miss.nothing ? miss.stock : -1;
    if (price < least || price > most) failed = failed === miss.nothing ? miss.price : -1;
    for (let group = 0; group < groups.length && failed >= 0; group += 1) {
      if (shelf.choices[position]?.some((choice) => groups[group]?.ids.has(choice)) === true) continue;
      failed = failed === miss.nothing ? miss.option + group : -1;
    }
    return failed;
  };
  const isPriced = filters.priceMinFen !== undefined || filters.priceMaxFen !== undefined;
  return {
    of,
    isNever: brands === undefined && groups.length === 0 && !wantsStock && !isPriced,
    names: groups.map(({ name }) => name),
  };
}

/** Products by the next level below a category, from counts by their own category. */
function childCounts(
  { categories }: Shelf,
  category: string | undefined,
  counts: Uint32Array,
): { code: string; count: number }[] {
  const depth = category === undefined ? 0 : category.split('/').length;
  const children = new Map<string, number>();
  counts.forEach((count, id) => {
    const parts = (categories.words[id] ?? '').split('/');
    if (count === 0 || parts.length <= depth) return;
    const code = parts.slice(0, depth + 1).join('/');
    children.set(code, (children.get(code) ?? 0) + count);
  });
  return [...children].map(([code, count]) => ({ code, count })).toSorted((a, b) => b.count - a.count || inText(a.code, b.code));
}

function brandCounts({ brands }: Shelf, counts: Uint32Array): Counts['brands'] {
  const found = [...counts].flatMap((count, id) => (count === 0 ? [] : [{ value: brands.words[id] ?? '', count }]));
  return found
    .filter(({ value }) => value !== '')
    .toSorted((a, b) => b.count - a.count || inText(a.value, b.value))
    .slice(0, brandsMax);
}

/** Counts by name and value; of several translations the first in the alphabet stands. */
function optionCounts({ optionWords }: Shelf, counts: Uint32Array): OptionCount[] {
  const found = new Map<string, OptionCount>();
  counts.forEach((count, id) => {
    const word = optionWords[id];
    if (count === 0 || word === undefined) return;
    const key = `${word.name}:${word.value}`;
    const known = found.get(key) ?? { ...word, count: 0 };
    found.set(key, {
      ...known,
      nameEn: word.nameEn < known.nameEn ? word.nameEn : known.nameEn,
      valueEn: word.valueEn < known.valueEn ? word.valueEn : known.valueEn,
      count: known.count + count,
    });
  });
  return [...found.values()]
    .toSorted((a, b) => b.count - a.count)
    .slice(0, optionsMax)
    .toSorted((a, b) => inText(a.name, b.name) || b.count - a.count || inText(a.value, b.value));
}

/** 0 for a price below the second band's lower end, and so on. */
function bandOf(priceFen: number): number {
  let band = bands.length - 1;
  while (band > 0 && priceFen < (bands[band] ?? 0)) band -= 1;
  return band;
}

/** Byte order, as the database sorts. */
const inText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
