import { useSuspenseQuery } from '@tanstack/react-query';
import type { Endpoint, ParamsOf, ReplyOf } from '@tongshang/contract';
import { Button, type InputRef, Select } from 'antd';
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import { type LoaderFunctionArgs, useNavigate, useNavigation, useSearchParams } from 'react-router';
import { client, q } from '../lib/api.ts';
import { useFormat } from '../lib/format.ts';
import { isTypingIn, keyAct, type ListAct } from '../lib/keys.ts';
import { useWords } from '../lib/language.ts';
import { filtersIn, readListUrl, withFilter, withPage } from '../lib/list-url.ts';
import { usePreferences } from '../lib/preferences.ts';
import { useNarrow } from '../lib/screen.ts';
import { CardList, type Column, DataTable } from './data-table.tsx';
import { type Filter, Filters } from './filters.tsx';
import { PageHead } from './page-head.tsx';

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
}

/** Ensures what the list will show for this address. */
export const listLoader =
  (endpoint: ListEndpoint) =>
  ({ request, params }: LoaderFunctionArgs) =>
    client.ensureQueryData(
      q(endpoint, {
        ...(endpoint.path.includes('/:') && { params }),
        query: readListUrl(endpoint, new URL(request.url).searchParams).query,
      }),
    );

/** A list whose whole state is its address: filters, page, size. Old rows stay until the new ones are here. */
export function QueryList<E extends ListEndpoint>(props: QueryListProps<E>) {
  const { endpoint, params, title, module, about, actions, filters, columns, rowKey, href, rowActions, rail, head, empty } =
    props;
  const words = useWords();
  const [url, setUrl] = useSearchParams();
  const { query, dropped, pageNumber } = readListUrl(endpoint, url);
  const read = useSuspenseQuery(q(endpoint, { ...(params !== undefined && { params }), query }));
  const page = read.data as { items: RowOf<E>[]; next: string | null };
  const isBusy = useNavigation().state === 'loading' || read.isFetching;
  const isNarrow = useNarrow(992);
  const search = useRef<InputRef>(null);
  const place = useRef<HTMLDivElement>(null);
  const change = (next: URLSearchParams, how: 'push' | 'replace') =>
    setUrl(next, { replace: how === 'replace', preventScrollReset: true });
  const pager = usePager(url, page.next, pageNumber, change);
  useListKeys(place, search, pager);

  const isFiltered = filtersIn(url).length > 0;
  const table = { caption: title, columns, rows: page.items, rowKey, ...(href && { href }), ...(rowActions && { rowActions }) };
  return (
    <div ref={place} className={isBusy ? 'list busy' : 'list'}>
      {head ?? <PageHead title={title} {...(module !== undefined && { module })} about={about} actions={actions} />}
      <div className="card">
        {rail}
        <Filters filters={filters} url={url} onChange={change} searchRef={search} />
        {dropped.length > 0 && <p className="notice">{words('list.dropped', { names: dropped.join(', ') })}</p>}
        {page.items.length > 0 && (isNarrow ? <CardList {...table} /> : <DataTable {...table} />)}
        {page.items.length === 0 && isFiltered && (
          <div className="empty">
            <p>{words('list.emptyFiltered', { things: title })}</p>
            <Button onClick={() => change(new URLSearchParams(), 'push')}>{words('list.clearFilters')}</Button>
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

interface Pager {
  pageNumber: number;
  back: (() => void) | undefined;
  on: (() => void) | undefined;
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

interface FootProps {
  read: { dataUpdatedAt: number; refetch: () => unknown; isFetching: boolean };
  shown: number;
  pager: Pager;
  url: URLSearchParams;
  change: (url: URLSearchParams, how: 'push') => void;
}

function ListFoot({ read, shown, pager, url, change }: FootProps) {
  const words = useWords();
  const { time } = useFormat();
  return (
    <footer className="list-foot">
      <span aria-live="polite">{words('list.shown', { count: shown })}</span>
      <span className="second">
        {words('list.asOf', { time: time(read.dataUpdatedAt) })}{' '}
        <Button type="link" size="small" disabled={read.isFetching} onClick={() => void read.refetch()}>
          {words('act.refresh')}
        </Button>
      </span>
      <span className="spring" />
      <Select
        size="small"
        aria-label={words('list.pageSize')}
        value={url.get('limit') ?? '50'}
        options={['20', '50', '100', '200'].map((size) => ({ value: size, label: words('list.rows', { size }) }))}
        onChange={(size) => change(withFilter(url, { limit: size === '50' ? undefined : size }), 'push')}
      />
      <nav aria-label={words('list.pages')} className="row">
        <Button size="small" disabled={pager.back === undefined} onClick={pager.back}>
          {words('list.previousPage')}
        </Button>
        <span className="second">{words('list.page', { page: pager.pageNumber })}</span>
        <Button size="small" disabled={pager.on === undefined} onClick={pager.on}>
          {words('list.nextPage')}
        </Button>
      </nav>
    </footer>
  );
}

/** `/` search, `J` `K` rows, `[` `]` pages, `F` filters; `Enter` on a row is the link's own. */
function useListKeys(
  place: React.RefObject<HTMLDivElement | null>,
  search: React.RefObject<InputRef | null>,
  pager: Pager,
): void {
  const { keys } = usePreferences();
  const act = useEffectEvent((what: ListAct) => {
    if (what === 'search') search.current?.focus({ cursor: 'all' });
    else if (what === 'page-on') pager.on?.();
    else if (what === 'page-back') pager.back?.();
    else if (what === 'filters') place.current?.querySelector<HTMLElement>('[data-filters], .filters .choice input')?.focus();
    else if (what === 'export') place.current?.querySelector<HTMLElement>('[data-export]')?.click();
    else focusRow(place.current, what === 'next' ? 1 : -1);
  });
  const areLettersOn = keys === 'on';
  // Keys are pressed on the document, not on an element of ours.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isOnRow = document.activeElement?.matches('[data-row]') ?? false;
      const meant = keyAct(event, { isTyping: isTypingIn(document.activeElement), isOnRow, isWaiting: false, areLettersOn });
      if (meant?.do !== 'list') return;
      event.preventDefault();
      act(meant.act);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [areLettersOn]);
}

function focusRow(place: HTMLDivElement | null, step: 1 | -1): void {
  const rows = [...(place?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step];
  next?.focus();
}
