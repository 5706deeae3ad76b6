import { useSuspenseQuery } from '@tanstack/react-query';
import { inventory } from '@tongshang/contract';
import { useState } from 'react';
import { type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { MayButton } from '../../parts/may.tsx';
import { ObjectPage, Section } from '../../parts/object-page.tsx';
import { readPlaces, usePlaceName } from '../../parts/place-choice.tsx';
import type { RowOf } from '../../parts/query-list.tsx';
import { AdjustDialog } from './adjust-dialog.tsx';
import { Breakdown, breakdownOf } from './stock/breakdown.tsx';
import { ConditionDialog } from './stock/condition-dialog.tsx';
import { History, readHistory } from './stock/history.tsx';

const levels = (sku: string) => q(inventory.listStock, { query: { search: sku, limit: 200 } });
const lots = (sku: string) => q(inventory.listLots, { params: { sku } });

export const loader = (args: LoaderFunctionArgs) => {
  const sku = args.params['sku'] ?? '';
  return Promise.all([
    client.ensureQueryData(levels(sku)),
    client.ensureQueryData(breakdownOf(sku)),
    client.ensureQueryData(lots(sku)),
    readPlaces(),
    readHistory(sku, new URL(args.request.url).searchParams),
  ]);
};

const lotColumns: readonly Column<{ lot: string; location: string; expiresOn: string | null; onHand: number }>[] = [
  { key: 'lot', title: 'stock.lot', show: (lot) => lot.lot },
  { key: 'location', title: 'stock.location', show: (lot) => lot.location },
  { key: 'expires', title: 'stock.expiresOn', show: (lot) => lot.expiresOn ?? '—' },
  { key: 'onHand', title: 'stock.onHand', isNumber: true, show: (lot, { f }) => f.count(lot.onHand) },
];

type Level = RowOf<typeof inventory.listStock>;

/** Why is it 47? How the figure is made up at each place, the lots, and every movement that led there. */
export function Page() {
  const words = useWords();
  const name = useName();
  const f = useFormat();
  const placeName = usePlaceName();
  const sku = useParams()['sku'] ?? '';
  const [dialog, setDialog] = useState<'adjust' | 'condition' | undefined>();
  const here = useSuspenseQuery(levels(sku)).data.items.filter((level: Level) => level.sku === sku);
  const { data: allLots } = useSuspenseQuery(lots(sku));
  const { data: breakdown } = useSuspenseQuery(breakdownOf(sku));
  const close = () => setDialog(undefined);
  const total = breakdown.items.reduce((sum, one) => sum + one.onHand, 0);
  const available = breakdown.items.reduce((sum, one) => sum + one.available, 0);
  return (
    <ObjectPage
      title={name(breakdown)}
      module={words('nav.stock')}
      back={{ to: '/supply/stock', text: words('nav.stock') }}
      id={sku}
      facts={words('stock.facts', { sku, total: f.count(total), available: f.count(available) })}
      actions={
        <>
          <MayButton need="inventory.adjust" type="primary" onClick={() => setDialog('adjust')}>
            {words('stock.adjust')}
          </MayButton>
          <MayButton
            need="inventory.adjust"
            not={total > 0 ? undefined : words('stock.noneToMove')}
            onClick={() => setDialog('condition')}
          >
            {words('stock.moveCondition')}
          </MayButton>
        </>
      }
    >
      <Section title={words('stock.levels')}>
        <Breakdown items={breakdown.items} />
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
      <History sku={sku} places={here.map(({ location, onHand }) => ({ location, onHand, name: placeName(location) }))} />
      {dialog === 'adjust' && <AdjustDialog sku={sku} levels={here} onClose={close} />}
      {dialog === 'condition' && <ConditionDialog sku={sku} items={breakdown.items} onClose={close} />}
    </ObjectPage>
  );
}
