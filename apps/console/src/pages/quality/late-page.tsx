import { useSuspenseQuery } from '@tanstack/react-query';
import { stream } from '@tongshang/contract';
import { channels, lateStates, lateThings } from '@tongshang/ui';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { readListUrl } from '../../lib/list-url.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { QualityTabs } from './quality-tabs.tsx';

export const loader = listLoader(stream.listLate);

export type Late = RowOf<typeof stream.listLate>;

const columns: readonly Column<Late>[] = [
  { key: 'what', title: 'quality.thing', show: ({ what }, { term }) => term(lateThings, what) },
  { key: 'day', title: 'quality.day', isTight: true, show: ({ day }) => day, card: 'second' },
  { key: 'channel', title: 'quality.channel', show: ({ channel }, { term }) => term(channels, channel), card: 'second' },
  { key: 'happened', title: 'quality.happened', isExtra: true, isTight: true, show: (one, { f }) => f.instant(one.happenedAt) },
  { key: 'arrived', title: 'quality.arrivedAt', isTight: true, show: (one, { f }) => f.instant(one.arrivedAt), card: 'second' },
  { key: 'entries', title: 'quality.entries', isNumber: true, show: (one, { f }) => f.count(one.entries) },
  { key: 'units', title: 'quality.units', isExtra: true, isNumber: true, show: (one, { f }) => f.count(one.units) },
  { key: 'amount', title: 'quality.amount', isNumber: true, show: (one, { f }) => f.money(one.amountFen), card: 'right' },
  {
    key: 'state',
    title: 'quality.state',
    show: ({ state }) => <StatusTag status={lateStates[state]} code={state} />,
    card: 'status',
  },
  { key: 'reason', title: 'quality.reason', show: ({ reason }) => reason ?? '—' },
  { key: 'by', title: 'quality.decidedBy', isExtra: true, show: ({ decidedBy }) => decidedBy ?? '—' },
];

const filters: readonly Filter[] = [{ kind: 'choice', name: 'state', label: 'quality.state', terms: lateStates }];

/** The late ledger: taken in or left out, each with its reason. */
export function Page() {
  const words = useWords();
  const [deciding, setDeciding] = useState<{ entry: Late; how: 'take' | 'leave' }>();
  return (
    <>
      <QueryList
        endpoint={stream.listLate}
        title={words('quality.tabLate')}
        head={
          <>
            <PageHead title={words('quality.tabLate')} module={words('nav.quality')} about={words('quality.lateAbout')} />
            <QualityTabs />
          </>
        }
        rail={<Sums />}
        filters={filters}
        columns={columns}
        rowKey={({ id }) => id}
        rowActions={(entry) => <Acts entry={entry} onDecide={(how) => setDeciding({ entry, how })} />}
        empty={{ sentence: words('quality.lateEmpty') }}
      />
      {deciding && <DecideDialog {...deciding} onClose={() => setDeciding(undefined)} />}
    </>
  );
}

/** Amounts of the whole ledger by what became of them. */
function Sums() {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const [url] = useSearchParams();
  const { data } = useSuspenseQuery(q(stream.listLate, { query: readListUrl(stream.listLate, url).query }));
  if (data.sums.length === 0) return undefined;
  return (
    <p className="second">
      {data.sums
        .map(({ state, entries, amountFen }) =>
          words('quality.sums', { state: term(lateStates, state), entries: f.count(entries), amount: f.money(amountFen) }),
        )
        .join(' · ')}
    </p>
  );
}

function Acts({ entry, onDecide }: { entry: Late; onDecide: (how: 'take' | 'leave') => void }) {
  const words = useWords();
  const term = useTerm();
  const named = { day: entry.day, thing: term(lateThings, entry.what) };
  const settled = entry.state === 'taken' ? words('quality.settled') : undefined;
  return (
    <span className="row">
      <MayButton
        need="stream.repair"
        size="small"
        not={settled}
        aria-label={words('quality.takeOf', named)}
        onClick={() => onDecide('take')}
      >
        {words('quality.take')}
      </MayButton>
      <MayButton
        need="stream.repair"
        size="small"
        not={settled ?? (entry.state === 'left' ? words('quality.leftAlready') : undefined)}
        aria-label={words('quality.leaveOf', named)}
        onClick={() => onDecide('leave')}
      >
        {words('quality.leave')}
      </MayButton>
    </span>
  );
}
