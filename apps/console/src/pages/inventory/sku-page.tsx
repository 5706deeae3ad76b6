import { useSuspenseQuery } from '@tanstack/react-query';
import { inventory, type ReplyOf } from '@tongshang/contract';
import { movementKinds } from '@tongshang/ui';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useParams, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { MayButton } from '../../parts/may.tsx';
import { ObjectPage, Section } from '../../parts/object-page.tsx';
import { StageRail } from '../../parts/stage-rail.tsx';
import { AdjustDialog } from './adjust-dialog.tsx';
import { causeLink } from '../../lib/cause-link.ts';

const levels = (sku: string) => q(inventory.listStock, { query: { search: sku, limit: 200 } });
const lots = (sku: string) => q(inventory.listLots, { params: { sku } });
const places = q(inventory.listLocations);
const movements = (sku: string, url: URLSearchParams) => {
  const location = url.get('location');
  const after = url.get('after');
  return q(inventory.listMovements, {
    params: { sku },
    query: { limit: 50, ...(location && { location }), ...(after && { after }) },
  });
};

export const loader = ({ params, request }: LoaderFunctionArgs) => {
  const sku = params['sku'] ?? '';
  return Promise.all([
    client.ensureQueryData(levels(sku)),
    client.ensureQueryData(lots(sku)),
    client.ensureQueryData(places),
    client.ensureQueryData(movements(sku, new URL(request.url).searchParams)),
  ]);
};

type Movement = ReplyOf<typeof inventory.listMovements>['items'][number];

const movementColumns: readonly Column<Movement>[] = [
  { key: 'at', title: 'stock.at', show: (one, { f }) => f.instant(one.at) },
  { key: 'kind', title: 'stock.kind', show: (one, { term }) => term(movementKinds, one.kind) },
  { key: 'location', title: 'stock.location', show: (one) => one.location },
  {
    key: 'quantity',
    title: 'stock.change',
    isNumber: true,
    show: (one, { f }) => (one.quantity > 0 ? `+${f.count(one.quantity)}` : f.count(one.quantity)),
  },
  { key: 'balance', title: 'stock.balance', isNumber: true, show: (one, { f }) => <strong>{f.count(one.balance)}</strong> },
  { key: 'cause', title: 'stock.cause', show: (one) => <Cause movement={one} /> },
  { key: 'lot', title: 'stock.lot', show: (one) => one.lot ?? '—' },
  { key: 'actor', title: 'stock.actor', show: (one) => one.actor },
];

function Cause({ movement }: { movement: Movement }) {
  const to = causeLink(movement.cause);
  const text = movement.reason ?? movement.cause;
  return to === undefined ? text : <Link to={to}>{text}</Link>;
}

const lotColumns: readonly Column<ReplyOf<typeof inventory.listLots>['items'][number]>[] = [
  { key: 'lot', title: 'stock.lot', show: (lot) => lot.lot },
  { key: 'location', title: 'stock.location', show: (lot) => lot.location },
  { key: 'expires', title: 'stock.expiresOn', show: (lot) => lot.expiresOn ?? '—' },
  { key: 'onHand', title: 'stock.onHand', isNumber: true, show: (lot, { f }) => f.count(lot.onHand) },
];

/** Why is it 47? The balance at each place, the lots, and every movement that led there. */
export function Page() {
  const words = useWords();
  const name = useName();
  const f = useFormat();
  const sku = useParams()['sku'] ?? '';
  const [url] = useSearchParams();
  const [isAdjusting, setAdjusting] = useState(false);
  const here = useSuspenseQuery(levels(sku)).data.items.filter((level) => level.sku === sku);
  const { data: allLots } = useSuspenseQuery(lots(sku));
  const { data: allPlaces } = useSuspenseQuery(places);
  const { data: page } = useSuspenseQuery(movements(sku, url));
  const chosen = url.get('location');
  const total = here.reduce((sum, level) => sum + level.onHand, 0);
  const placeName = (code: string): string => {
    const place = allPlaces.items.find((one) => one.code === code);
    return place ? name(place) : code;
  };
  return (
    <ObjectPage
      title={here[0]?.name ?? sku}
      module={words('nav.stock')}
      back={{ to: '/supply/stock', text: words('nav.stock') }}
      id={sku}
      facts={words('stock.facts', { sku, total: f.count(total) })}
      actions={
        <MayButton need="inventory.adjust" type="primary" onClick={() => setAdjusting(true)}>
          {words('stock.adjust')}
        </MayButton>
      }
    >
      <Section title={words('stock.levels')}>
        <DataTable
          caption={words('stock.levels')}
          columns={[
            { key: 'location', title: 'stock.location', show: (level) => `${level.location} ${placeName(level.location)}` },
            { key: 'onHand', title: 'stock.onHand', isNumber: true, show: (level) => f.count(level.onHand) },
            { key: 'promised', title: 'stock.promised', isNumber: true, show: (level) => f.count(-level.promised) },
            { key: 'unavailable', title: 'stock.unavailable', isNumber: true, show: (level) => f.count(-level.unavailable) },
            { key: 'buffer', title: 'stock.buffer', isNumber: true, show: (level) => f.count(-level.buffer) },
            {
              key: 'available',
              title: 'stock.available',
              isNumber: true,
              show: (level) => <strong>{f.count(level.available)}</strong>,
            },
            { key: 'cost', title: 'stock.unitCost', isNumber: true, show: (level) => f.money(level.unitCostFen) },
          ]}
          rows={here}
          rowKey={(level) => level.location}
        />
      </Section>
      {allLots.items.length > 0 && (
        <Section title={words('stock.lots')}>
          <DataTable
            caption={words('stock.lots')}
            columns={lotColumns}
            rows={allLots.items}
            rowKey={(lot) => `${lot.location} ${lot.lot}`}
          />
        </Section>
      )}
      <Section title={words('stock.movements')}>
        <StageRail
          stages={[
            { key: 'all', name: words('list.all'), count: undefined, to: '?', isCurrent: chosen === null },
            ...here.map((level) => ({
              key: level.location,
              name: placeName(level.location),
              count: level.onHand,
              to: `?location=${encodeURIComponent(level.location)}`,
              isCurrent: chosen === level.location,
            })),
          ]}
        />
        {page.items.length === 0 ? (
          <p className="second">{words('stock.noMovements')}</p>
        ) : (
          <DataTable caption={words('stock.movements')} columns={movementColumns} rows={page.items} rowKey={(one) => one.id} />
        )}
        {page.next !== null && (
          <Link to={`?${new URLSearchParams({ ...(chosen && { location: chosen }), after: page.next })}`}>
            {words('stock.older')}
          </Link>
        )}
      </Section>
      {isAdjusting && <AdjustDialog sku={sku} levels={here} onClose={() => setAdjusting(false)} />}
    </ObjectPage>
  );
}
