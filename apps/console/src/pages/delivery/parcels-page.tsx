import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { delivery } from '@tongshang/contract';
import { parcelStates } from '@tongshang/ui';
import { Drawer } from 'antd';
import { Link, type LoaderFunctionArgs, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import type { Column } from '../../parts/data-table.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { Facts } from '../../parts/object-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { ShippingTabs } from './shipping-tabs.tsx';

const carriers = q(delivery.listCarriers);

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(delivery.listParcels)(args), client.ensureQueryData(carriers)]);
  return null;
};

const late = { tone: 'bad', zh: '已超时', en: 'Late' } as const;
const lateOnly = { true: { zh: '只看超时', en: 'Late only' } } as const;

const columns: readonly Column<RowOf<typeof delivery.listParcels>>[] = [
  { key: 'tracking', title: 'floor.tracking', show: (parcel) => parcel.trackingNumber },
  { key: 'carrier', title: 'floor.carrier', show: (parcel) => parcel.carrier, card: 'second' },
  {
    key: 'fulfilment',
    title: 'floor.number',
    show: (parcel) => <Link to={`/supply/floor-board/fulfilments/${parcel.fulfilmentId}`}>{parcel.fulfilmentNumber}</Link>,
    card: 'second',
  },
  { key: 'region', title: 'floor.to', show: (parcel) => parcel.region, card: 'second' },
  {
    key: 'weight',
    title: 'floor.weight',
    isNumber: true,
    show: (parcel, { f, words }) => words('floor.kilograms', { weight: f.decimal(parcel.grams / 1000, 2) }),
  },
  { key: 'price', title: 'shipping.price', isNumber: true, show: (parcel, { f }) => f.money(parcel.priceFen) },
  { key: 'handed', title: 'handOver.at', isTight: true, show: (parcel, { f }) => f.instant(parcel.handedOverAt) },
  { key: 'promised', title: 'floor.promisedOn', isTight: true, show: (parcel) => parcel.promisedOn ?? '—', card: 'right' },
  {
    key: 'state',
    title: 'floor.state',
    card: 'status',
    show: (parcel) => (
      <span className="row">
        <StatusTag status={parcelStates[parcel.state]} code={parcel.state} />
        {parcel.isLate && <StatusTag status={late} code="late" />}
      </span>
    ),
    text: (parcel, { term }) => term(parcelStates, parcel.state),
  },
];

/** Parcels on their way, those behind their promise among them; one opens with everything its carrier reported. */
export function Page() {
  const words = useWords();
  const name = useName();
  const [url, setUrl] = useSearchParams();
  const { data } = useSuspenseQuery(carriers);
  const open = url.get('open');
  const show = (id: string | undefined): string => {
    const next = new URLSearchParams(url);
    if (id === undefined) next.delete('open');
    else next.set('open', id);
    return `?${next}`;
  };
  const filters: readonly Filter[] = [
    { kind: 'search', name: 'text', label: 'shipping.search' },
    { kind: 'choice', name: 'state', label: 'floor.state', terms: parcelStates, isMany: true },
    {
      kind: 'list',
      name: 'carrier',
      label: 'floor.carrier',
      options: data.items.map((one) => ({ value: one.code, label: name(one) })),
    },
    { kind: 'choice', name: 'late', label: 'floor.late', terms: lateOnly },
  ];
  return (
    <>
      <QueryList
        endpoint={delivery.listParcels}
        title={words('shipping.tabParcels')}
        head={
          <>
            <PageHead title={words('nav.shipping')} module={words('wing.supply')} about={words('shipping.about')} />
            <ShippingTabs />
          </>
        }
        filters={filters}
        columns={columns}
        rowKey={(parcel) => parcel.id}
        href={(parcel) => show(parcel.id)}
        empty={{ sentence: words('shipping.empty') }}
      />
      <Drawer
        title={words('floor.parcel')}
        open={open !== null}
        onClose={() => setUrl(new URLSearchParams(show(undefined).slice(1)), { preventScrollReset: true })}
        size="default"
      >
        {open !== null && <ParcelDetail id={open} />}
      </Drawer>
    </>
  );
}

function ParcelDetail({ id }: { id: string }) {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const { data, error, refetch } = useQuery(q(delivery.getParcel, { params: { parcelId: id } }));
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (data === undefined) return <div className="bone" role="status" aria-label={words('state.loading')} />;
  return (
    <div className="stack">
      <Facts
        facts={[
          [words('floor.tracking'), <code key="t">{data.trackingNumber}</code>],
          [words('floor.carrier'), `${data.carrier} · ${data.service}`],
          [words('floor.promisedOn'), data.promisedOn],
          [words('shipping.price'), f.money(data.priceFen)],
          [words('shipping.bookedAt'), f.instant(data.bookedAt)],
          [words('shipping.deliveredAt'), f.instant(data.deliveredAt)],
        ]}
      />
      <Timeline
        entries={data.events.map((event, at) => ({
          id: String(at),
          at: event.at,
          who: event.place ?? data.carrier,
          what: term(parcelStates, event.status),
          ...(event.note !== null && { why: event.note }),
        }))}
      />
    </div>
  );
}
