import { useSuspenseQuery } from '@tanstack/react-query';
import { delivery, type ReplyOf } from '@tongshang/contract';
import { storages } from '@tongshang/ui';
import { client, q } from '../../lib/api.ts';
import { useName, useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Section } from '../../parts/object-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { readPlaces } from '../../parts/place-choice.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { useOpenDialog } from '../../parts/use-open-dialog.ts';
import { CarrierDialog } from './carrier-dialog.tsx';
import { Quote } from './quote.tsx';
import { ShippingTabs } from './shipping-tabs.tsx';

export const carriers = q(delivery.listCarriers);

export const loader = () => Promise.all([client.ensureQueryData(carriers), readPlaces()]);

export type Carrier = ReplyOf<typeof delivery.listCarriers>['items'][number];

export const isActive = { tone: 'good', zh: '启用', en: 'Active' } as const;
export const isOff = { tone: 'neutral', zh: '停用', en: 'Off' } as const;

const columns: readonly Column<Carrier>[] = [
  { key: 'name', title: 'floor.carrier', show: (carrier, { name }) => name(carrier) },
  { key: 'code', title: 'shipping.code', show: (carrier) => <code>{carrier.code}</code> },
  { key: 'phone', title: 'shipping.phone', isTight: true, show: (carrier) => carrier.phone || '—' },
  {
    key: 'services',
    title: 'shipping.services',
    show: (carrier, { name, words }) => carrier.services.map(name).join(words('list.comma')) || '—',
  },
  {
    key: 'storages',
    title: 'floor.storage',
    show: (carrier, { term, words }) =>
      [...new Set(carrier.services.flatMap((service) => service.storages))]
        .map((one) => term(storages, one))
        .join(words('list.comma')) || '—',
  },
  { key: 'zones', title: 'shipping.zoneRows', isNumber: true, show: (carrier, { f }) => f.count(carrier.zones.length) },
  {
    key: 'state',
    title: 'floor.state',
    show: (carrier) => <StatusTag status={carrier.isActive ? isActive : isOff} code="" />,
  },
];

/** Who carries parcels, and what a parcel would cost with each of them. */
export function Page() {
  const words = useWords();
  const name = useName();
  const { data } = useSuspenseQuery(carriers);
  const [isOpen, setOpen] = useOpenDialog('new');
  const add = (
    <MayButton need="delivery.edit" type="primary" onClick={() => setOpen(true)}>
      {words('shipping.addCarrier')}
    </MayButton>
  );
  return (
    <div className="stack">
      <PageHead
        title={words('shipping.tabCarriers')}
        module={words('nav.shipping')}
        about={words('shipping.carriersAbout')}
        actions={add}
      />
      <ShippingTabs />
      <Section title={words('shipping.carriersCount', { carriers: data.items.length })}>
        {data.items.length === 0 ? (
          <div className="empty">
            <p>{words('shipping.noCarriers')}</p>
            {add}
          </div>
        ) : (
          <DataTable
            caption={words('shipping.tabCarriers')}
            columns={columns}
            rows={data.items.toSorted((a, b) => Number(b.isActive) - Number(a.isActive) || name(a).localeCompare(name(b)))}
            rowKey={(carrier) => carrier.code}
            href={(carrier) => `/supply/shipping/carriers/${carrier.code}`}
          />
        )}
      </Section>
      <Quote />
      {isOpen && <CarrierDialog carrier={undefined} onClose={() => setOpen(false)} />}
    </div>
  );
}
