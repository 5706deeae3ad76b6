import { transfers } from '@tongshang/contract';
import { transferStates } from '@tongshang/ui';
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
import { RequestDialog } from './request-dialog.tsx';

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(transfers.listTransfers)(args), readPlaces()]);
  return null;
};

const late = { tone: 'bad', zh: '已逾期', en: 'Late' } as const;
const only = { late: { zh: '已逾期', en: 'Late' }, short: { zh: '有短缺或破损', en: 'Short or damaged' } } as const;

const columns: readonly Column<RowOf<typeof transfers.listTransfers>>[] = [
  { key: 'number', title: 'transfers.number', show: (one) => one.number },
  { key: 'way', title: 'transfers.way', show: (one) => `${one.from} → ${one.to}`, card: 'second' },
  {
    key: 'units',
    title: 'transfers.units',
    isNumber: true,
    show: (one, { f }) => f.count(one.state === 'requested' ? one.requested : one.sent),
    card: 'right',
  },
  {
    key: 'short',
    title: 'transfers.missing',
    isNumber: true,
    show: (one, { f }) => (one.lost + one.damaged === 0 ? '—' : f.count(one.lost + one.damaged)),
  },
  { key: 'expected', title: 'transfers.expectedOn', isTight: true, show: (one) => one.expectedOn, card: 'second' },
  { key: 'by', title: 'transfers.requestedBy', show: (one) => one.requestedBy },
  { key: 'at', title: 'transfers.requestedAt', isTight: true, show: (one, { f }) => f.instant(one.requestedAt) },
  {
    key: 'state',
    title: 'transfers.state',
    card: 'status',
    show: (one) => (
      <span className="row">
        <StatusTag status={transferStates[one.state]} code={one.state} />
        {one.isLate && <StatusTag status={late} code="late" />}
      </span>
    ),
    text: (one, { term }) => term(transferStates, one.state),
  },
];

/** Units that are moved between our own places. */
export function Page() {
  const words = useWords();
  const [isOpen, setOpen] = useOpenDialog('new');
  const places = usePlaceOptions();
  const filters: readonly Filter[] = [
    { kind: 'search', name: 'search', label: 'transfers.search' },
    { kind: 'list', name: 'from', label: 'transfers.from', options: places },
    { kind: 'list', name: 'to', label: 'transfers.to', options: places },
    { kind: 'choice', name: 'only', label: 'transfers.only', terms: only },
  ];
  const request = (
    <MayButton need="inventory.transfer" type="primary" onClick={() => setOpen(true)}>
      {words('transfers.request')}
    </MayButton>
  );
  return (
    <>
      <QueryList
        endpoint={transfers.listTransfers}
        title={words('nav.transfers')}
        module={words('wing.supply')}
        about={words('transfers.about')}
        actions={request}
        rail={<StateRail states={transfers.transferStates} terms={transferStates} />}
        filters={filters}
        columns={columns}
        rowKey={(one) => one.id}
        href={(one) => `/supply/transfers/${one.id}`}
        empty={{ sentence: words('transfers.empty'), action: request }}
      />
      {isOpen && <RequestDialog onClose={() => setOpen(false)} />}
    </>
  );
}
