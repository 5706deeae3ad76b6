import { useSuspenseQuery } from '@tanstack/react-query';
import { inventory } from '@tongshang/contract';
import { adjustReasons, correctionKinds, correctionStates } from '@tongshang/ui';
import { type LoaderFunctionArgs } from 'react-router';
import { client, q } from '../../../lib/api.ts';
import { useWords } from '../../../lib/language.ts';
import type { Column } from '../../../parts/data-table.tsx';
import type { Filter } from '../../../parts/filters.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { PageHead } from '../../../parts/page-head.tsx';
import { readPlaces, usePlaceOptions } from '../../../parts/place-choice.tsx';
import { listLoader, QueryList, type RowOf } from '../../../parts/query-list.tsx';
import { StateRail } from '../../../parts/stage-rail.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { useOpenDialog } from '../../../parts/use-open-dialog.ts';
import { LimitsDialog } from './limits-dialog.tsx';
import { StockTabs } from './stock-tabs.tsx';

const limits = q(inventory.getCorrectionLimits);

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(inventory.listCorrections)(args), readPlaces(), client.ensureQueryData(limits)]);
  return null;
};

const columns: readonly Column<RowOf<typeof inventory.listCorrections>>[] = [
  { key: 'number', title: 'adjust.number', show: (one) => one.number },
  { key: 'kind', title: 'adjust.kind', show: (one, { term }) => term(correctionKinds, one.kind), card: 'second' },
  { key: 'location', title: 'stock.location', show: (one) => one.location ?? '—', card: 'second' },
  { key: 'reason', title: 'form.reason', show: (one, { term }) => term(adjustReasons, one.reason) },
  { key: 'units', title: 'adjust.units', isNumber: true, show: (one, { f }) => f.count(one.units) },
  { key: 'value', title: 'adjust.value', isNumber: true, show: (one, { f }) => f.money(one.valueFen), card: 'right' },
  { key: 'by', title: 'adjust.proposedBy', show: (one) => one.proposedBy, card: 'second' },
  { key: 'at', title: 'adjust.proposedAt', isTight: true, show: (one, { f }) => f.instant(one.proposedAt) },
  { key: 'decided', title: 'adjust.decidedBy', show: (one) => one.decidedBy ?? '—' },
  {
    key: 'state',
    title: 'stock.state',
    show: (one) => <StatusTag status={correctionStates[one.state]} code={one.state} />,
    text: (one, { term }) => term(correctionStates, one.state),
    card: 'status',
  },
];

/** Changes of balances that are not trade; those above the limit wait for a second person. */
export function Page() {
  const words = useWords();
  const [isOpen, setOpen] = useOpenDialog('limits');
  const { data } = useSuspenseQuery(limits);
  const filters: readonly Filter[] = [
    { kind: 'list', name: 'location', label: 'stock.location', options: usePlaceOptions() },
    { kind: 'choice', name: 'kind', label: 'adjust.kind', terms: correctionKinds },
  ];
  return (
    <>
      <QueryList
        endpoint={inventory.listCorrections}
        title={words('stock.tabAdjustments')}
        head={
          <>
            <PageHead
              title={words('stock.tabAdjustments')}
              module={words('nav.stock')}
              about={words('adjust.about')}
              actions={
                <MayButton need="inventory.approve" onClick={() => setOpen(true)}>
                  {words('adjust.limits')}
                </MayButton>
              }
            />
            <StockTabs />
          </>
        }
        rail={<StateRail states={inventory.correctionStates} terms={correctionStates} />}
        filters={filters}
        columns={columns}
        rowKey={(one) => one.id}
        href={(one) => `/supply/stock/adjustments/${one.id}`}
        empty={{ sentence: words('adjust.empty') }}
      />
      {isOpen && <LimitsDialog limits={data.items} onClose={() => setOpen(false)} />}
    </>
  );
}
