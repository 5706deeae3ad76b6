import { useSuspenseQuery } from '@tanstack/react-query';
import { type ReplyOf, stream } from '@tongshang/contract';
import { reconciliationOutcomes, streamFeeds } from '@tongshang/ui';
import { Link } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { useNarrow } from '../../lib/screen.ts';
import { toast } from '../../lib/toast.ts';
import { CardList, type Column, DataTable } from '../../parts/data-table.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { DifferenceTable } from './difference-table.tsx';
import { QualityTabs } from './quality-tabs.tsx';

const shownLast = 24;
const quality = q(stream.getQuality);
const reconciliations = q(stream.listReconciliations, { query: { limit: shownLast } });
/** While a comparison runs the page looks again soon; else now and then. */
const soonMs = 2_000;
const laterMs = 15_000;

export const loader = () => Promise.all([client.ensureQueryData(quality), client.ensureQueryData(reconciliations)]);

type Feed = ReplyOf<typeof stream.getQuality>['feeds'][number];
type Reconciliation = ReplyOf<typeof stream.listReconciliations>['items'][number];

const feedColumns: readonly Column<Feed>[] = [
  { key: 'feed', title: 'quality.feed', show: ({ feed }, { term }) => term(streamFeeds, feed) },
  {
    key: 'lag',
    title: 'quality.lag',
    isNumber: true,
    show: ({ lagMs }, { f, words }) => (lagMs === 0 ? words('quality.noLag') : f.duration(lagMs)),
    card: 'right',
  },
  {
    key: 'arrived',
    title: 'quality.arrived',
    isTight: true,
    show: ({ arrivedAt }, { f }) => f.instantExact(arrivedAt),
    card: 'second',
  },
  { key: 'batches', title: 'quality.batches', isNumber: true, show: ({ batches }, { f }) => f.count(batches), card: 'second' },
];

const columns: readonly Column<Reconciliation>[] = [
  { key: 'started', title: 'quality.started', isTight: true, show: (one, { f }) => f.instant(one.startedAt) },
  {
    key: 'days',
    title: 'quality.days',
    isTight: true,
    show: ({ from, to }, { words }) => words('quality.dayRange', { from, to }),
    card: 'second',
  },
  {
    key: 'asker',
    title: 'quality.asker',
    show: ({ askedBy }, { words }) => (askedBy === 'stream' ? words('quality.hourly') : askedBy),
  },
  { key: 'checks', title: 'quality.checks', isNumber: true, show: ({ checks }, { f }) => f.count(checks), card: 'second' },
  {
    key: 'differences',
    title: 'quality.differences',
    isNumber: true,
    show: ({ differences }, { f, words }) =>
      differences.length === 0 ? words('quality.noDifference') : f.count(differences.length),
    card: 'right',
  },
  {
    key: 'outcome',
    title: 'quality.outcome',
    show: ({ outcome }) => <StatusTag status={reconciliationOutcomes[outcome]} code={outcome} />,
    card: 'status',
  },
];

/** How fresh the figures are and whether they agree with the books. */
export function Page() {
  const words = useWords();
  const f = useFormat();
  const isNarrow = useNarrow(992);
  const isRunning = ({ state }: { state: { data?: unknown } }): boolean =>
    (state.data as ReplyOf<typeof stream.getQuality> | undefined)?.lastReconciliation?.outcome === 'running';
  const { data } = useSuspenseQuery({ ...quality, refetchInterval: (query) => (isRunning(query) ? soonMs : laterMs) });
  const isUnderWay = data.lastReconciliation?.outcome === 'running';
  const { data: list } = useSuspenseQuery({ ...reconciliations, refetchInterval: isUnderWay ? soonMs : laterMs });
  const differing = list.items.find(({ differences }) => differences.length > 0);
  const FeedList = isNarrow ? CardList : DataTable;
  return (
    <div className="stack">
      <PageHead
        title={words('nav.quality')}
        module={words('wing.know')}
        about={words('quality.about')}
        actions={<CompareNow isUnderWay={isUnderWay} />}
      />
      <QualityTabs />
      <div className="card">
        <h2>{words('quality.feeds')}</h2>
        <p className="second">
          {words('quality.asOf', { time: f.instantExact(data.asOf) })} ·{' '}
          <Link to="/know/quality/late?state=open">{words('quality.lateOpen', { count: data.lateOpen })}</Link> ·{' '}
          <Link to="/know/quality/reopened">{words('quality.reopened', { count: data.reopenedLastDay })}</Link>
        </p>
        <FeedList<Feed> caption={words('quality.feeds')} columns={feedColumns} rows={data.feeds} rowKey={({ feed }) => feed} />
      </div>
      <div className="card">
        <h2>{words('quality.reconciliations')}</h2>
        {list.items.length === 0 ? (
          <div className="empty">
            <p>{words('quality.noReconciliations')}</p>
          </div>
        ) : (
          <Reconciliations rows={list.items} isNarrow={isNarrow} />
        )}
      </div>
      {differing && (
        <div className="card">
          <h2>{words('quality.differencesOf', { time: f.instant(differing.startedAt) })}</h2>
          <DifferenceTable
            caption={words('quality.differencesOf', { time: f.instant(differing.startedAt) })}
            differences={differing.differences}
          />
        </div>
      )}
    </div>
  );
}

function Reconciliations({ rows, isNarrow }: { rows: readonly Reconciliation[]; isNarrow: boolean }) {
  const words = useWords();
  const List = isNarrow ? CardList : DataTable;
  return (
    <List<Reconciliation> caption={words('quality.reconciliations')} columns={columns} rows={rows} rowKey={({ id }) => id} />
  );
}

function CompareNow({ isUnderWay }: { isUnderWay: boolean }) {
  const words = useWords();
  const start = useSend(stream.startReconciliation, [stream.getQuality, stream.listReconciliations]);
  return (
    <>
      <ErrorNote error={start.error} />
      <MayButton
        need="stream.repair"
        type="primary"
        loading={start.isPending}
        not={isUnderWay ? words('quality.reconciling') : undefined}
        onClick={() => start.mutate({ body: {} }, { onSuccess: () => toast(words('quality.reconcileToast')) })}
      >
        {words('quality.reconcile')}
      </MayButton>
    </>
  );
}
