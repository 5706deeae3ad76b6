import { useSuspenseQuery } from '@tanstack/react-query';
import { delivery, type ReplyOf, warehouse } from '@tongshang/contract';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useNavigate } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { useActor, useName, useWords } from '../../lib/language.ts';
import { useRefusals } from '../../lib/refusals.ts';
import { useNarrow } from '../../lib/screen.ts';
import { readSession } from '../../lib/session.ts';
import { signal } from '../../lib/signal.ts';
import { toast } from '../../lib/toast.ts';
import { CardList, type Column, DataTable } from '../../parts/data-table.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Section } from '../../parts/object-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { placeFrom, readPlaces, usePlace } from '../../parts/place-choice.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { ScanBox } from '../../parts/scan-box.tsx';
import { useTicks } from '../../parts/use-ticks.ts';
import { CutOff } from './cut-off.tsx';
import { FloorTabs, fulfilmentPage, manifestPage } from './floor-tabs.tsx';
import { showAsIs } from './fulfilment-query.ts';
import { WrongScan } from './scan-answer.tsx';
import '../../supply.css';

const packed = (location: string) =>
  q(warehouse.listFulfilments, { query: { location, state: 'packed', kind: 'delivery', limit: 200 } });
const carriers = q(delivery.listCarriers);

export const loader = async (args: LoaderFunctionArgs) => {
  const [places, session] = await Promise.all([
    readPlaces(),
    readSession(),
    client.ensureQueryData(carriers),
    listLoader(warehouse.listManifests)(args),
  ]);
  const { searchParams } = new URL(args.request.url);
  return client.ensureQueryData(packed(placeFrom(searchParams, session?.location ?? null, places.items)));
};

const columns: readonly Column<RowOf<typeof warehouse.listManifests>>[] = [
  { key: 'number', title: 'handOver.number', show: (one) => one.number },
  { key: 'carrier', title: 'floor.carrier', show: (one) => one.carrier, card: 'second' },
  { key: 'location', title: 'place.label', show: (one) => one.location, card: 'second' },
  { key: 'parcels', title: 'handOver.parcels', isNumber: true, show: (one, { f }) => f.count(one.parcelCount), card: 'right' },
  { key: 'at', title: 'handOver.at', isTight: true, show: (one, { f }) => f.instant(one.handedOverAt), card: 'second' },
  { key: 'by', title: 'handOver.by', show: (one) => <Actor name={one.handedOverBy} /> },
];

function Actor({ name }: { name: string }) {
  return useActor()(name);
}

/** What is packed and waits for its driver, by carrier; below, what has been handed over. */
export function Page() {
  const words = useWords();
  const { place, choice } = usePlace();
  const { data } = useSuspenseQuery(packed(place));
  const groups = new Map<string, Parcel[]>();
  for (const one of data.items) if (one.carrier !== null) groups.set(one.carrier, [...(groups.get(one.carrier) ?? []), one]);
  return (
    <QueryList
      endpoint={warehouse.listManifests}
      title={words('handOver.manifests')}
      head={
        <div className="stack page-note">
          <PageHead
            title={words('handOver.title')}
            module={words('nav.floorBoard')}
            about={words('handOver.about')}
            actions={choice}
          />
          <FloorTabs />
          {groups.size === 0 && (
            <section className="card">
              <p className="second">{words('handOver.nothing')}</p>
            </section>
          )}
          {[...groups].map(([carrier, parcels]) => (
            <Group key={`${place} ${carrier}`} place={place} carrier={carrier} parcels={parcels} />
          ))}
        </div>
      }
      filters={[]}
      columns={columns}
      rowKey={(one) => one.id}
      href={(one) => manifestPage(one.id)}
      empty={{ sentence: words('handOver.empty') }}
    />
  );
}

type Parcel = ReplyOf<typeof warehouse.listFulfilments>['items'][number];

