import { useSuspenseQuery } from '@tanstack/react-query';
import { inventory, orders, type QueryOf } from '@tongshang/contract';
import { channels, orderAttentions, orderStates } from '@tongshang/ui';
import { Link, type LoaderFunctionArgs, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { readListUrl, withFilter } from '../../lib/list-url.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { type Stage, StageRail } from '../../parts/stage-rail.tsx';
import { useMay, useSession } from '../../lib/session.ts';
import { StatusTag } from '../../parts/status-tag.tsx';
import { BulkActs } from './bulk-acts.tsx';

// Counts look through the same filters as the rows, except the stage itself.
const counts = (url: URLSearchParams) => {
  const { query } = readListUrl(orders.listOrders, url);
  const { state, attention, after, limit, ...rest } = query as QueryOf<typeof orders.listOrders>;
  return q(orders.countOrders, { query: rest });
};
const places = q(inventory.listLocations);

export const loader = async (args: LoaderFunctionArgs) => {
  const url = new URL(args.request.url).searchParams;
  await Promise.all([listLoader(orders.listOrders)(args), client.ensureQueryData(counts(url)), client.ensureQueryData(places)]);
  return null;
};

const columnsIn = (storeName: (code: string) => string): readonly Column<RowOf<typeof orders.listOrders>>[] => [
  { key: 'number', title: 'orders.number', show: (order) => order.number },
  { key: 'placedAt', title: 'orders.placedAt', isTight: true, show: (order, { f }) => f.instant(order.placedAt), card: 'second' },
  { key: 'paidAt', title: 'orders.paidAt', isExtra: true, isTight: true, show: (order, { f }) => f.instant(order.paidAt) },
  {
    key: 'who',
    title: 'orders.recipient',
    isTight: true,
    show: (order) => [order.recipientName, order.recipientPhone].filter(Boolean).join(' ') || '—',
    card: 'second',
  },
  {
    key: 'channel',
    title: 'orders.channel',
    show: (order, { term }) => (order.store === null ? term(channels, order.channel) : storeName(order.store)),
    card: 'second',
  },
  { key: 'units', title: 'orders.units', isNumber: true, show: (order, { f }) => f.count(order.units) },
  {
    key: 'total',
    title: 'orders.total',
    isNumber: true,
    show: (order, { f }) => f.money(order.totalFen, order.currency),
    card: 'right',
  },
  {
    key: 'state',
    title: 'orders.state',
    card: 'status',
    text: (order, { term }) =>
      [term(orderStates, order.state), order.attention === null ? '' : term(orderAttentions, order.attention)].join(' ').trim(),
    show: (order) => (
      <span className="row">
        <StatusTag status={orderStates[order.state]} code={order.state} />
        {order.attention && <StatusTag status={orderAttentions[order.attention]} code={order.attention} />}
      </span>
    ),
  },
];

const baseFilters: readonly Filter[] = [
  { kind: 'search', name: 'text', label: 'orders.search' },
  { kind: 'choice', name: 'state', label: 'orders.state', terms: orderStates, isMany: true },
  { kind: 'choice', name: 'channel', label: 'orders.channel', terms: channels },
  { kind: 'days', name: 'placed', from: 'from', to: 'to', label: 'orders.placedAt' },
];

export function Page() {
  const words = useWords();
  const name = useName();
  const term = useTerm();
  const { data: locations } = useSuspenseQuery(places);
  const attentions = [
    { value: 'any', label: words('orders.anyAttention') },
    ...orders.attentions.map((value) => ({ value, label: term(orderAttentions, value) })),
  ];
  const stores = locations.items.filter((one) => one.kind === 'store').map((one) => ({ value: one.code, label: name(one) }));
  return (
    <QueryList
      endpoint={orders.listOrders}
      title={words('nav.orders')}
      module={words('wing.sell')}
      actions={
        <>
          <BulkRuns />
          <NewOrder />
        </>
      }
      rail={<Stages />}
      filters={[
        ...baseFilters,
        { kind: 'list', name: 'attention', label: 'orders.attention', options: attentions },
        { kind: 'list', name: 'store', label: 'orders.store', options: stores },
      ]}
      columns={columnsIn((code) => stores.find(({ value }) => value === code)?.label ?? code)}
      rowKey={(order) => order.id}
      href={(order) => `/sell/orders/${order.id}`}
      bulk={{ nameOf: (order) => order.number, acts: (ticked, filter) => <BulkActs ticked={ticked} filter={filter} /> }}
      empty={{ sentence: words('orders.empty'), action: <NewOrder /> }}
    />
  );
}

/** The way to what was done to many orders at once, for those who may do so. */
function BulkRuns() {
  const words = useWords();
  const mayDo = useMay();
  if (!mayDo('orders.release') && !mayDo('orders.cancel')) return null;
  return (
    <Link className="button-link" to="/sell/orders/bulk">
      {words('bulk.runs')}
    </Link>
  );
}

/** The way to take an order for a customer, and for those of a store to the till. */
function NewOrder() {
  const words = useWords();
  const mayPlace = useMay()('orders.place');
  const { location } = useSession();
  if (!mayPlace) return null;
  const toOrder = (
    <Link className="button-link" to="/sell/orders/new">
      {words('newOrder.open')}
    </Link>
  );
  return (
    <>
      <Link className={location === null ? 'button-link' : 'button-link primary'} to="/sell/till">
        {words('till.open')}
      </Link>
      {toOrder}
    </>
  );
}

function Stages() {
  const words = useWords();
  const term = useTerm();
  const [url] = useSearchParams();
  const { data } = useSuspenseQuery(counts(url));
  const chosen = url.getAll('state');
  const to = (changes: Parameters<typeof withFilter>[1]) =>
    `?${withFilter(url, { state: undefined, attention: undefined, ...changes })}`;
  const stages: Stage[] = [
    {
      key: 'all',
      name: words('list.all'),
      count: undefined,
      to: to({}),
      isCurrent: chosen.length === 0 && !url.has('attention'),
    },
    {
      key: 'attention',
      name: words('orders.attention'),
      count: data.attention,
      to: to({ attention: 'any' }),
      isCurrent: url.has('attention'),
    },
    ...orders.orderStates.map((state) => ({
      key: state,
      name: term(orderStates, state),
      count: data.states[state],
      to: to({ state }),
      isCurrent: chosen.length === 1 && chosen[0] === state,
    })),
  ];
  return <StageRail stages={stages} />;
}
