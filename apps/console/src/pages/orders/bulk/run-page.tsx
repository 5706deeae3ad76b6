import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { orders, type ReplyOf } from '@tongshang/contract';
import { useEffect } from 'react';
import { type LoaderFunctionArgs, useParams } from 'react-router';
import { client, forget, q, useSend } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useTerm, useWords } from '../../../lib/language.ts';
import type { Column } from '../../../parts/data-table.tsx';
import { ErrorNote, useRefusal } from '../../../parts/error-state.tsx';
import type { Filter } from '../../../parts/filters.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { ObjectPage } from '../../../parts/object-page.tsx';
import { listLoader, QueryList, type RowOf } from '../../../parts/query-list.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { WorkProgress } from '../../../parts/work-progress.tsx';
import { bulkActionWords, bulkRowStates, bulkRunStates } from './run-terms.ts';

type Run = ReplyOf<typeof orders.getBulkRun>;

const runOf = (runId = '') => q(orders.getBulkRun, { params: { runId } });

export const loader = (args: LoaderFunctionArgs) =>
  Promise.all([client.ensureQueryData(runOf(args.params['runId'])), listLoader(orders.listBulkRows)(args)]);

type Row = RowOf<typeof orders.listBulkRows>;

const filters: readonly Filter[] = [{ kind: 'choice', name: 'state', label: 'bulk.rowState', terms: bulkRowStates }];

/** One run over many orders: how far it has come, and every order that was refused with its reason, to look at or to take away. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const say = useRefusal();
  const { runId = '' } = useParams();
  const { data: run } = useSuspenseQuery(runOf(runId));
  useQuery({ ...runOf(runId), refetchInterval: ({ state }) => (state.data?.state === 'running' ? 1_000 : false) });
  useFreshRows(run);
  const columns: readonly Column<Row>[] = [
    { key: 'number', title: 'orders.number', show: (row) => row.number },
    { key: 'problem', title: 'form.reason', show: (row) => (row.problem === null ? '—' : say(row.problem)), card: 'second' },
    {
      key: 'state',
      title: 'bulk.rowState',
      show: (row) => <StatusTag status={bulkRowStates[row.state]} code={row.state} />,
      text: (row) => term(bulkRowStates, row.state),
      card: 'status',
    },
  ];
  const title = words('bulk.runTitle', { action: term(bulkActionWords, run.action), count: f.count(run.total) });
  return (
    <ObjectPage
      title={title}
      module={words('bulk.runs')}
      back={{ to: '/sell/orders/bulk', text: words('bulk.runs') }}
      status={<StatusTag status={bulkRunStates[run.state]} code={run.state} />}
      facts={words('bulk.runFacts', { by: run.startedBy, at: f.instant(run.startedAt), reason: run.reason ?? '—' })}
      actions={run.state === 'running' && <Stop run={run} />}
    >
      <WorkProgress
        title={words(run.state === 'running' ? 'bulk.running' : 'bulk.result')}
        label={words('bulk.progress')}
        progress={(run.done + run.refused) / run.total}
        isMoving={run.state === 'running'}
        counts={words('bulk.counts', {
          done: f.count(run.done),
          refused: f.count(run.refused),
          waiting: f.count(run.total - run.done - run.refused),
          total: f.count(run.total),
        })}
        note={words(run.state === 'running' ? 'bulk.mayLeave' : 'bulk.takeAway')}
      />
      <QueryList
        endpoint={orders.listBulkRows}
        params={{ runId }}
        title={words('bulk.rows')}
        head={
          <div className="section-head">
            <h2>{words('bulk.rows')}</h2>
          </div>
        }
        filters={filters}
        columns={columns}
        rowKey={(row) => row.orderId}
        href={(row) => `/sell/orders/${row.orderId}`}
        empty={{ sentence: words('bulk.noRows') }}
      />
    </ObjectPage>
  );
}

/** Rows are read anew when the run has ended, and the orders that it changed with them. */
function useFreshRows({ state }: Run): void {
  useEffect(() => {
    if (state !== 'running') void Promise.all([orders.listBulkRows, orders.listOrders, orders.countOrders].map(forget));
  }, [state]);
}

const rights = { release: 'orders.release', cancel: 'orders.cancel' } as const;

function Stop({ run }: { run: Run }) {
  const words = useWords();
  const stop = useSend(orders.stopBulkRun, [orders.getBulkRun, orders.listBulkRuns, orders.listBulkRows]);
  return (
    <>
      <MayButton need={rights[run.action]} loading={stop.isPending} onClick={() => stop.mutate({ params: { runId: run.id } })}>
        {words('bulk.stop')}
      </MayButton>
      <ErrorNote error={stop.error} />
    </>
  );
}
