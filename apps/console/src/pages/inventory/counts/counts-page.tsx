import { counts } from '@tongshang/contract';
import { countStates } from '@tongshang/ui';
import { type LoaderFunctionArgs } from 'react-router';
import { useWords } from '../../../lib/language.ts';
import type { Column } from '../../../parts/data-table.tsx';
import type { Filter } from '../../../parts/filters.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { readPlaces, usePlaceOptions } from '../../../parts/place-choice.tsx';
import { listLoader, QueryList, type RowOf } from '../../../parts/query-list.tsx';
import { StateRail } from '../../../parts/stage-rail.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { useOpenDialog } from '../../../parts/use-open-dialog.ts';
import { OpenDialog } from './open-dialog.tsx';

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(counts.listCounts)(args), readPlaces()]);
  return null;
};

const columns: readonly Column<RowOf<typeof counts.listCounts>>[] = [
  { key: 'number', title: 'counts.number', show: (one) => one.number },
  { key: 'location', title: 'place.label', show: (one) => one.location, card: 'second' },
  { key: 'lines', title: 'counts.lines', isNumber: true, show: (one, { f }) => f.count(one.lineCount) },
  {
    key: 'differing',
    title: 'counts.differing',
    isNumber: true,
    show: (one, { f }) => (one.differing === null ? '—' : f.count(one.differing)),
  },
  {
    key: 'value',
    title: 'counts.differenceValue',
    isNumber: true,
    show: (one, { f }) => (one.differenceFen === null ? '—' : f.money(one.differenceFen)),
    card: 'right',
  },
  { key: 'openedBy', title: 'counts.openedBy', show: (one) => one.openedBy },
  { key: 'countedBy', title: 'counts.countedBy', show: (one) => one.countedBy ?? '—' },
  { key: 'recountedBy', title: 'counts.recountedBy', show: (one) => one.recountedBy ?? '—' },
  { key: 'at', title: 'counts.openedAt', isTight: true, show: (one, { f }) => f.instant(one.openedAt), card: 'second' },
  {
    key: 'state',
    title: 'counts.state',
    show: (one) => <StatusTag status={countStates[one.state]} code={one.state} />,
    text: (one, { term }) => term(countStates, one.state),
    card: 'status',
  },
];

/** Sheets of what was counted: blind, a second person where it differs, approval above a limit. */
export function Page() {
  const words = useWords();
  const [isOpen, setOpen] = useOpenDialog('new');
  const filters: readonly Filter[] = [{ kind: 'list', name: 'location', label: 'place.label', options: usePlaceOptions() }];
  const open = (
    <MayButton need="inventory.adjust" type="primary" onClick={() => setOpen(true)}>
      {words('counts.open')}
    </MayButton>
  );
  return (
    <>
      <QueryList
        endpoint={counts.listCounts}
        title={words('nav.counts')}
        module={words('wing.supply')}
        about={words('counts.about')}
        actions={open}
        rail={<StateRail states={counts.countStates} terms={countStates} />}
        filters={filters}
        columns={columns}
        rowKey={(one) => one.id}
        href={(one) => `/supply/counts/${one.id}`}
        empty={{ sentence: words('counts.empty'), action: open }}
      />
      {isOpen && <OpenDialog onClose={() => setOpen(false)} />}
    </>
  );
}
