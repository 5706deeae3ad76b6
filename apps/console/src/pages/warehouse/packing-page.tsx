import { useSuspenseQuery } from '@tanstack/react-query';
import { createClient, warehouse } from '@tongshang/contract';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useNavigate } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { readSession } from '../../lib/session.ts';
import { signal } from '../../lib/signal.ts';
import { CardList } from '../../parts/data-table.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { placeFrom, readPlaces, usePlace } from '../../parts/place-choice.tsx';
import { ScanBox } from '../../parts/scan-box.tsx';
import { FloorTabs, packPage } from './floor-tabs.tsx';
import { fulfilmentColumns } from './fulfilment-columns.tsx';
import '../../supply.css';

const call = createClient();
const waiting = (location: string) => q(warehouse.listFulfilments, { query: { location, state: 'picked', limit: 50 } });

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const [places, session] = await Promise.all([readPlaces(), readSession()]);
  return client.ensureQueryData(waiting(placeFrom(new URL(request.url).searchParams, session?.location ?? null, places.items)));
};

/** Which parcel is packed next: scan its paper, or take the first that has to leave. */
export function Page() {
  const words = useWords();
  const navigate = useNavigate();
  const { place, choice } = usePlace();
  const { data } = useSuspenseQuery(waiting(place));
  const [found, setFound] = useState<{ code: string; count: number } | { error: unknown } | undefined>();
  const find = async (text: string) => {
    try {
      const { items } = await call(warehouse.listFulfilments, { query: { text, limit: 2 } });
      const [only] = items;
      if (items.length === 1 && only !== undefined) {
        signal('right');
        return void navigate(packPage(only.id));
      }
      setFound({ code: text, count: items.length });
    } catch (error) {
      setFound({ error });
    }
    signal('wrong');
  };
  return (
    <div className="floor">
      <PageHead
        title={words('floor.packing')}
        module={words('nav.floorBoard')}
        about={words('floor.packingAbout')}
        actions={choice}
      />
      <FloorTabs />
      <section className="card stack" aria-label={words('floor.which')}>
        <ScanBox label={words('floor.scanFulfilment')} onScan={(code) => void find(code)}>
          {found !== undefined && 'count' in found && (
            <p className="error-note" role="alert">
              {words(found.count === 0 ? 'floor.foundNone' : 'floor.foundMany', { code: found.code })}
            </p>
          )}
          {found !== undefined && 'error' in found && <ErrorNote error={found.error} />}
        </ScanBox>
      </section>
      <section className="card" aria-label={words('floor.toPack')}>
        <h2>{words('floor.toPackCount', { count: data.items.length })}</h2>
        {data.items.length === 0 ? (
          <p className="second">
            {words('floor.nothingToPack')}{' '}
            <Link to={`/supply/floor-board/picking?location=${place}`}>{words('floor.toPicking')}</Link>
          </p>
        ) : (
          <CardList
            caption={words('floor.toPack')}
            columns={fulfilmentColumns}
            rows={data.items}
            rowKey={(one) => one.id}
            href={(one) => packPage(one.id)}
          />
        )}
      </section>
    </div>
  );
}
