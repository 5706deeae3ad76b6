import { orders } from '@tongshang/contract';
import { useWords } from '../../../lib/language.ts';
import type { Column } from '../../../parts/data-table.tsx';
import type { Filter } from '../../../parts/filters.tsx';
import { listLoader, QueryList, type RowOf } from '../../../parts/query-list.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { bulkActionWords, bulkRunStates } from './run-terms.ts';

export const loader = listLoader(orders.listBulkRuns);

const columns: readonly Column<RowOf<typeof orders.listBulkRuns>>[] = [
  { key: 'at', title: 'bulk.startedAt', isTight: true, show: (run, { f }) => f.instant(run.startedAt) },
  { key: 'action', title: 'bulk.action', show: (run, { term }) => term(bulkActionWords, run.action), card: 'second' },
  { key: 'total', title: 'bulk.total', isNumber: true, show: (run, { f }) => f.count(run.total), card: 'right' },
  { key: 'done', title: 'bulk.doneCount', isNumber: true, show: (run, { f }) => f.count(run.done) },
  { key: 'refused', title: 'bulk.refusedCount', isNumber: true, show: (run, { f }) => f.count(run.refused) },
  { key: 'by', title: 'bulk.startedBy', show: (run) => run.startedBy, card: 'second' },
  { key: 'finished', title: 'bulk.finishedAt', isTight: true, show: (run, { f }) => f.instant(run.finishedAt) },
  {
    key: 'state',
    title: 'orders.state',
    show: (run) => <StatusTag status={bulkRunStates[run.state]} code={run.state} />,
    card: 'status',
  },
];

const filters: readonly Filter[] = [{ kind: 'choice', name: 'state', label: 'orders.state', terms: bulkRunStates }];

/** What was done to many orders at once, by whom, and how much of it was refused. */
export function Page() {
  const words = useWords();
  return (
    <QueryList
      endpoint={orders.listBulkRuns}
      title={words('bulk.runs')}
      module={words('nav.orders')}
      about={words('bulk.runsAbout')}
      filters={filters}
      columns={columns}
      rowKey={(run) => run.id}
      href={(run) => `/sell/orders/bulk/${run.id}`}
      empty={{ sentence: words('bulk.noRuns') }}
    />
  );
}
