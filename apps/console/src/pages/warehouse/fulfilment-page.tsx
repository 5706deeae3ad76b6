import { useSuspenseQuery } from '@tanstack/react-query';
import { warehouse } from '@tongshang/contract';
import { fulfilmentKinds, fulfilmentStates, parcelStates, rejectReasons, storages } from '@tongshang/ui';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useNavigate, useParams } from 'react-router';
import { client, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useActor, useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Facts, ObjectPage, Section } from '../../parts/object-page.tsx';
import { readPlaces, usePlaceName } from '../../parts/place-choice.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { CutOff } from './cut-off.tsx';
import { packPage, pickListPage } from './floor-tabs.tsx';
import { late } from './fulfilment-columns.tsx';
import { type Fulfilment, fulfilmentOf, keepAnswer, showAsIs } from './fulfilment-query.ts';
import { PrintButton } from './print-button.tsx';
import { RejectDialog } from './reject-dialog.tsx';

export const loader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([client.ensureQueryData(fulfilmentOf(params['id'])), readPlaces()]);

const columns: readonly Column<Fulfilment['lines'][number]>[] = [
  {
    key: 'item',
    title: 'floor.item',
    show: (line, { name }) => (
      <>
        <code>{line.sku}</code> {name(line)}
      </>
    ),
  },
  {
    key: 'order',
    title: 'floor.order',
    show: (line) => <Link to={`/sell/orders/${line.orderId}`}>{line.orderNumber}</Link>,
  },
  { key: 'bin', title: 'floor.bin', isTight: true, show: (line) => line.bin ?? '—' },
  { key: 'lots', title: 'floor.lots', show: (line, { words }) => line.lots.join(words('list.comma')) || '—' },
  { key: 'quantity', title: 'floor.quantity', isNumber: true, show: (line, { f }) => <strong>{f.count(line.quantity)}</strong> },
  { key: 'picked', title: 'floor.picked', isNumber: true, show: (line, { f }) => f.count(line.picked) },
  { key: 'packed', title: 'floor.packed', isNumber: true, show: (line, { f }) => f.count(line.packed) },
];

