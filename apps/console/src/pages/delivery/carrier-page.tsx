import { useSuspenseQuery } from '@tanstack/react-query';
import { customers, delivery, RefusedError } from '@tongshang/contract';
import { storages } from '@tongshang/ui';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { toast } from '../../lib/toast.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { MayButton } from '../../parts/may.tsx';
import { ObjectPage, Section } from '../../parts/object-page.tsx';
import { SaveBar } from '../../parts/save-bar.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { CarrierDialog } from './carrier-dialog.tsx';
import { type Carrier, carriers, isActive, isOff } from './carriers-page.tsx';
import type { PriceRow, Service } from './price-rows.ts';
import { ServiceDialog } from './service-dialog.tsx';
import { originsOf, withZones, zonesFrom } from './zone-rows.ts';
import '../../supply.css';

const provinces = q(customers.listDivisions, { query: {} });

export const loader = async ({ params }: LoaderFunctionArgs) => {
  const [{ items }] = await Promise.all([client.ensureQueryData(carriers), client.ensureQueryData(provinces)]);
  if (items.every(({ code }) => code !== params['code'])) throw missing(params['code'] ?? '');
  return null;
};

const missing = (carrier: string): RefusedError =>
  new RefusedError({ type: '', code: 'carrier.not_found', status: 404, details: { carrier }, requestId: '' });

const priceColumns: readonly Column<PriceRow>[] = [
  { key: 'zone', title: 'shipping.head.zone', show: (row) => row.zone },
  {
    key: 'first',
    title: 'shipping.head.firstPrice',
    isNumber: true,
    show: (row, { f, words }) => words('shipping.perGrams', { price: f.money(row.firstFen), grams: f.count(row.firstGrams) }),
  },
  {
    key: 'step',
    title: 'shipping.head.stepPrice',
    isNumber: true,
    show: (row, { f, words }) => words('shipping.perGrams', { price: f.money(row.stepFen), grams: f.count(row.stepGrams) }),
  },
  { key: 'days', title: 'shipping.head.days', isNumber: true, show: (row, { f }) => f.count(row.days) },
];

/** One carrier: its services with their price tables, and which zone a province counts to. */
export function Page() {
  const words = useWords();
  const name = useName();
  const code = useParams()['code'];
  const { data } = useSuspenseQuery(carriers);
  const [dialog, setDialog] = useState<'carrier' | 'new' | Service | undefined>();
  const carrier = data.items.find((one) => one.code === code);
  if (carrier === undefined) throw missing(code ?? '');
  const zones = [...new Set(carrier.zones.map(({ zone }) => zone))].toSorted();
  const close = () => setDialog(undefined);
  return (
    <ObjectPage
      title={name(carrier)}
      module={words('nav.shipping')}
      back={{ to: '/supply/shipping/carriers', text: words('shipping.tabCarriers') }}
      id={carrier.code}
      status={<StatusTag status={carrier.isActive ? isActive : isOff} code="" />}
      facts={carrier.phone}
      actions={
        <>
          <MayButton need="delivery.edit" type="primary" onClick={() => setDialog('new')}>
            {words('shipping.addService')}
          </MayButton>
          <MayButton need="delivery.edit" onClick={() => setDialog('carrier')}>
            {words('shipping.editCarrier')}
          </MayButton>
        </>
      }
    >
      {carrier.services.length === 0 && (
        <section className="card">
          <p className="second">{words('shipping.noServices')}</p>
        </section>
      )}
      {carrier.services.map((service) => (
        <ServiceSection key={service.code} service={service} onEdit={() => setDialog(service)} />
      ))}
      <Zones key={carrier.code} carrier={carrier} />
      {dialog === 'carrier' && <CarrierDialog carrier={carrier} onClose={close} />}
      {dialog !== undefined && dialog !== 'carrier' && (
        <ServiceDialog carrier={carrier.code} service={dialog === 'new' ? undefined : dialog} zones={zones} onClose={close} />
      )}
    </ObjectPage>
  );
}

function ServiceSection({ service, onEdit }: { service: Service; onEdit: () => void }) {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const { decimal } = useFormat();
  return (
    <Section
      title={name(service)}
      extra={
        <span className="row">
          <StatusTag status={service.isActive ? isActive : isOff} code="" />
          <MayButton
            need="delivery.edit"
            size="small"
            aria-label={words('shipping.editPricesOf', { name: name(service) })}
            onClick={onEdit}
          >
            {words('shipping.editPrices')}
          </MayButton>
        </span>
      }
    >
      <p className="second">
        {words('shipping.serviceFacts', {
          code: service.code,
          storages: service.storages.map((one) => term(storages, one)).join(words('list.comma')),
          maximum: decimal(service.maximumGrams / 1000, 1),
        })}
      </p>
      {service.prices.length === 0 ? (
        <p className="notice">{words('shipping.noPrices')}</p>
      ) : (
        <DataTable caption={name(service)} columns={priceColumns} rows={service.prices} rowKey={(row) => row.zone} />
      )}
    </Section>
  );
}

/** Which zone each province lies in, seen from one province of dispatch; a province left empty is not served. */
function Zones({ carrier }: { carrier: Carrier }) {
  const words = useWords();
  const mayEdit = useMay()('delivery.edit');
  const { data } = useSuspenseQuery(provinces);
  const origins = originsOf(carrier.zones);
  const [origin, setOrigin] = useState(origins[0] ?? data.items[0]?.code ?? '');
  const [draft, setDraft] = useState<Readonly<Record<string, string>>>();
  const save = useSend(delivery.saveCarrier, [delivery.listCarriers, delivery.quoteParcel]);
  const shown = draft ?? zonesFrom(carrier.zones, origin);
  const submit = () =>
    save.mutate(
      {
        params: { carrier: carrier.code },
        body: {
          name: carrier.name,
          nameEn: carrier.nameEn,
          phone: carrier.phone,
          isActive: carrier.isActive,
          zones: withZones(carrier.zones, origin, shown),
        },
      },
      {
        onSuccess: () => {
          setDraft(undefined);
          toast(words('shipping.zonesToast'));
        },
      },
    );
  return (
    <Section
      title={words('shipping.zones')}
      extra={
        <Select<string>
          className="choice"
          aria-label={words('shipping.origin')}
          disabled={draft !== undefined}
          value={origin}
          showSearch={{ optionFilterProp: 'label' }}
          options={data.items.map((one) => ({ value: one.code, label: words('shipping.from', { province: one.name }) }))}
          onChange={setOrigin}
        />
      }
    >
      <p className="second">{words('shipping.zonesAbout')}</p>
      <div className="zone-grid">
        {data.items.map((province) => (
          <label key={province.code}>
            {province.name}
            <Input
              size="small"
              maxLength={16}
              disabled={!mayEdit}
              value={shown[province.code] ?? ''}
              onChange={({ target }) => setDraft({ ...shown, [province.code]: target.value })}
            />
          </label>
        ))}
      </div>
      <ErrorNote error={save.error} />
      <SaveBar isDirty={draft !== undefined} isBusy={save.isPending} onDiscard={() => setDraft(undefined)} onSave={submit} />
    </Section>
  );
}
