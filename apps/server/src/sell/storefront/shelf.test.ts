import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bands, countFacets, type Filters, pageOf } from './narrow.ts';
import { inOrder, makeShelf, putOnShelf, type Shelf, type ShelfRow, type Sort } from './shelf.ts';

const sorts = ['recommended', 'newest', 'price_asc', 'price_desc'] as const;
const options = ['颜色:红', '颜色:蓝', '尺码:S', '尺码:M'] as const;
const english: Readonly<Record<string, string>> = { '颜色:红': 'Colour:Red', '颜色:蓝': 'Colour:Blue', '尺码:S': 'Size:S', '尺码:M': 'Size:M' }; // prettier-ignore

const aRow = fc
  .record({
    productId: fc.integer({ min: 1, max: 30 }).map((n) => `p${String(n).padStart(3, '0')}`),
    category: fc.constantFrom('a', 'a/x', 'a/y', 'a/y/z', 'ab', 'b'),
    brand: fc.constantFrom('', '谷雨', '小米'),
    options: fc.subarray([...options]),
    priceFen: fc.option(fc.constantFrom(0, 4_999, 5_000, 19_900, 999_999), { freq: 6 }),
    isInStock: fc.boolean(),
    createdUs: fc.integer({ min: 1, max: 5 }),
  })
  .map((row) => ({ ...row, optionsEn: row.options.map((option) => english[option] ?? '') }));
/** What was written, transaction by transaction. */
const writes = fc
  .array(fc.array(aRow, { maxLength: 12 }), { maxLength: 6 })
  .map((all) => all.map((rows, at) => rows.map((row) => ({ ...row, changed: at + 1 }))));

/** The shelf after all writes, and the rows as they are last. */
function follow(all: readonly (readonly ShelfRow[])[]): { shelf: Shelf; rows: ShelfRow[] } {
  const shelf = makeShelf();
  const last = new Map<string, ShelfRow>();
  for (const rows of all) {
    const once = [...new Map(rows.map((row) => [row.productId, row])).values()];
    putOnShelf(shelf, once);
    for (const row of once) last.set(row.productId, row);
  }
  return { shelf, rows: [...last.values()].filter((row) => row.priceFen !== null) };
}

const isWithin = (category: string | undefined) => (row: ShelfRow) =>
  category === undefined || row.category === category || row.category.startsWith(`${category}/`);
const idsOf = (shelf: Shelf, positions: Iterable<number>) => [...positions].map((position) => shelf.productIds[position]);

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const newest = (a: ShelfRow, b: ShelfRow) => b.createdUs - a.createdUs || text(b.productId, a.productId);
/** The four orders as the words say them, slowly. */
function sortedBy(rows: readonly ShelfRow[], sort: Sort): ShelfRow[] {
  const rank = (row: ShelfRow) =>
    rows
      .filter((other) => other.category === row.category)
      .toSorted(newest)
      .indexOf(row);
  const price = (row: ShelfRow) => row.priceFen ?? 0;
  const compare = {
    newest,
    price_asc: (a: ShelfRow, b: ShelfRow) => price(a) - price(b) || text(a.productId, b.productId),
    price_desc: (a: ShelfRow, b: ShelfRow) => price(b) - price(a) || text(a.productId, b.productId),
    recommended: (a: ShelfRow, b: ShelfRow) => Number(b.isInStock) - Number(a.isInStock) || rank(a) - rank(b) || newest(a, b),
  };
  return rows.toSorted(compare[sort]);
}

test('whatever is written in whatever order, each order of the shelf is the order of the rows as they are now, in every category', () => {
  fc.assert(
    fc.property(writes, fc.constantFrom(undefined, 'a', 'a/y', 'b', 'none'), (all, category) => {
      const { shelf, rows } = follow(all);
      for (const sort of sorts) {
        const expected = sortedBy(rows, sort).filter(isWithin(category));
        expect(idsOf(shelf, inOrder(shelf, sort, category))).toEqual(expected.map((row) => row.productId));
      }
    }),
    { numRuns: 300 },
  );
});

const someFilters: fc.Arbitrary<Filters> = fc.record(
  {
    category: fc.constantFrom('a', 'a/y'),
    brand: fc.subarray(['谷雨', '小米', '无此牌']),
    option: fc.subarray([...options, '颜色:绿', '无:无']),
    priceMinFen: fc.constantFrom(0, 5_000),
    priceMaxFen: fc.constantFrom(4_999, 50_000),
    only: fc.constant('in_stock' as const),
  },
  { requiredKeys: ['brand', 'option'] },
);

