import { useSuspenseQuery } from '@tanstack/react-query';
import { customers, delivery, type ReplyOf } from '@tongshang/contract';
import { useState } from 'react';
import { client, q } from '../../lib/api.ts';
import { useName, useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Section } from '../../parts/object-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { allPlaces, readPlaces } from '../../parts/place-choice.tsx';
import { PlaceDialog } from './place-dialog.tsx';
import { ShippingTabs } from './shipping-tabs.tsx';

const places = q(delivery.listPlaces);
const provinces = q(customers.listDivisions, { query: {} });

export const loader = () => Promise.all([client.ensureQueryData(places), client.ensureQueryData(provinces), readPlaces()]);

export type DeliveryPlace = ReplyOf<typeof delivery.listPlaces>['items'][number];

/** What a location is offered that nobody has set up yet: nothing leaves, nothing is collected. */
const notSetUp = {
  province: '',
  address: '',
  phone: '',
  cutOff: '16:00',
  weekdays: [1, 2, 3, 4, 5, 6],
  ships: false,
  offersPickup: false,
  pickupReadyMinutes: 120,
  pickupKeepDays: 7,
  openingHours: '',
};

const columns: readonly Column<DeliveryPlace>[] = [
  { key: 'name', title: 'place.label', show: (place, { name }) => `${place.location} ${name(place)}` },
  { key: 'ships', title: 'shipping.ships', show: (place, { words }) => words(place.ships ? 'shipping.yes' : 'shipping.no') },
  { key: 'cutOff', title: 'shipping.cutOff', isTight: true, show: (place) => (place.ships ? place.cutOff : '—') },
  {
    key: 'weekdays',
    title: 'shipping.weekdays',
    show: (place, { words }) =>
      place.weekdays.map((day) => words(`shipping.weekday.${day as 1 | 2 | 3 | 4 | 5 | 6 | 7}`)).join(words('list.comma')) || '—',
  },
  {
    key: 'pickup',
    title: 'shipping.pickup',
    show: (place, { words, f }) =>
      place.offersPickup
        ? words('shipping.pickupFacts', { ready: f.duration(place.pickupReadyMinutes * 60_000), days: place.pickupKeepDays })
        : words('shipping.no'),
  },
  { key: 'hours', title: 'shipping.openingHours', show: (place) => place.openingHours || '—' },
];

/** Until when an order leaves the same day, on which days, and where buyers may collect. */
export function Page() {
  const words = useWords();
  const name = useName();
  const { data } = useSuspenseQuery(places);
  const { data: locations } = useSuspenseQuery(allPlaces);
  const rows = locations.items.map(
    ({ code, ...names }) =>
      data.items.find(({ location }) => location === code) ?? {
        ...notSetUp,
        location: code,
        name: names.name,
        nameEn: names.nameEn,
      },
  );
  const { data: divisions } = useSuspenseQuery(provinces);
  const [edit, setEdit] = useState<DeliveryPlace>();
  return (
    <div className="stack">
      <PageHead title={words('shipping.tabPlaces')} module={words('nav.shipping')} about={words('shipping.placesAbout')} />
      <ShippingTabs />
      <Section title={words('shipping.placesCount', { places: rows.length })}>
        {rows.length === 0 ? (
          <p className="second">{words('shipping.noPlaces')}</p>
        ) : (
          <DataTable
            caption={words('shipping.tabPlaces')}
            columns={columns}
            rows={rows}
            rowKey={(place) => place.location}
            rowActions={(place) => (
              <MayButton
                need="delivery.edit"
                size="small"
                aria-label={words('shipping.editOf', { name: name(place) })}
                onClick={() => setEdit(place)}
              >
                {words('shipping.edit')}
              </MayButton>
            )}
          />
        )}
      </Section>
      {edit && <PlaceDialog place={edit} provinces={divisions.items} onClose={() => setEdit(undefined)} />}
    </div>
  );
}
