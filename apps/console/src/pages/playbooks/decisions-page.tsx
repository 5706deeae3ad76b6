import { useSuspenseQuery } from '@tanstack/react-query';
import { playbooks } from '@tongshang/contract';
import { decisionStages, decisionStates, playbookKinds } from '@tongshang/ui';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { q } from '../../lib/api.ts';
import { type Say, useTerm, useWords } from '../../lib/language.ts';
import { readListUrl, withFilter } from '../../lib/list-url.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StageRail } from '../../parts/stage-rail.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { ProposeDialog } from './propose-dialog.tsx';

export const loader = listLoader(playbooks.listDecisions);

const columns: readonly Column<RowOf<typeof playbooks.listDecisions>>[] = [
  {
    key: 'number',
    title: 'decisions.number',
    show: (one, { name }) => (
      <>
        {one.number} · {name({ name: one.entityName, nameEn: one.entityNameEn })}
      </>
    ),
  },
  { key: 'playbook', title: 'decisions.playbook', show: (one, { term }) => term(playbookKinds, one.playbook), card: 'second' },
  { key: 'stage', title: 'decisions.stage', show: (one, { term }) => term(decisionStages, one.stage), card: 'second' },
  { key: 'amount', title: 'decisions.amount', isNumber: true, show: (one, { f }) => f.money(one.amountFen), card: 'right' },
  {
    key: 'expected',
    title: 'decisions.expectedGain',
    isNumber: true,
    show: (one, { f }) => (
      <>
        {f.money(one.expectedGainFen.mid)}
        <div className="third">
          {f.moneyShort(one.expectedGainFen.low)} … {f.moneyShort(one.expectedGainFen.high)}
        </div>
      </>
    ),
  },
  {
    key: 'measured',
    title: 'decisions.measuredGain',
    isNumber: true,
    show: (one, { f }) =>
      one.measuredGainFen === null ? (
        '—'
      ) : (
        <>
          {f.money(one.measuredGainFen.mid)}
          <div className="third">
            {f.moneyShort(one.measuredGainFen.low)} … {f.moneyShort(one.measuredGainFen.high)}
          </div>
        </>
      ),
  },
  {
    key: 'by',
    title: 'decisions.proposedBy',
    show: (one, { f, words }) => `${whoOf(one.proposedBy, words)} · ${f.relative(one.proposedAt)}`,
  },
  {
    key: 'decided',
    title: 'decisions.decidedBy',
    show: (one, { words }) => (one.decidedBy === null ? '—' : whoOf(one.decidedBy, words)),
  },
  {
    key: 'state',
    title: 'decisions.state',
    show: (one) => <StatusTag status={decisionStates[one.state]} code={one.state} />,
    card: 'status',
  },
];

/** A rule or a job is told as such; which one stands on the decision's own page. */
const whoOf = (actor: string, words: Say): string =>
  /^[a-z_]+[./][a-z_.@/0-9-]+$/.test(actor) ? words('decisions.byRule') : actor;

const filters: readonly Filter[] = [
  { kind: 'search', name: 'search', label: 'decisions.search' },
  { kind: 'choice', name: 'playbook', label: 'decisions.playbook', terms: playbookKinds },
];

export function Page() {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <QueryList
        endpoint={playbooks.listDecisions}
        title={words('nav.decisions')}
        module={words('wing.steer')}
        about={words('decisions.about')}
        actions={
          <MayButton need="decisions.view" onClick={() => setOpen(true)}>
            {words('decisions.propose')}
          </MayButton>
        }
        rail={<Stages />}
        filters={filters}
        columns={columns}
        rowKey={(one) => one.id}
        href={(one) => `/steer/decisions/${one.id}`}
        empty={{ sentence: words('decisions.empty') }}
      />
      {isOpen && <ProposeDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function Stages() {
  const words = useWords();
  const term = useTerm();
  const [url] = useSearchParams();
  const { data } = useSuspenseQuery(q(playbooks.listDecisions, { query: readListUrl(playbooks.listDecisions, url).query }));
  const chosen = url.get('state');
  const isMine = url.get('waitsForMe') === 'true';
  return (
    <StageRail
      stages={[
        {
          key: 'all',
          name: words('list.all'),
          count: undefined,
          to: `?${withFilter(url, { state: undefined, waitsForMe: undefined })}`,
          isCurrent: chosen === null && !isMine,
        },
        {
          key: 'mine',
          name: words('decisions.waitsForMe'),
          count: data.waitingForMe,
          to: `?${withFilter(url, { state: undefined, waitsForMe: 'true' })}`,
          isCurrent: isMine,
        },
        ...playbooks.decisionStates
          .filter((state) => (data.counts[state] ?? 0) > 0 || state === chosen)
          .map((state) => ({
            key: state,
            name: term(decisionStates, state),
            count: data.counts[state],
            to: `?${withFilter(url, { state, waitsForMe: undefined })}`,
            isCurrent: chosen === state,
          })),
      ]}
    />
  );
}
