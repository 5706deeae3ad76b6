import { useSuspenseQuery } from '@tanstack/react-query';
import { inventory } from '@tongshang/contract';
import type { LoaderFunctionArgs } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useName, useWords } from '../../lib/language.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { StockTabs } from './stock/stock-tabs.tsx';

const places = q(inventory.listLocations);

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(inventory.listStock)(args), client.ensureQueryData(places)]);
  return null;
};

type Level = RowOf<typeof inventory.listStock>;

const out = { tone: 'bad', zh: '缺货', en: 'Out of stock' } as const;
const inStock = { tone: 'good', zh: '有货', en: 'In stock' } as const;
export const only = { out: { zh: '缺货', en: 'Out of stock' }, low: { zh: '库存低', en: 'Low' } } as const;

function SkuName({ level }: { level: Level }) {
  const name = useName();
  return (
    <>
      <code>{level.sku}</code> {name(level)}
    </>
  );
}

const columns: readonly Column<Level>[] = [
  {
    key: 'sku',
    title: 'stock.sku',
    show: (level) => <SkuName level={level} />,
  },
  { key: 'location', title: 'stock.location', show: (level) => level.location, card: 'second' },
  { key: 'onHand', title: 'stock.onHand', isNumber: true, show: (level, { f }) => f.count(level.onHand) },
  { key: 'promised', title: 'stock.promised', isNumber: true, show: (level, { f }) => f.count(level.promised) },
  { key: 'unavailable', title: 'stock.unavailable', isNumber: true, show: (level, { f }) => f.count(level.unavailable) },
  { key: 'buffer', title: 'stock.buffer', isNumber: true, show: (level, { f }) => f.count(level.buffer) },
  {
    key: 'available',
    title: 'stock.available',
    isNumber: true,
    show: (level, { f }) => <strong>{f.count(level.available)}</strong>,
    card: 'right',
  },
  { key: 'cost', title: 'stock.unitCost', isNumber: true, show: (level, { f }) => f.money(level.unitCostFen) },
  {
    key: 'state',
    title: 'stock.state',
    show: (level) => <StatusTag status={level.available > 0 ? inStock : out} code="" />,
    card: 'status',
  },
];

export function Page() {
  const words = useWords();
  const name = useName();
  const { data } = useSuspenseQuery(places);
  const filters: readonly Filter[] = [
    { kind: 'search', name: 'search', label: 'stock.search' },
    {
      kind: 'list',
      name: 'location',
      label: 'stock.location',
      options: data.items.map((one) => ({ value: one.code, label: `${one.code} ${name(one)}` })),
    },
    { kind: 'choice', name: 'only', label: 'stock.only', terms: only },
  ];
  return (
    <QueryList
      endpoint={inventory.listStock}
      title={words('nav.stock')}
      head={
        <>
          <PageHead title={words('nav.stock')} module={words('wing.supply')} about={words('stock.about')} />
          <StockTabs />
        </>
      }
      filters={filters}
      columns={columns}
      rowKey={(level) => `${level.sku} ${level.location}`}
      href={(level) => `/supply/stock/${encodeURIComponent(level.sku)}?location=${encodeURIComponent(level.location)}`}
      empty={{ sentence: words('stock.empty') }}
    />
  );
}
