import { useSuspenseQuery } from '@tanstack/react-query';
import { pricing } from '@tongshang/contract';
import { actorName, priceKinds, priceStates } from '@tongshang/ui';
import { lazy, Suspense, useState } from 'react';
import { type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Facts, ObjectPage, Section } from '../../parts/object-page.tsx';
import { type Price, usePlaceText, whyNotStop } from './price-place.ts';
import { StopPriceDialog } from './stop-price-dialog.tsx';

// The dialog brings a calendar; the rows do not wait for it.
const SetPriceDialog = lazy(async () => ({ default: (await import('./set-price-dialog.tsx')).SetPriceDialog }));

const prices = (sku = '') => q(pricing.listPrices, { params: { sku } });

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(prices(params['sku']));

const columns: readonly Column<Price>[] = [
  { key: 'kind', title: 'products.priceKind', show: (price, { term }) => term(priceKinds, price.kind) },
  { key: 'place', title: 'prices.place', show: (price) => <Place price={price} /> },
  { key: 'amount', title: 'products.price', isNumber: true, show: (price, { f }) => f.money(price.amountFen, price.currency) },
  { key: 'from', title: 'products.validFrom', show: (price, { f }) => f.instant(price.validFrom) },
  {
    key: 'to',
    title: 'products.validTo',
    show: (price, { f, words }) => (price.validTo ? f.instant(price.validTo) : words('products.openEnd')),
  },
  { key: 'cause', title: 'form.reason', show: (price) => price.cause || '—' },
  { key: 'by', title: 'products.changedBy', show: (price, { f }) => actorName(price.createdBy, f.language) },
];

function Place({ price }: { price: Price }) {
  return usePlaceText()(price);
}

const states = ['running', 'scheduled', 'ended'] as const satisfies readonly Price['state'][];
const endedMax = 20;

/** Every price of one SKU: what holds for whom, what is coming, what has been. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const { money } = useFormat();
  const { sku } = useParams();
  const { data } = useSuspenseQuery(prices(sku));
  const [isSetting, setSetting] = useState(false);
  const [stopped, setStopped] = useState<Price>();
  const { current } = data;
  return (
    <ObjectPage
      title={name(current)}
      module={words('nav.prices')}
      back={{ to: '/sell/prices', text: words('nav.prices') }}
      id={current.sku}
      facts={current.sku}
      actions={
        <MayButton need="pricing.edit" type="primary" onClick={() => setSetting(true)}>
          {words('prices.set')}
        </MayButton>
      }
    >
      <Section title={words('prices.inShop')}>
        <Facts
          facts={[
            [words('products.priceNow'), current.amountFen === null ? words('prices.unpriced') : money(current.amountFen)],
            [words('prices.cost'), money(current.costFen)],
            [words('products.floor'), money(current.floorFen)],
            [words('prices.room'), money(current.amountFen === null ? null : current.amountFen - current.floorFen)],
          ]}
        />
        <p className="third">{words('prices.floorText')}</p>
      </Section>
      {states.map((state) => {
        const rows = data.items.filter((price) => price.state === state);
        const shown = state === 'ended' ? rows.slice(0, endedMax) : rows;
        if (rows.length === 0) return null;
        return (
          <Section key={state} title={`${term(priceStates, state)} (${rows.length})`}>
            <DataTable
              caption={term(priceStates, state)}
              columns={columns}
              rows={shown}
              rowKey={(price) => price.id}
              {...(state !== 'ended' && {
                rowActions: (price: Price) => <StopButton price={price} onStop={() => setStopped(price)} />,
              })}
            />
          </Section>
        );
      })}
      <Suspense>{isSetting && <SetPriceDialog current={current} onClose={() => setSetting(false)} />}</Suspense>
      {stopped && <StopPriceDialog price={stopped} onClose={() => setStopped(undefined)} />}
    </ObjectPage>
  );
}

function StopButton({ price, onStop }: { price: Price; onStop: () => void }) {
  const words = useWords();
  const why = whyNotStop(price);
  return (
    <MayButton need="pricing.edit" size="small" not={why === undefined ? undefined : words(why)} onClick={onStop}>
      {words(price.state === 'scheduled' ? 'prices.cancel' : 'prices.end')}
    </MayButton>
  );
}
