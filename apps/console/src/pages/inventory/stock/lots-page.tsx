import { useSuspenseQuery } from '@tanstack/react-query';
import { lots } from '@tongshang/contract';
import { channels, lotStates } from '@tongshang/ui';
import { Link, type LoaderFunctionArgs, useSearchParams } from 'react-router';
import { q } from '../../../lib/api.ts';
import { useWords } from '../../../lib/language.ts';
import { readListUrl } from '../../../lib/list-url.ts';
import { useMay } from '../../../lib/session.ts';
import type { Column } from '../../../parts/data-table.tsx';
import type { Filter } from '../../../parts/filters.tsx';
import { PageHead } from '../../../parts/page-head.tsx';
import { readPlaces, usePlaceOptions } from '../../../parts/place-choice.tsx';
import { listLoader, QueryList, type RowOf } from '../../../parts/query-list.tsx';
import { StateRail } from '../../../parts/stage-rail.tsx';
import { skuColumn } from '../../../parts/sku-column.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { tracePage } from '../recalls/trace-link.ts';
import { StockTabs } from './stock-tabs.tsx';

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(lots.listLotsOnShelf)(args), readPlaces()]);
  return null;
};

type Lot = RowOf<typeof lots.listLotsOnShelf>;

/** Within how many days. */
const withinDays = {
  7: { zh: '7 天内到期', en: 'Expires within 7 days' },
  30: { zh: '30 天内到期', en: 'Expires within 30 days' },
  90: { zh: '90 天内到期', en: 'Expires within 90 days' },
} as const;

const columns: readonly Column<Lot>[] = [
  skuColumn(),
  { key: 'lot', title: 'stock.lot', isTight: true, show: (one) => one.lot, card: 'second' },
  { key: 'location', title: 'stock.location', show: (one) => one.location, card: 'second' },
  { key: 'expires', title: 'stock.expiresOn', isTight: true, show: (one) => one.expiresOn ?? '—', card: 'second' },
  {
    key: 'left',
    title: 'stock.daysLeft',
    isNumber: true,
    show: (one, { f, words }) =>
      one.daysLeft === null
        ? '—'
        : one.daysLeft < 0
          ? words('stock.daysPast', { days: f.count(-one.daysLeft) })
          : f.count(one.daysLeft),
  },
  {
    key: 'onHand',
    title: 'stock.onHand',
    isNumber: true,
    show: (one, { f }) => <strong>{f.count(one.onHand)}</strong>,
    card: 'right',
  },
  { key: 'allocated', title: 'stock.allocated', isNumber: true, show: (one, { f }) => f.count(one.allocated) },
  {
    key: 'state',
    title: 'stock.state',
    card: 'status',
    show: (one, { words, term }) => (
      <span>
        <StatusTag status={lotStates[one.state]} code={one.state} />
        {one.tooShortFor.length > 0 && (
          <span className="third">
            {' '}
            {words('stock.tooShortFor', {
              channels: one.tooShortFor.map((channel) => term(channels, channel)).join(words('list.comma')),
            })}
          </span>
        )}
      </span>
    ),
    text: (one, { term }) => term(lotStates, one.state),
  },
];

/** Every lot on hand, first expiring first, and whether it may be sold today. */
export function Page() {
  const words = useWords();
  const mayTrace = useMay()('inventory.recall');
  const filters: readonly Filter[] = [
    { kind: 'search', name: 'search', label: 'stock.lotSearch' },
    { kind: 'list', name: 'location', label: 'stock.location', options: usePlaceOptions() },
    { kind: 'choice', name: 'withinDays', label: 'stock.withinDays', terms: withinDays },
  ];
  return (
    <QueryList
      endpoint={lots.listLotsOnShelf}
      title={words('stock.tabLots')}
      head={
        <>
          <PageHead title={words('stock.tabLots')} module={words('nav.stock')} about={words('stock.lotsAbout')} />
          <StockTabs />
        </>
      }
      rail={<Stages />}
      filters={filters}
      columns={columns}
      rowKey={(one) => `${one.sku} ${one.location} ${one.lot}`}
      href={(one) => `/supply/stock/${encodeURIComponent(one.sku)}?location=${encodeURIComponent(one.location)}`}
      {...(mayTrace && {
        rowActions: (one: Lot) => (
          <Link to={tracePage(one.sku, one.lot)} aria-label={words('stock.traceOf', { lot: one.lot })}>
            {words('stock.trace')}
          </Link>
        ),
      })}
      empty={{ sentence: words('stock.noLots') }}
    />
  );
}

function Stages() {
  const [url] = useSearchParams();
  const { data } = useSuspenseQuery(q(lots.listLotsOnShelf, { query: readListUrl(lots.listLotsOnShelf, url).query }));
  return <StateRail states={lots.lotStates} terms={lotStates} counts={data.counts} />;
}
