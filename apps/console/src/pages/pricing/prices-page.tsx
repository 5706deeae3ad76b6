import { useSuspenseQuery } from '@tanstack/react-query';
import { catalog, pricing } from '@tongshang/contract';
import { channels, priceKinds } from '@tongshang/ui';
import { lazy, Suspense, useState } from 'react';
import type { LoaderFunctionArgs } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useName, useWords } from '../../lib/language.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { PriceTabs } from './price-tabs.tsx';

// The dialog brings a calendar; the rows do not wait for it.
const SetPriceDialog = lazy(async () => ({ default: (await import('./set-price-dialog.tsx')).SetPriceDialog }));

type Row = RowOf<typeof pricing.listCurrentPrices>;

const categories = q(catalog.listCategories);

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(pricing.listCurrentPrices)(args), client.ensureQueryData(categories)]);
  return null;
};

const columns: readonly Column<Row>[] = [
  {
    key: 'sku',
    title: 'prices.sku',
    show: (one, { name }) => (
      <>
        <code>{one.sku}</code> {name(one)}
      </>
    ),
    text: (one, { name }) => `${one.sku} ${name(one)}`,
  },
  {
    key: 'amount',
    title: 'products.priceNow',
    isNumber: true,
    show: (one, { f, words }) => (one.amountFen === null ? words('prices.unpriced') : f.money(one.amountFen)),
    card: 'right',
  },
  {
    key: 'list',
    title: 'prices.beforeMarkdown',
    isNumber: true,
    show: (one, { f }) => (one.listFen === one.amountFen ? '—' : f.money(one.listFen)),
  },
  {
    key: 'kind',
    title: 'products.priceKind',
    show: (one, { term }) => (one.kind === null ? '—' : term(priceKinds, one.kind)),
    card: 'second',
  },
  {
    key: 'until',
    title: 'products.validTo',
    show: (one, { f, words }) => (one.validTo === null ? words('products.openEnd') : f.instant(one.validTo)),
    card: 'second',
  },
  { key: 'cost', title: 'prices.cost', isNumber: true, show: (one, { f }) => f.money(one.costFen) },
  { key: 'floor', title: 'products.floor', isNumber: true, show: (one, { f }) => f.money(one.floorFen) },
  {
    key: 'room',
    title: 'prices.room',
    isNumber: true,
    show: (one, { f, words }) => {
      if (one.amountFen === null) return '—';
      const room = one.amountFen - one.floorFen;
      return room < 0 ? <span className="bad-text">{words('prices.under', { amount: f.money(-room) })}</span> : f.money(room);
    },
    text: (one, { f }) => (one.amountFen === null ? '—' : f.money(one.amountFen - one.floorFen)),
  },
];

/** What every SKU costs now in a channel, beside its cost and its floor. */
export function Page() {
  const words = useWords();
  const name = useName();
  const { data } = useSuspenseQuery(categories);
  const [changed, setChanged] = useState<Row>();
  const filters: readonly Filter[] = [
    { kind: 'search', name: 'search', label: 'products.search' },
    {
      kind: 'list',
      name: 'category',
      label: 'products.category',
      options: data.items.map((one) => ({ value: one.code, label: '　'.repeat(one.code.split('/').length - 1) + name(one) })),
    },
    { kind: 'choice', name: 'channel', label: 'prices.channelShop', terms: channels },
  ];
  return (
    <>
      <QueryList
        endpoint={pricing.listCurrentPrices}
        title={words('nav.prices')}
        head={
          <>
            <PageHead title={words('nav.prices')} module={words('wing.sell')} about={words('prices.about')} />
            <PriceTabs />
          </>
        }
        filters={filters}
        columns={columns}
        rowKey={(one) => one.sku}
        href={(one) => `/sell/prices/${encodeURIComponent(one.sku)}`}
        rowActions={(one) => (
          <MayButton
            need="pricing.edit"
            size="small"
            aria-label={words('products.priceOf', { sku: one.sku })}
            onClick={() => setChanged(one)}
          >
            {words('products.changePrice')}
          </MayButton>
        )}
        empty={{ sentence: words('products.empty') }}
      />
      <Suspense>{changed && <SetPriceDialog current={changed} onClose={() => setChanged(undefined)} />}</Suspense>
    </>
  );
}
