import { formatMoney } from '@tongshang/ui/format/money';
import type { JSX } from 'preact';
import type { Freight } from '../http/desk.ts';
import { breadcrumbLd, listLd } from '../lib/json-ld.ts';
import { isNarrowed, listQuery, type ListState, type Sort, sorts } from '../lib/list-state.ts';
import type { Word } from '../lib/say.ts';
import { categoryUrl, searchUrl } from '../lib/urls.ts';
import { CardGrid, type Labels } from '../parts/card.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Site } from '../site.ts';
import type { Category, ListReply } from '../views.ts';
import { lists } from '../words/lists.ts';
import { Chips, Filters } from './list-filters.tsx';
import { NothingFound } from './nothing-found.tsx';
import { Pager } from './pager.tsx';

export interface ListView {
  categories: readonly Category[];
  /** Undefined on the search page. */
  category: Category | undefined;
  state: ListState;
  list: ListReply;
  freight: Freight;
  labels: Labels;
}

const sortWords: Readonly<Record<Sort, Word>> = {
  recommended: lists.sortPopular,
  newest: lists.sortNewest,
  price_asc: lists.sortPriceUp,
  price_desc: lists.sortPriceDown,
};

export type ListLink = (state: ListState) => string;

export function ListPage({ site, view }: { site: Site; view: ListView }) {
  const { category, state, list } = view;
  const base = category ? categoryUrl(category.code) : searchUrl;
  const linkTo: ListLink = (next) => site.href(base + listQuery(next));
  const name = category ? site.nameOf(category) : titleOf(site, state);
  const isIndexed = category !== undefined && !isNarrowed(state) && state.sort === 'recommended' && list.items.length > 0;
  const hasChoice = list.items.length > 0 || isNarrowed(state);
  const pageWords = state.page > 1 ? ` · ${site.say(lists.pageNumber, { page: state.page })}` : '';
  return (
    <Layout
      site={site}
      kind={category ? 'category' : 'search'}
      categories={view.categories}
      current={category?.code.split('/')[0]}
      searchText={state.text}
      {...(category && { crumbs: list.crumbs })}
      head={{
        title: name + pageWords,
        ...(category && {
          description: site.say(lists.categoryDescription, {
            brand: site.brand,
            category: name,
            count: list.total,
            freeFrom: formatMoney(view.freight.freeFromFen),
          }),
          canonical: base + (state.page > 1 ? `?page=${state.page}` : ''),
          jsonLd: [breadcrumbLd(site, list.crumbs), listLd(site, list.items)],
        }),
        isHidden: !isIndexed,
        image: list.items[0]?.image ?? null,
        previous: state.page > 1 ? linkTo({ ...state, page: state.page - 1 }) : undefined,
        next: state.page < list.pages ? linkTo({ ...state, page: state.page + 1 }) : undefined,
      }}
      events={eventsOf(view)}
    >
      <ListHeading site={site} name={name} view={view} />
      <Subcategories site={site} view={view} />
      <div class={hasChoice ? 'list' : undefined}>
        {hasChoice && <Filters site={site} view={view} linkTo={linkTo} action={site.href(base)} />}
        <section class="results" aria-labelledby="results">
          <h2 id="results" class="sr">
            {site.say(lists.results)}
          </h2>
          {hasChoice && <SortBar site={site} state={state} linkTo={linkTo} />}
          <Chips site={site} view={view} linkTo={linkTo} />
          {list.items.length === 0 ? (
            <NothingFound site={site} view={view} linkTo={linkTo} />
          ) : (
            <>
              <CardGrid site={site} cards={list.items} labels={view.labels} hasFirst={state.page === 1} />
              <Pager site={site} state={state} list={list} linkTo={linkTo} />
            </>
          )}
        </section>
      </div>
    </Layout>
  );
}

const titleOf = (site: Site, state: ListState): string =>
  state.text === undefined ? site.say(lists.searchEmptyTitle) : site.say(lists.searchTitle, { search: state.text });

function eventsOf({ category, state, list }: ListView) {
  if (category) return [{ name: 'Product List Viewed', properties: { category: category.code, page: state.page } }];
  if (state.text === undefined) return [];
  return [{ name: 'Products Searched', properties: { query: state.text, results: list.total, approximate: list.isApproximate } }];
}

function ListHeading({ site, name, view: { list, state } }: { site: Site; name: string; view: ListView }): JSX.Element {
  return (
    <div class="list-heading">
      <h1>{name}</h1>
      <output class="note">
        {site.say(lists.itemCount, { count: list.isCut ? `${list.total}+` : list.total })}
        {state.text !== undefined && list.isApproximate && list.total > 0 && (
          <> · {site.say(lists.approximate, { search: state.text })}</>
        )}
      </output>
    </div>
  );
}

function Subcategories({ site, view: { categories, category } }: { site: Site; view: ListView }) {
  const children = category ? categories.filter(({ parent, count }) => parent === category.code && count > 0) : [];
  if (children.length === 0) return null;
  return (
    <nav class="subcategories" aria-label={site.say(lists.subcategories)}>
      <ul>
        {children.map((child) => (
          <li key={child.code}>
            <a href={site.href(categoryUrl(child.code))}>
              {site.nameOf(child)} <span class="count">{child.count}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function SortBar({ site, state, linkTo }: { site: Site; state: ListState; linkTo: ListLink }) {
  return (
    <nav class="sort" aria-label={site.say(lists.sort)}>
      <ul>
        {sorts.map((sort) => (
          <li key={sort}>
            <a href={linkTo({ ...state, sort, page: 1 })} aria-current={sort === state.sort ? 'true' : undefined} rel="nofollow">
              {site.say(sort === 'recommended' && state.text !== undefined ? lists.sortRelevance : sortWords[sort])}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
