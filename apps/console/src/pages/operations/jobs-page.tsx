import { useSuspenseQuery } from '@tanstack/react-query';
import { operations } from '@tongshang/contract';
import { useSearchParams } from 'react-router';
import { q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { readListUrl } from '../../lib/list-url.ts';
import { toast } from '../../lib/toast.ts';
import type { Column } from '../../parts/data-table.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { Figure } from '../../parts/figure.tsx';
import { MayButton } from '../../parts/may.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';

export const loader = listLoader(operations.listJobs);

const states = {
  retrying: { tone: 'attention', zh: '等待重试', en: 'Waiting to retry' },
  dead: { tone: 'bad', zh: '已停止', en: 'Dead' },
} as const;
type Job = RowOf<typeof operations.listJobs>;

const columns: readonly Column<Job>[] = [
  { key: 'name', title: 'jobs.name', show: (job) => <code>{job.name}</code> },
  { key: 'error', title: 'jobs.error', show: (job) => <span className="clip">{job.lastError}</span>, card: 'second' },
  {
    key: 'attempts',
    title: 'jobs.attempts',
    isNumber: true,
    show: (job, { f }) => `${f.count(job.attempts)} / ${f.count(job.attemptsMax)}`,
    card: 'right',
  },
  { key: 'created', title: 'jobs.createdAt', show: (job, { f }) => f.instant(job.createdAt) },
  { key: 'next', title: 'jobs.nextRunAt', show: (job, { f }) => f.instant(job.nextRunAt) },
  { key: 'state', title: 'jobs.state', show: (job) => <StatusTag status={states[job.state]} code={job.state} />, card: 'status' },
];

/** Jobs that failed, with a way to run them again, and how the queue stands. */
export function Page() {
  const words = useWords();
  const retry = useSend(operations.retryJob, [operations.listJobs]);
  return (
    <>
      <QueryList
        endpoint={operations.listJobs}
        title={words('nav.jobs')}
        module={words('wing.settings')}
        about={words('jobs.about')}
        rail={<Queue />}
        filters={[]}
        columns={columns}
        rowKey={(job) => job.id}
        rowActions={(job) => (
          <MayButton
            need="jobs.retry"
            size="small"
            loading={retry.isPending && retry.variables.params?.id === job.id}
            aria-label={words('jobs.retryOf', { name: job.name })}
            onClick={() =>
              retry.mutate({ params: { id: job.id } }, { onSuccess: () => toast(words('jobs.retriedToast', { name: job.name })) })
            }
          >
            {words('act.retry')}
          </MayButton>
        )}
        empty={{ sentence: words('jobs.empty') }}
      />
      <ErrorNote error={retry.error} />
    </>
  );
}

function Queue() {
  const words = useWords();
  const f = useFormat();
  const [url] = useSearchParams();
  const { data } = useSuspenseQuery(q(operations.listJobs, { query: readListUrl(operations.listJobs, url).query }));
  const { queue } = data;
  return (
    <div className="figures queue">
      <Figure name={words('jobs.due')} value={f.count(queue.due)} />
      <Figure name={words('jobs.running')} value={f.count(queue.running)} />
      <Figure name={words('jobs.planned')} value={f.count(queue.planned)} />
      <Figure name={words('jobs.dead')} value={f.count(queue.dead)} />
      <Figure name={words('jobs.oldest')} value={f.duration(queue.oldestDueSeconds * 1000)} />
    </div>
  );
}
