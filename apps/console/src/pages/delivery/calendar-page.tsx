import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { customers, delivery, type ReplyOf } from '@tongshang/contract';
import { dayOf } from '@tongshang/ui';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import { withFilter } from '../../lib/list-url.ts';
import { readSession, useSession } from '../../lib/session.ts';
import { MayButton } from '../../parts/may.tsx';
import { Section } from '../../parts/object-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { allPlaces, type Place, placeFrom, readPlaces } from '../../parts/place-choice.tsx';
import { DayDialog } from './day-dialog.tsx';
import { HouseDays, houseDays } from './house-days.tsx';
import { monthAfter, monthEnds, monthFrom } from './month.ts';
import { MonthTable } from './month-table.tsx';
import { PlaceDialog } from './place-dialog.tsx';
import { ShippingTabs } from './shipping-tabs.tsx';
import '../../supply.css';

type Places = ReplyOf<typeof delivery.listPlaces>['items'];
export type PlaceDay = ReplyOf<typeof delivery.getPlaceCalendar>['days'][number];

const places = q(delivery.listPlaces);
const month = (location: string, of: string) => q(delivery.getPlaceCalendar, { params: { location }, query: monthEnds(of) });

const shownMonth = (url: URLSearchParams): string => monthFrom(url.get('month'), dayOf(Date.now()));
/** The place that the address or the person's own store says, of those that are set up; else the first warehouse of them. */
function shownPlace(
  url: URLSearchParams,
  own: string | null,
  all: Places,
  locations: readonly Place[],
): Places[number] | undefined {
  const code = placeFrom(
    url,
    own,
    locations.filter((one) => all.some(({ location }) => location === one.code)),
  );
  return all.find(({ location }) => location === code);
}

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const url = new URL(request.url).searchParams;
  const [{ items }, locations, session] = await Promise.all([
    client.ensureQueryData(places),
    readPlaces(),
    readSession(),
    client.ensureQueryData(houseDays()),
  ]);
  const place = shownPlace(url, session?.location ?? null, items, locations.items);
  if (place) await client.ensureQueryData(month(place.location, shownMonth(url)));
  return null;
};

/** When parcels leave a place, day by day: its own closed days over the house's holidays over its weekdays, and the cut-off. */
export function Page() {
  const words = useWords();
  const name = useName();
  const [url, setUrl] = useSearchParams();
  const { location: own } = useSession();
  const { data } = useSuspenseQuery(places);
  const here = shownPlace(url, own, data.items, useSuspenseQuery(allPlaces).data.items);
  return (
    <div className="stack">
      <PageHead
        title={words('shipping.tabCalendar')}
        module={words('nav.shipping')}
        about={words('shipping.calendarAbout')}
        actions={
          own === null &&
          here && (
            <Select<string>
              className="choice"
              aria-label={words('place.choose')}
              value={here.location}
              options={data.items.map((one) => ({ value: one.location, label: `${one.location} ${name(one)}` }))}
              onChange={(location) => setUrl(withFilter(url, { location }))}
            />
          )
        }
      />
      <ShippingTabs />
      {here ? <PlaceMonth place={here} of={shownMonth(url)} /> : <NoPlaces />}
      <HouseDays />
    </div>
  );
}

function NoPlaces() {
  const words = useWords();
  return (
    <Section title={words('shipping.placeDays')}>
      <p className="second">{words('shipping.noPlacesYet')}</p>
      <Link to="/supply/shipping/places">{words('shipping.setUpPlaces')}</Link>
    </Section>
  );
}

function PlaceMonth({ place, of }: { place: Places[number]; of: string }) {
  const words = useWords();
  const name = useName();
  const [url, setUrl] = useSearchParams();
  const { data } = useSuspenseQuery(month(place.location, of));
  const [edit, setEdit] = useState<PlaceDay>();
  const go = (by: number) => setUrl(withFilter(url, { month: monthAfter(of, by) }), { preventScrollReset: true });
  return (
    <Section
      title={words('shipping.monthOf', { place: name(place), month: of })}
      extra={
        <div className="row">
          <Button
            size="small"
            icon={<LeftOutlined aria-hidden="true" />}
            aria-label={words('shipping.monthBack')}
            onClick={() => go(-1)}
          />
          <Button size="small" onClick={() => setUrl(withFilter(url, { month: undefined }))}>
            {words('shipping.thisMonth')}
          </Button>
          <Button
            size="small"
            icon={<RightOutlined aria-hidden="true" />}
            aria-label={words('shipping.monthOn')}
            onClick={() => go(1)}
          />
        </div>
      }
    >
      <Leaving place={place} />
      <MonthTable
        month={of}
        days={data.days}
        caption={words('shipping.monthOf', { place: name(place), month: of })}
        onChoose={setEdit}
      />
      {edit && <DayDialog place={place} version={data.version} day={edit} onClose={() => setEdit(undefined)} />}
    </Section>
  );
}

/** Until when an order leaves the same day, and the usual days; changed where all terms of a place are. */
function Leaving({ place }: { place: Places[number] }) {
  const words = useWords();
  const f = useFormat();
  const [isOpen, setOpen] = useState(false);
  const provinces = useQuery({ ...q(customers.listDivisions, { query: {} }), enabled: isOpen });
  const days = place.weekdays.map((day) => words(`shipping.weekday.${day as 1 | 2 | 3 | 4 | 5 | 6 | 7}`));
  return (
    <div className="row leaving">
      <span>
        {place.ships
          ? words('shipping.leaving', { cutOff: place.cutOff, days: days.join(words('list.comma')) || '—' })
          : words('shipping.sendsNothing')}
        {place.offersPickup &&
          ` · ${words('shipping.pickupFacts', { ready: f.duration(place.pickupReadyMinutes * 60_000), days: place.pickupKeepDays })}`}
      </span>
      <MayButton need="delivery.edit" size="small" onClick={() => setOpen(true)}>
        {words('shipping.editCutOff')}
      </MayButton>
      {isOpen && provinces.data && <PlaceDialog place={place} provinces={provinces.data.items} onClose={() => setOpen(false)} />}
    </div>
  );
}
