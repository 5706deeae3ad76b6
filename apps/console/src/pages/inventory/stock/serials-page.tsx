import { lots } from '@tongshang/contract';
import { serialStates } from '@tongshang/ui';
import { Link, type LoaderFunctionArgs } from 'react-router';
import { useWords } from '../../../lib/language.ts';
import type { Column } from '../../../parts/data-table.tsx';
import type { Filter } from '../../../parts/filters.tsx';
import { PageHead } from '../../../parts/page-head.tsx';
import { readPlaces, usePlaceOptions } from '../../../parts/place-choice.tsx';
import { listLoader, QueryList, type RowOf } from '../../../parts/query-list.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { StockTabs } from './stock-tabs.tsx';

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(lots.listSerials)(args), readPlaces()]);
  return null;
};

const columns: readonly Column<RowOf<typeof lots.listSerials>>[] = [
  { key: 'serial', title: 'stock.serial', show: (one) => one.serial },
  {
    key: 'item',
    title: 'stock.sku',
    show: (one, { name }) => (
      <>
        <code>{one.sku}</code> {name(one)}
      </>
    ),
    text: (one, { name }) => `${one.sku} ${name(one)}`,
    card: 'second',
  },
  { key: 'location', title: 'stock.location', show: (one) => one.location ?? '—', card: 'second' },
  {
    key: 'owner',
    title: 'stock.owner',
    show: (one, { words }) =>
      one.orderId === null ? '—' : <Link to={`/sell/orders/${one.orderId}`}>{words('stock.openOrder')}</Link>,
    text: (one) => one.orderId ?? '—',
  },
  { key: 'warranty', title: 'stock.warrantyUntil', isTight: true, show: (one) => one.warrantyUntil ?? '—' },
  { key: 'changed', title: 'stock.changedAt', isTight: true, show: (one, { f }) => f.instant(one.changedAt), card: 'right' },
  {
    key: 'state',
    title: 'stock.state',
    show: (one) => <StatusTag status={serialStates[one.state]} code={one.state} />,
    text: (one, { term }) => term(serialStates, one.state),
    card: 'status',
  },
];

/** Every appliance by its number: where it stands, or with whose order it went. */
export function Page() {
  const words = useWords();
  const filters: readonly Filter[] = [
    { kind: 'search', name: 'search', label: 'stock.serialSearch' },
    { kind: 'list', name: 'location', label: 'stock.location', options: usePlaceOptions() },
    { kind: 'choice', name: 'state', label: 'stock.state', terms: serialStates },
  ];
  return (
    <QueryList
      endpoint={lots.listSerials}
      title={words('stock.tabSerials')}
      head={
        <>
          <PageHead title={words('stock.tabSerials')} module={words('nav.stock')} about={words('stock.serialsAbout')} />
          <StockTabs />
        </>
      }
      filters={filters}
      columns={columns}
      rowKey={(one) => `${one.sku} ${one.serial}`}
      href={(one) => `/supply/stock/serials/${encodeURIComponent(one.sku)}/${encodeURIComponent(one.serial)}`}
      empty={{ sentence: words('stock.noSerials') }}
    />
  );
}
