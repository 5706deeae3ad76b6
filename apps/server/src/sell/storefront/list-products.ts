import type { storefront as contract } from '@tongshang/contract';
import { type RawBuilder, sql } from 'kysely';
import type * as z from 'zod';
import { listCategories, type Matches, matchProducts, pathOf } from '../../base/catalog/index.ts';
import { run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { type CardFacts, cardOf } from './card.ts';
import { momentOf } from './moment.ts';

export type ListProducts = z.output<typeof contract.listProducts.query>;
type ProductList = z.input<typeof contract.listProducts.reply>;
type Crumb = z.input<typeof contract.Crumb>;

/** Lower ends of the price bands, fen. */
const bands = [0, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000];

interface Found {
  total: number;
  cards: CardFacts[];
  crumbs: Crumb[] | null;
  categories: (Crumb & { count: number })[];
  brands: { value: string; count: number }[];
  options: { name: string; nameEn: string; value: string; valueEn: string; count: number }[];
  prices: { band: number; count: number }[];
  inStock: number;
}

/**
 * One page of the shop's list with its facets: at most four statements, whatever the number of products. Filters and sort follow the
 * cards, which may be a minute old; every price and every "in stock" that is shown is of this moment. Refuses `category.not_found`.
 */
export async function listProducts(tx: Tx, query: ListProducts, at: Date): Promise<ProductList> {
  const matches = query.text === undefined || query.text === '' ? undefined : await matchProducts(tx, query.text);
  const [found] = await run(tx, listStatement(query, matches));
  if (found === undefined) throw new Error('the list statement always answers one row');
  const crumbs = query.category === undefined ? [] : (found.crumbs ?? (await crumbsOf(tx, query.category)));

  const moment = await momentOf(
    tx,
    found.cards.flatMap((card) => card.skus),
    at,
  );
  const cards = found.cards.flatMap((facts) => cardOf(facts, moment) ?? []);
  return {
    items: query.only === 'in_stock' ? cards.filter((card) => card.isInStock) : cards,
    total: found.total,
    page: query.page,
    pages: Math.ceil(found.total / query.limit),
    crumbs,
    facets: {
      categories: found.categories,
      brands: found.brands,
      options: groupByName(found.options),
      prices: found.prices.map(({ band, count }) => ({ fromFen: bands[band - 1] ?? 0, toFen: bands[band] ?? null, count })),
      inStock: found.inStock,
    },
    isApproximate: matches?.isApproximate ?? false,
  };
}

/** Counts of a facet ignore its own filter (`misses` holds the others only), so that a second value can still be chosen. */
function listStatement(query: ListProducts, matches: Matches | undefined): RawBuilder<Found> {
  const depth = query.category === undefined ? 0 : query.category.split('/').length;
  const withOptions = query.category !== undefined || matches !== undefined; // over the whole shop they would be of no use and cost the most
  return sql<Found>`
    with candidate as materialized (
      select c.product_id, c.category, c.brand, c.price_fen, c.is_in_stock, c.created_at, ${withOptions ? sql`c.options, c.options_en,` : sql``}
        ${positionOf(query, matches)} as position,
        array_remove(array[${sql.join(missesOf(query))}]::text[], null) as misses
      from storefront.card c ${matchesJoin(matches)}
      where c.price_fen is not null ${query.category === undefined ? sql`` : sql`and ${within(query.category)}`}
    ),
    page as (
      select product_id, row_number() over () as place from (
        select product_id from candidate where misses = '{}' order by ${orderOf(query.sort)}
        limit ${query.limit} offset ${(query.page - 1) * query.limit}
      ) sorted
    )
    select (select count(*)::int from candidate where misses = '{}') as total,
      (select coalesce(jsonb_agg(c.display || jsonb_build_object('productId', c.product_id, 'slug', c.slug, 'brand', c.brand,
        'category', c.category) order by page.place), '[]') from page join storefront.card c using (product_id)) as cards,
      (select jsonb_path_query_array(k.crumbs, ${`$[0 to ${Math.max(0, depth - 1)}]`}::jsonpath)
        from candidate join storefront.card k using (product_id) limit 1) as crumbs,
      (select coalesce(jsonb_agg(crumb || jsonb_build_object('count', count) order by count desc, crumb->>'code'), '[]') from (
        select count(*)::int as count, min(category) as within from candidate where misses = '{}'
          and split_part(category, '/', ${depth + 1}) <> ''
        group by split_part(category, '/', ${depth + 1})
      ) f cross join lateral (
        select k.crumbs->${depth}::int as crumb from storefront.card k where k.category = within and k.price_fen is not null limit 1
      ) named) as categories,
      (select coalesce(jsonb_agg(jsonb_build_object('value', brand, 'count', count) order by count desc, brand), '[]') from (
        select brand, count(*)::int as count from candidate where misses <@ '{brand}' and brand <> '' group by 1 order by 2 desc, 1 limit 30
      ) f) as brands,
      ${withOptions ? optionFacet : sql`'[]'::jsonb`} as options,
      (select coalesce(jsonb_agg(jsonb_build_object('band', band, 'count', count) order by band), '[]') from (
        select width_bucket(price_fen, ${bands}::bigint[]) as band, count(*)::int as count from candidate where misses <@ '{price}' group by 1
      ) f) as prices,
      (select count(*)::int from candidate where misses <@ '{stock}' and is_in_stock) as "inStock"`;
}

const matchesJoin = (matches: Matches | undefined) =>
  matches === undefined
    ? sql``
    : sql`join unnest(${matches.productIds}::uuid[]) with ordinality as m (product_id, position) using (product_id)`;

/** Where a card stands when sorted as recommended: by match, or the newest of its category first. Other sorts need no such work. */
function positionOf({ sort }: ListProducts, matches: Matches | undefined): RawBuilder<unknown> {
  if (matches !== undefined) return sql`m.position`;
  return sort === 'recommended'
    ? sql`row_number() over (partition by c.category order by c.created_at desc, c.product_id desc)`
    : sql`0`;
}

const optionFacet = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('name', name, 'nameEn', name_en, 'value', value, 'valueEn', value_en, 'count', count)
    order by name, count desc, value), '[]')
  from (
    select split_part(o, ':', 1) as name, min(split_part(o_en, ':', 1)) as name_en, substr(o, strpos(o, ':') + 1) as value,
      min(substr(o_en, strpos(o_en, ':') + 1)) as value_en, count(*)::int as count
    from candidate, unnest(options, options_en) as each (o, o_en)
    where misses <@ array['option:' || split_part(o, ':', 1)] group by 1, 3 order by count desc limit 200
  ) f)`;

/** One expression a filter in force: its name where a card fails it, else null. */
function missesOf(query: ListProducts): RawBuilder<unknown>[] {
  const misses: RawBuilder<unknown>[] = [sql`null`];
  if (query.brand.length > 0) misses.push(sql`case when c.brand <> all(${query.brand}::text[]) then 'brand' end`);
  if (query.only === 'in_stock') misses.push(sql`case when not c.is_in_stock then 'stock' end`);
  if (query.priceMinFen !== undefined || query.priceMaxFen !== undefined)
    misses.push(
      sql`case when c.price_fen not between ${query.priceMinFen ?? 0} and ${query.priceMaxFen ?? Number.MAX_SAFE_INTEGER} then 'price' end`,
    );
  for (const [name, values] of Map.groupBy(query.option, (option) => option.split(':')[0] ?? ''))
    misses.push(sql`case when not c.options && ${values}::text[] then ${`option:${name}`} end`);
  return misses;
}

function orderOf(sort: ListProducts['sort']): RawBuilder<unknown> {
  switch (sort) {
    case 'recommended': // best match first; without words, the newest of each category in turn, so that the first page shows the breadth
      return sql`is_in_stock desc, position, created_at desc, product_id desc`;
    case 'newest':
      return sql`created_at desc, product_id desc`;
    case 'price_asc':
      return sql`price_fen, product_id`;
    case 'price_desc':
      return sql`price_fen desc, product_id`;
  }
}

/** A category and what is below it, as a range of codes that the index knows: `0` is the letter after `/`. */
export const within = (category: string) =>
  sql`(c.category = ${category} or (c.category > ${`${category}/`} and c.category < ${`${category}0`}))`;

/** The way to a category that has nothing for sale. */
async function crumbsOf(tx: Tx, category: string): Promise<Crumb[]> {
  const known = new Map((await listCategories(tx)).map((row) => [row.code, row]));
  if (!known.has(category)) refuse('category.not_found', { category });
  return pathOf(category).flatMap((code) => known.get(code) ?? []);
}

function groupByName(options: Found['options']): ProductList['facets']['options'] {
  return [...Map.groupBy(options, (option) => option.name)].map(([name, values]) => ({
    name,
    nameEn: values[0]?.nameEn ?? '',
    values: values.map(({ value, valueEn, count }) => ({ value, valueEn, count })),
  }));
}