/** Names of the filters a row fails. */
function failed(row: ShelfRow, filters: Filters): string[] {
  const groups = Map.groupBy(filters.option, (option) => option.split(':')[0] ?? '');
  const price = row.priceFen ?? 0;
  return [
    ...(filters.brand.length > 0 && !filters.brand.includes(row.brand) ? ['brand'] : []),
    ...(filters.only === 'in_stock' && !row.isInStock ? ['stock'] : []),
    ...(price < (filters.priceMinFen ?? 0) || price > (filters.priceMaxFen ?? Infinity) ? ['price'] : []),
    ...[...groups].flatMap(([name, values]) => (values.some((value) => row.options.includes(value)) ? [] : [`option:${name}`])),
  ];
}

const countsBy = <T>(rows: readonly T[], keyOf: (row: T) => string): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(rows, keyOf)].map(([key, some]) => [key, some.length]));

test('every count is the number of products that fail nothing but that facet; the page is what passes all, in order', () => {
  fc.assert(
    fc.property(writes, someFilters, fc.integer({ min: 0, max: 4 }), (all, filters, offset) => {
      const { shelf, rows } = follow(all);
      const candidates = inOrder(shelf, 'price_asc', filters.category);
      const counts = countFacets(shelf, candidates, filters);
      const inside = sortedBy(rows, 'price_asc').filter(isWithin(filters.category));
      const failingOnly = (facet: string) => inside.filter((row) => failed(row, filters).every((name) => name === facet));
      const passing = failingOnly('');
      expect(counts.total).toBe(passing.length);
      const page = pageOf(shelf, candidates, filters, { offset, limit: 3 });
      expect(idsOf(shelf, page)).toEqual(passing.slice(offset, offset + 3).map((row) => row.productId));
      const brands = failingOnly('brand').filter((row) => row.brand !== '');
      expect(Object.fromEntries(counts.brands.map(({ value, count }) => [value, count]))).toEqual(countsBy(brands, (row) => row.brand)); // prettier-ignore
      expect(counts.inStock).toBe(failingOnly('stock').filter((row) => row.isInStock).length);
      const band = (row: ShelfRow) => String(bands.findLastIndex((from) => (row.priceFen ?? 0) >= from));
      expect(Object.fromEntries(counts.prices.map((row) => [row.band, row.count]))).toEqual(countsBy(failingOnly('price'), band));
      const chosen = ['颜色', '尺码'].flatMap((name) =>
        failingOnly(`option:${name}`).flatMap((row) => row.options.filter((option) => option.startsWith(name))),
      );
      expect(Object.fromEntries(counts.options.map(({ name, value, count }) => [`${name}:${value}`, count]))).toEqual(countsBy(chosen, (option) => option)); // prettier-ignore
      const depth = filters.category?.split('/').length ?? 0;
      const children = passing.filter((row) => row.category.split('/').length > depth);
      const child = (row: ShelfRow) => row.category.split('/').slice(0, depth + 1).join('/'); // prettier-ignore
      expect(Object.fromEntries(counts.categories.map(({ code, count }) => [code, count]))).toEqual(countsBy(children, child));
    }),
    { numRuns: 300 },
  );
});

test('sixty thousand products: a change is taken over and a category counted without sorting or reading all anew', () => {
  const row = (n: number, changed: number): ShelfRow => ({
    productId: `p${String(n).padStart(6, '0')}`, category: `c${n % 8}/d${n % 48}`, brand: `brand ${n % 49}`, options: [`颜色:${n % 8}`, `尺码:${n % 5}`],
    optionsEn: [`Colour:${n % 8}`, `Size:${n % 5}`], priceFen: 1000 + ((n * 7919) % 90_000), isInStock: n % 8 !== 0, createdUs: n, changed,
  }); // prettier-ignore
  const shelf = makeShelf();
  putOnShelf(
    shelf,
    Array.from({ length: 60_000 }, (_, n) => row(n, 1)),
  );
  const timed = (work: () => void) => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  };
  const fastest = (work: (round: number) => void) =>
    Math.min(...Array.from({ length: 5 }, (_, round) => timed(() => work(round))));
  expect(
    fastest((round) => putOnShelf(shelf, Array.from({ length: 50 }, (_, n) => ({ ...row(n * 999, round + 2), priceFen: round })))),
  ).toBeLessThan(400); // prettier-ignore
  expect(fastest(() => countFacets(shelf, inOrder(shelf, 'newest', 'c3'), { brand: ['brand 3'], option: ['颜色:3'] }))).toBeLessThan(100); // prettier-ignore
});
