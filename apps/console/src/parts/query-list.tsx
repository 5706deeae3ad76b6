import { useSuspenseQuery } from '@tanstack/react-query';
import type { Endpoint, ParamsOf, ReplyOf } from '@tongshang/contract';
import { Button, type InputRef } from 'antd';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { type LoaderFunctionArgs, redirect, useLocation, useNavigate, useNavigation, useSearchParams } from 'react-router';
import { client, q } from '../lib/api.ts';
import { useWords } from '../lib/language.ts';
import { filtersIn, readListUrl, withPage } from '../lib/list-url.ts';
import { readAll } from '../lib/read-all.ts';
import { clearedUrl, layColumns } from '../lib/saved-views.ts';
import { useNarrow } from '../lib/screen.ts';
import { rememberTrail } from '../lib/trail.ts';
import { BulkBar, tickedMax } from './bulk-bar.tsx';
import { CardList, type Column, DataTable } from './data-table.tsx';
import { ExportButton } from './export-button.tsx';
import { type Filter, Filters } from './filters.tsx';
import { ListFoot, type Pager } from './list-foot.tsx';
import { PageHead } from './page-head.tsx';
import { useListKeys } from './use-list-keys.ts';
import { type Ticked, useTicks } from './use-ticks.ts';
import { openingSearch, useViews } from './use-views.ts';
import { ViewBar } from './view-bar.tsx';

const ColumnDialog = lazy(() => import('./column-dialog.tsx'));

interface Page {
  items: readonly unknown[];
  next: string | null;
}
/** An endpoint that answers pages. */
export type ListEndpoint = Endpoint & { reply: { _zod: { output: Page } } };
export type RowOf<E extends ListEndpoint> = ReplyOf<E>['items'][number];

interface QueryListProps<E extends ListEndpoint> {
  endpoint: E;
  /** The path's own parts, where the list belongs to one object. */
  params?: ParamsOf<E>;
  title: string;
  module?: string;
  about?: ReactNode;
  actions?: ReactNode;
  filters: readonly Filter[];
  columns: readonly Column<RowOf<E>>[];
  rowKey: (row: RowOf<E>) => string;
  href?: (row: RowOf<E>) => string;
  rowActions?: (row: RowOf<E>) => ReactNode;
  /** What stands in place of the usual page head, where the list belongs to one object. */
  head?: ReactNode;
  /** Stages with their counts, above the query row. */
  rail?: ReactNode;
  /** What to say, and to offer, while nothing exists at all. */
  empty: { sentence: string; action?: ReactNode };
  /** Acts on many rows at once; with it rows can be ticked. `filter`: what the address narrows the list to. */
  bulk?: { nameOf: (row: RowOf<E>) => string; acts: (ticked: Ticked<RowOf<E>>, filter: object) => ReactNode };
}

const isOfObject = (endpoint: Endpoint): boolean => endpoint.path.includes('/:');

/** Ensures what the list will show for this address; an address that says nothing leads to the view the list opens with. */
export const listLoader =
  (endpoint: ListEndpoint) =>
  async ({ request, params }: LoaderFunctionArgs) => {
    const url = new URL(request.url);
    if (!isOfObject(endpoint)) {
      const views = openingSearch(endpoint.path);
      const search = url.search === '' ? await views : undefined;
      if (search !== undefined) throw redirect(`${url.pathname}?${search}`);
    }
    return client.ensureQueryData(
      q(endpoint, {
        ...(isOfObject(endpoint) && { params }),
        query: readListUrl(endpoint, url.searchParams).query,
      }),
    );
  };