/** One fulfilment: what goes, to whom, how far it is, and the papers that go with it. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const placeName = usePlaceName();
  const actor = useActor();
  const { data } = useSuspenseQuery(fulfilmentOf(useParams()['id']));
  return (
    <ObjectPage
      title={data.number}
      module={words('nav.floorBoard')}
      back={{ to: '/supply/floor-board', text: words('nav.floorBoard') }}
      id={data.number}
      status={
        <span className="row">
          <StatusTag status={fulfilmentStates[data.state]} code={data.state} />
          {data.isLate && <StatusTag status={late} code="late" />}
        </span>
      }
      facts={words('floor.facts', {
        place: placeName(data.location),
        kind: term(fulfilmentKinds, data.kind),
        storage: term(storages, data.storage),
        units: data.units,
      })}
      actions={<Acts data={data} />}
      aside={
        <>
          <RecipientCard data={data} />
          <ParcelCard data={data} />
        </>
      }
    >
      <Section title={words('floor.lines')}>
        <DataTable
          caption={words('floor.lines')}
          columns={columns}
          rows={data.lines}
          rowKey={(line) => `${line.orderId} ${line.lineNo}`}
          href={(line) => `/supply/stock/${encodeURIComponent(line.sku)}?location=${encodeURIComponent(data.location)}`}
        />
        {data.rejectReason && (
          <p className="notice">{words('floor.rejectedBecause', { reason: term(rejectReasons, data.rejectReason) })}</p>
        )}
      </Section>
      <Section title={words('timeline.title')}>
        <Timeline
          entries={data.history.map((entry, at) => ({
            id: String(at),
            at: entry.at,
            who: actor(entry.actor),
            what: entry.what === 'held_back' ? words('floor.heldBack') : term(fulfilmentStates, entry.state),
          }))}
        />
      </Section>
    </ObjectPage>
  );
}

function Acts({ data }: { data: Fulfilment }) {
  const words = useWords();
  const term = useTerm();
  const language = useLanguage();
  const navigate = useNavigate();
  const [isRejecting, setRejecting] = useState(false);
  const start = useSend(warehouse.startPicking, [warehouse.listFulfilments, warehouse.countFulfilments, warehouse.getFulfilment]);
  const unpack = useSend(warehouse.unpack);
  const params = { fulfilmentId: data.id };
  const isPacking = data.state === 'picked' || data.state === 'packed';
  const now = term(fulfilmentStates, data.state);
  const hasParcel = data.parcel !== null;
  return (
    <>
      {data.state === 'open' && (
        <MayButton
          need="warehouse.work"
          type="primary"
          loading={start.isPending}
          onClick={() =>
            start.mutate(
              { body: { location: data.location, fulfilmentIds: [data.id] } },
              { onError: showAsIs, onSuccess: (list) => void navigate(pickListPage(list.id)) },
            )
          }
        >
          {words('floor.pick')}
        </MayButton>
      )}
      {data.state === 'picking' && data.pickListId !== null && (
        <Button type="primary" onClick={() => void navigate(pickListPage(data.pickListId ?? ''))}>
          {words('floor.goOnPicking')}
        </Button>
      )}
      {isPacking && (
        <MayButton
          need="warehouse.work"
          {...(data.state === 'picked' && { type: 'primary' as const })}
          onClick={() => void navigate(packPage(data.id))}
        >
          {words(data.state === 'picked' ? 'floor.pack' : 'floor.seePacking')}
        </MayButton>
      )}
      <PrintButton
        endpoint={warehouse.printLabel}
        input={{ params, query: { language } }}
        isPrimary={data.state === 'packed'}
        not={hasParcel ? undefined : words('floor.noLabelYet')}
      >
        {words('floor.label')}
      </PrintButton>
      <PrintButton endpoint={warehouse.printPackingList} input={{ params, query: { language } }}>
        {words('floor.packingList')}
      </PrintButton>
      {data.state === 'packed' && (
        <MayButton
          need="warehouse.work"
          loading={unpack.isPending}
          onClick={() => unpack.mutate({ params, body: { version: data.version } }, { onSuccess: keepAnswer, onError: showAsIs })}
        >
          {words('floor.unpack')}
        </MayButton>
      )}
      <MayButton
        need="warehouse.work"
        danger
        not={data.moves.includes('rejected') ? undefined : words('floor.notReject', { now })}
        onClick={() => setRejecting(true)}
      >
        {words('floor.reject')}
      </MayButton>
      <ErrorNote error={start.error ?? unpack.error} />
      {isRejecting && <RejectDialog data={data} onClose={() => setRejecting(false)} />}
    </>
  );
}

function RecipientCard({ data }: { data: Fulfilment }) {
  const words = useWords();
  const { recipient } = data;
  return (
    <Section title={words('floor.to')}>
      <Facts
        facts={[
          [words('floor.recipient'), `${recipient.name} ${recipient.phone}`],
          [words('floor.address'), `${recipient.region} ${recipient.address}`],
          [
            words('floor.orders'),
            <span key="orders" className="row">
              {data.orders.map((order) => (
                <Link key={order.orderId} to={`/sell/orders/${order.orderId}`}>
                  {order.number}
                </Link>
              ))}
            </span>,
          ],
          [words('floor.dispatchBy'), <CutOff key="cut" dispatchBy={data.dispatchBy} isLate={data.isLate} />],
          [words('floor.promisedOn'), data.promisedOn],
          ...(data.keepUntil === null ? [] : [[words('floor.keepUntil'), data.keepUntil] as const]),
        ]}
      />
    </Section>
  );
}

function ParcelCard({ data }: { data: Fulfilment }) {
  const words = useWords();
  const { decimal } = useFormat();
  const term = useTerm();
  return (
    <Section
      title={words('floor.parcel')}
      extra={data.parcel && <StatusTag status={parcelStates[data.parcel.state]} code={data.parcel.state} />}
    >
      {data.parcel === null ? (
        <p className="second">{words('floor.noParcel')}</p>
      ) : (
        <>
          <Facts
            facts={[
              [words('floor.carrier'), data.carrier],
              [words('floor.service'), data.service],
              [words('floor.tracking'), <code key="t">{data.parcel.trackingNumber}</code>],
              [words('floor.weight'), words('floor.kilograms', { weight: decimal(data.grams / 1000, 2) })],
            ]}
          />
          <div className="after-facts">
            <Timeline
              entries={data.parcel.events.map((event, at) => ({
                id: String(at),
                at: event.at,
                who: event.place ?? data.carrier ?? '—',
                what: term(parcelStates, event.status),
                ...(event.note !== null && { why: event.note }),
              }))}
            />
          </div>
        </>
      )}
    </Section>
  );
}
