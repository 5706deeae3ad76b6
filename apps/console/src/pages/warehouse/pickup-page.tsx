import { useSuspenseQuery } from '@tanstack/react-query';
import { warehouse } from '@tongshang/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import { readSession } from '../../lib/session.ts';
import { signal } from '../../lib/signal.ts';
import { CardList } from '../../parts/data-table.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { placeFrom, readPlaces, usePlace } from '../../parts/place-choice.tsx';
import { ScanBox } from '../../parts/scan-box.tsx';
import { fulfilmentPage } from './floor-tabs.tsx';
import { fulfilmentColumns } from './fulfilment-columns.tsx';
import { type Fulfilment, keepAnswer } from './fulfilment-query.ts';
import { ScanAnswer } from './scan-answer.tsx';
import '../../supply.css';

const pickups = (location: string, state: 'packed' | 'open') =>
  q(warehouse.listFulfilments, { query: { location, kind: 'pickup', state, limit: 50 } });

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const [places, session] = await Promise.all([readPlaces(), readSession()]);
  const place = placeFrom(new URL(request.url).searchParams, session?.location ?? null, places.items, 'store');
  return Promise.all([client.ensureQueryData(pickups(place, 'packed')), client.ensureQueryData(pickups(place, 'open'))]);
};

type Shown = { step: 'found' | 'given'; fulfilment: Fulfilment; code: string } | { step: 'wrong'; code: string; error: unknown };

/** The counter: the buyer shows a code, it is scanned once, the parcel changes hands. Made for a phone. */
export function Page() {
  const words = useWords();
  const { place, choice } = usePlace('store');
  return (
    <div className="floor">
      <PageHead title={words('nav.pickup')} module={words('wing.supply')} about={words('pickup.about')} actions={choice} />
      <Counter key={place} place={place} />
      <Waiting place={place} />
    </div>
  );
}

function Counter({ place }: { place: string }) {
  const words = useWords();
  const [shown, setShown] = useState<Shown>();
  const check = useSend(warehouse.checkPickup);
  const collect = useSend(warehouse.collectPickup);
  const wrong = (code: string) => (error: unknown) => {
    setShown({ step: 'wrong', code, error });
    signal('wrong');
  };
  const scan = (code: string) =>
    check.mutate(
      { body: { location: place, code } },
      {
        onError: wrong(code),
        onSuccess: (fulfilment) => {
          setShown({ step: 'found', fulfilment, code });
          signal('right');
        },
      },
    );
  const give = (code: string) =>
    collect.mutate(
      { body: { location: place, code } },
      {
        onError: wrong(code),
        onSuccess: (fulfilment) => {
          keepAnswer(fulfilment);
          setShown({ step: 'given', fulfilment, code });
          signal('right');
        },
      },
    );
  return (
    <section className="card stack" aria-label={words('pickup.counter')}>
      <ScanBox label={words('pickup.scan')} isBusy={check.isPending} onScan={scan}>
        {shown?.step === 'wrong' && (
          <ScanAnswer answer={{ isRight: false, code: shown.code, error: shown.error }} onClose={() => setShown(undefined)} />
        )}
        {shown?.step === 'given' && (
          <p className="scan-right">
            <strong>✓ {words('pickup.given', { number: shown.fulfilment.number, name: shown.fulfilment.recipient.name })}</strong>
          </p>
        )}
      </ScanBox>
      {shown?.step === 'found' && (
        <div className="stack">
          <Parcel fulfilment={shown.fulfilment} />
          <MayButton
            need="warehouse.work"
            type="primary"
            className="floor-act"
            loading={collect.isPending}
            onClick={() => give(shown.code)}
          >
            {words('pickup.give', { number: shown.fulfilment.number })}
          </MayButton>
          <Button onClick={() => setShown(undefined)}>{words('pickup.notHim')}</Button>
          {collect.error && <ErrorNote error={collect.error} />}
        </div>
      )}
    </section>
  );
}

/** Whose it is and what lies in it. */
function Parcel({ fulfilment }: { fulfilment: Fulfilment }) {
  const words = useWords();
  const name = useName();
  const { count } = useFormat();
  return (
    <div>
      <h2>{fulfilment.recipient.name}</h2>
      <p className="second">
        {fulfilment.recipient.phone} ·{' '}
        {fulfilment.orders.map((order) => (
          <Link key={order.orderId} to={`/sell/orders/${order.orderId}`}>
            {order.number}
          </Link>
        ))}
      </p>
      <ul className="floor-list" aria-label={words('floor.lines')}>
        {fulfilment.lines.map((line) => (
          <li key={`${line.orderId} ${line.lineNo}`}>
            <span>
              {name(line)} <code>{line.sku}</code>
            </span>
            <span className="floor-count">× {count(line.quantity)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Waiting({ place }: { place: string }) {
  const words = useWords();
  const { data: ready } = useSuspenseQuery(pickups(place, 'packed'));
  const { data: open } = useSuspenseQuery(pickups(place, 'open'));
  return (
    <>
      {open.items.length > 0 && (
        <p className="notice">
          {words('pickup.toPrepare', { parcels: open.items.length })}{' '}
          <Link to={`/supply/floor-board?location=${encodeURIComponent(place)}&kind=pickup`}>{words('pickup.prepare')}</Link>
        </p>
      )}
      <section className="card" aria-label={words('pickup.ready')}>
        <h2>{words('pickup.readyCount', { parcels: ready.items.length })}</h2>
        {ready.items.length === 0 ? (
          <p className="second">{words('pickup.nobody')}</p>
        ) : (
          <CardList
            caption={words('pickup.ready')}
            columns={fulfilmentColumns}
            rows={ready.items}
            rowKey={(one) => one.id}
            href={(one) => fulfilmentPage(one.id)}
          />
        )}
      </section>
    </>
  );
}