/** A list whose whole state is its address: view, filters, page, size. Old rows stay until the new ones are here. */
export function QueryList<E extends ListEndpoint>(props: QueryListProps<E>) {
  const { endpoint, params, title, module, about, actions, filters, columns, rowKey, href, rowActions, rail, head, empty, bulk } =
    props;
  const words = useWords();
  const [url, setUrl] = useSearchParams();
  const { query, dropped, pageNumber } = readListUrl(endpoint, url);
  const input = { ...(params !== undefined && { params }), query };
  const read = useSuspenseQuery(q(endpoint, input));
  const page = read.data as { items: RowOf<E>[]; next: string | null };
  const views = useViews(endpoint.path, url);
  const isBusy = useNavigation().state === 'loading' || read.isFetching;
  const isNarrow = useNarrow(992);
  const search = useRef<InputRef>(null);
  const place = useRef<HTMLDivElement>(null);
  const change = (next: URLSearchParams, how: 'push' | 'replace') =>
    setUrl(next, { replace: how === 'replace', preventScrollReset: true });
  const pager = usePager(url, page.next, pageNumber, change);
  const ticked = useTicks<RowOf<E>>(page.items, rowKey, bulk?.nameOf ?? rowKey);
  useListKeys(place, search, pager);
  useTrail(page.items, href);

  const laid = layColumns(columns, views.layout);
  const shown = laid.filter(({ isHidden }) => !isHidden).map(({ column }) => column);
  const cleared = clearedUrl(views.saved, endpoint.path);
  const isFiltered = filtersIn(url).length > 0;
  const table = {
    caption: title,
    columns: shown,
    rows: page.items,
    rowKey,
    density: views.layout?.density,
    ...(href && { href }),
    ...(rowActions && { rowActions }),
    ...(bulk && { ticks: ticked.ticks }),
  };
  const here = page.items.filter((row) => ticked.keys.has(rowKey(row))).length;
  const exports = <ExportButton endpoint={endpoint} input={input} title={title} columns={shown} />;
  const tools = (
    <ListTools
      columns={laid.map(({ column, isHidden }) => ({ key: column.key, title: column.title, isHidden }))}
      page={endpoint.path}
      views={views}
    >
      {exports}
    </ListTools>
  );
  return (
    <div ref={place} className={isBusy ? 'list busy' : 'list'}>
      {head ?? <PageHead title={title} {...(module !== undefined && { module })} about={about} actions={actions} />}
      <div className="card">
        {isOfObject(endpoint) ? (
          <div className="row list-tools alone">{exports}</div>
        ) : (
          <ViewBar page={endpoint.path} url={url} views={views} onChange={change}>
            {tools}
          </ViewBar>
        )}
        {rail}
        <Filters filters={filters} url={url} onChange={change} searchRef={search} cleared={cleared} />
        {dropped.length > 0 && <p className="notice">{words('list.dropped', { names: dropped.join(', ') })}</p>}
        {bulk && ticked.rows.length > 0 && (
          <BulkBar
            ticked={ticked}
            here={here}
            hasMore={here < page.items.length || page.next !== null}
            readAll={(onRows) => readAll(endpoint, input, { rowsMax: tickedMax, onRows })}
          >
            {bulk.acts(ticked, unpaged(query as object))}
          </BulkBar>
        )}
        {page.items.length > 0 && (isNarrow ? <CardList {...table} /> : <DataTable {...table} />)}
        {page.items.length === 0 && isFiltered && (
          <div className="empty">
            <p>{words('list.emptyFiltered', { things: title })}</p>
            <Button onClick={() => change(cleared, 'push')}>{words('list.clearFilters')}</Button>
          </div>
        )}
        {page.items.length === 0 && !isFiltered && (
          <div className="empty">
            <p>{empty.sentence}</p>
            {empty.action}
          </div>
        )}
        <ListFoot read={read} shown={page.items.length} pager={pager} url={url} change={change} />
      </div>
    </div>
  );
}

interface ListToolsProps {
  page: string;
  views: ReturnType<typeof useViews>;
  columns: React.ComponentProps<typeof ColumnDialog>['columns'];
  children: ReactNode;
}

function ListTools({ page, views, columns, children }: ListToolsProps) {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="row list-tools">
      <Button size="small" className="wide-only" onClick={() => setOpen(true)}>
        {words('columns.open')}
      </Button>
      {children}
      {isOpen && (
        <Suspense>
          <ColumnDialog
            page={page}
            viewId={views.current?.id ?? null}
            columns={columns}
            density={views.layout?.density ?? null}
            isOwn={views.own !== undefined}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

/** A list's query without its place in the pages. */
const unpaged = (query: object): object =>
  Object.fromEntries(Object.entries(query).filter(([name]) => name !== 'after' && name !== 'limit'));

/** Remembers which rows the list showed last, for "next" and "previous" on an object's page. */
function useTrail<Row>(rows: readonly Row[], href: ((row: Row) => string) | undefined): void {
  const { pathname, search } = useLocation();
  const list = pathname + search;
  const hrefs = href === undefined ? '' : rows.map(href).join('\n');
  // The session's storage is outside React's tree.
  useEffect(() => {
    if (hrefs !== '') rememberTrail({ list, rows: hrefs.split('\n') });
  }, [list, hrefs]);
}

function usePager(
  url: URLSearchParams,
  next: string | null,
  pageNumber: number,
  change: (url: URLSearchParams, how: 'push') => void,
): Pager {
  const navigate = useNavigate();
  return {
    pageNumber,
    // Cursors only point forward, so "back" is the browser's back.
    back: url.has('after') ? () => void navigate(-1) : undefined,
    on: next === null ? undefined : () => change(withPage(url, next, pageNumber + 1), 'push'),
  };
}
