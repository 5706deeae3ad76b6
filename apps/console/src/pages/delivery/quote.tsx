import { useQuery } from '@tanstack/react-query';
import { delivery, type ReplyOf } from '@tongshang/contract';
import { storages } from '@tongshang/ui';
import { Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { q } from '../../lib/api.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { useRested } from '../../lib/rested.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { Section } from '../../parts/object-page.tsx';
import { usePlaceOptions } from '../../parts/place-choice.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';

type Option = ReplyOf<typeof delivery.quoteParcel>['items'][number];

const chosen = { tone: 'good', zh: '会选它', en: 'Chosen' } as const;
const tooLate = { tone: 'attention', zh: '晚于承诺', en: 'Too late' } as const;
const possible = { tone: 'neutral', zh: '可用', en: 'Possible' } as const;

const columns: readonly Column<Option>[] = [
  { key: 'name', title: 'floor.service', show: (one, { name }) => name(one) },
  { key: 'carrier', title: 'floor.carrier', show: (one) => one.carrier },
  { key: 'zone', title: 'shipping.head.zone', show: (one) => one.zone },
  { key: 'price', title: 'shipping.price', isNumber: true, show: (one, { f }) => <strong>{f.money(one.priceFen)}</strong> },
  { key: 'arrives', title: 'shipping.arrivesOn', isTight: true, show: (one) => one.arrivesOn },
  {
    key: 'state',
    title: 'floor.state',
    show: (one) => <StatusTag status={one.isChosen ? chosen : one.keepsPromise ? possible : tooLate} code="" />,
  },
];

/** Tries the price tables on a parcel that might be: what each service would cost, when it would be there, and which one is taken. */
export function Quote() {
  const words = useWords();
  const term = useTerm();
  const places = usePlaceOptions();
  const [location, setLocation] = useState(places[0]?.value ?? '');
  const [region, setRegion] = useState('');
  const [grams, setGrams] = useState(1000);
  const [storage, setStorage] = useState<(typeof delivery.storages)[number]>('ambient');
  const asked = useRested(region.trim());
  const { data, error, isFetching } = useQuery({
    ...q(delivery.quoteParcel, { query: { location, region: asked, grams, storage } }),
    enabled: location !== '' && asked !== '',
  });
  return (
    <Section title={words('shipping.quote')}>
      <div className="filters">
        <Select<string>
          className="choice"
          aria-label={words('place.label')}
          value={location}
          options={places}
          onChange={setLocation}
        />
        <Input
          className="search-field"
          aria-label={words('shipping.region')}
          placeholder={words('shipping.regionHelp')}
          value={region}
          autoComplete="off"
          onChange={({ target }) => setRegion(target.value)}
        />
        <InputNumber<number>
          aria-label={words('floor.weight')}
          min={1}
          max={1_000_000}
          precision={0}
          suffix={words('floor.grams')}
          value={grams}
          onChange={(value) => setGrams(value ?? 1000)}
        />
        <Select
          aria-label={words('floor.storage')}
          value={storage}
          options={delivery.storages.map((value) => ({ value, label: term(storages, value) }))}
          onChange={setStorage}
        />
      </div>
      <ErrorNote error={error} />
      <div aria-live="polite">
        {data === undefined && !error && <p className="second">{words(isFetching ? 'state.loading' : 'shipping.quoteAbout')}</p>}
        {data?.items.length === 0 && <p className="notice">{words('shipping.noService')}</p>}
      </div>
      {data !== undefined && data.items.length > 0 && (
        <>
          <p className="second">{words('shipping.leavesOn', { day: data.dispatchOn })}</p>
          <DataTable caption={words('shipping.quote')} columns={columns} rows={data.items} rowKey={(one) => one.service} />
        </>
      )}
    </Section>
  );
}