const parcelColumns: readonly Column<Parcel>[] = [
  { key: 'tracking', title: 'floor.tracking', show: (one) => one.trackingNumber ?? '—' },
  { key: 'number', title: 'floor.number', show: (one) => one.number, card: 'second' },
  { key: 'region', title: 'floor.to', show: (one) => `${one.recipientName} ${one.region}`, card: 'second' },
  {
    key: 'dispatch',
    title: 'floor.dispatchBy',
    show: (one) => <CutOff dispatchBy={one.dispatchBy} isLate={one.isLate} />,
    card: 'right',
  },
];

/** One carrier's parcels: all of them, or those that were ticked or scanned, go to its driver. */
function Group({ place, carrier, parcels }: { place: string; carrier: string; parcels: readonly Parcel[] }) {
  const words = useWords();
  const name = useName();
  const navigate = useNavigate();
  const { data } = useSuspenseQuery(carriers);
  const known = data.items.find(({ code }) => code === carrier);
  const title = known ? name(known) : carrier;
  const [unknown, setUnknown] = useState<string>();
  const [stayed, setStayed] = useState<ReplyOf<typeof warehouse.handOver>['heldBack']>([]);
  const { sentence } = useRefusals();
  const Rows = useNarrow(768) ? CardList : DataTable;
  const ticked = useTicks<Parcel>(
    parcels,
    (one) => one.id,
    (one) => one.trackingNumber ?? one.number,
  );
  const here = parcels.filter(({ id }) => ticked.keys.has(id));
  const send = useSend(warehouse.handOver, [
    warehouse.listFulfilments,
    warehouse.countFulfilments,
    warehouse.getFulfilment,
    warehouse.listManifests,
    warehouse.getWork,
  ]);
  const chosen = here.length > 0 ? here : parcels;
  const scan = (code: string) => {
    const parcel = parcels.find(({ trackingNumber, number }) => trackingNumber === code || number === code);
    if (parcel && !ticked.keys.has(parcel.id)) ticked.add([parcel]);
    setUnknown(parcel ? undefined : code);
    signal(parcel ? 'right' : 'wrong');
  };
  return (
    <Section title={words('handOver.carrierTitle', { carrier: title, parcels: parcels.length })}>
      <div className="stack">
        <ScanBox label={words('handOver.scan')} onScan={scan}>
          {unknown !== undefined && (
            <WrongScan
              what={words('handOver.unknown', { code: unknown, carrier: title })}
              onClose={() => setUnknown(undefined)}
            />
          )}
        </ScanBox>
        <Rows
          caption={title}
          columns={parcelColumns}
          rows={parcels}
          rowKey={(one) => one.id}
          href={(one) => fulfilmentPage(one.id)}
          ticks={ticked.ticks}
        />
        <div className="row">
          <MayButton
            need="warehouse.work"
            type="primary"
            loading={send.isPending}
            onClick={() =>
              send.mutate(
                { body: { location: place, carrier, fulfilmentIds: chosen.map(({ id }) => id) } },
                {
                  onError: showAsIs,
                  onSuccess: ({ id, number, parcels: gone, heldBack }) => {
                    const link = { to: manifestPage(id), text: words('handOver.print') };
                    toast(words('handOver.doneToast', { number, parcels: gone.length }), heldBack.length > 0 ? link : undefined);
                    setStayed(heldBack);
                    if (heldBack.length === 0) void navigate(link.to);
                  },
                },
              )
            }
          >
            {words(here.length > 0 ? 'handOver.actChosen' : 'handOver.actAll', { carrier: title, parcels: chosen.length })}
          </MayButton>
        </div>
        <ErrorNote error={send.error} />
        {stayed.map(({ fulfilmentId, number, code, details }) => (
          <p key={fulfilmentId} className="notice" role="alert">
            <Link to={fulfilmentPage(fulfilmentId)}>{words('handOver.heldBack', { number, why: sentence(code, details) })}</Link>
          </p>
        ))}
      </div>
    </Section>
  );
}
