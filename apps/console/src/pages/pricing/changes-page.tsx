import { pricing } from '@tongshang/contract';
import { actorName, channels, priceKinds, priceTurns } from '@tongshang/ui';
import { useState } from 'react';
import { useWords } from '../../lib/language.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { type Price, usePlaceText } from './price-place.ts';
import { PriceTabs } from './price-tabs.tsx';
import { StopPriceDialog } from './stop-price-dialog.tsx';

export const loader = listLoader(pricing.listPriceChanges);

type Row = RowOf<typeof pricing.listPriceChanges>;

const columns: readonly Column<Row>[] = [
  { key: 'at', title: 'prices.at', show: (one, { f }) => f.instant(one.at) },
  {
    key: 'what',
    title: 'prices.what',
    show: (one) => <StatusTag status={priceTurns[one.what]} code={one.what} />,
    text: (one, { term }) => term(priceTurns, one.what),
    card: 'status',
  },
  {
    key: 'sku',
    title: 'prices.sku',
    show: (one, { name }) => (
      <>
        <code>{one.price.sku}</code> {name(one)}
      </>
    ),
    text: (one, { name }) => `${one.price.sku} ${name(one)}`,
    card: 'second',
  },
  { key: 'kind', title: 'products.priceKind', show: (one, { term }) => term(priceKinds, one.price.kind), card: 'second' },
  { key: 'place', title: 'prices.place', show: (one) => <Place price={one.price} />, text: (one) => one.price.group ?? '' },
  { key: 'before', title: 'prices.before', isNumber: true, show: (one, { f }) => f.money(one.beforeFen) },
  {
    key: 'after',
    title: 'prices.after',
    isNumber: true,
    show: (one, { f, words }) => (one.what === 'begins' ? f.money(one.price.amountFen) : words('prices.general')),
    card: 'right',
  },
  { key: 'cause', title: 'form.reason', show: (one) => one.price.cause || '—' },
  { key: 'by', title: 'products.changedBy', show: (one, { f }) => actorName(one.price.createdBy, f.language) },
];

function Place({ price }: { price: Price }) {
  return usePlaceText()(price);
}

const filters: readonly Filter[] = [
  { kind: 'search', name: 'search', label: 'products.search' },
  { kind: 'choice', name: 'kind', label: 'products.priceKind', terms: priceKinds },
  { kind: 'choice', name: 'channel', label: 'orders.channel', terms: channels },
];

/** What changes when: prices that begin and prices that end, the next one first; what has not begun can be called off. */
export function Page() {
  const words = useWords();
  const [stopped, setStopped] = useState<Price>();
  return (
    <>
      <QueryList
        endpoint={pricing.listPriceChanges}
        title={words('prices.tabChanges')}
        head={
          <>
            <PageHead title={words('prices.tabChanges')} module={words('nav.prices')} about={words('prices.changesAbout')} />
            <PriceTabs />
          </>
        }
        filters={filters}
        columns={columns}
        rowKey={(one) => `${one.price.id} ${one.what}`}
        href={(one) => `/sell/prices/${encodeURIComponent(one.price.sku)}`}
        rowActions={(one) =>
          one.what === 'begins' && (
            <MayButton
              need="pricing.edit"
              size="small"
              aria-label={words('prices.cancelOf', { sku: one.price.sku })}
              onClick={() => setStopped(one.price)}
            >
              {words('prices.cancel')}
            </MayButton>
          )
        }
        empty={{ sentence: words('prices.noChanges') }}
      />
      {stopped && <StopPriceDialog price={stopped} onClose={() => setStopped(undefined)} />}
    </>
  );
}
