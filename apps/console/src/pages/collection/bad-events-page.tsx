import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { collection, type QueryOf } from '@tongshang/contract';
import { badEventReasons, badEventStates } from '@tongshang/ui';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { q } from '../../lib/api.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { readListUrl, withFilter } from '../../lib/list-url.ts';
import { useMay } from '../../lib/session.ts';
import { type Column, useTools } from '../../parts/data-table.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StageRail } from '../../parts/stage-rail.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import type { Ticked } from '../../parts/use-ticks.ts';
import { useReplay } from './bad-event-query.ts';
import { DiscardDialog } from './discard-dialog.tsx';
import { EventTabs } from './event-tabs.tsx';
import type { Replayed } from './outcomes.ts';
import { ReplayResult } from './replay-result.tsx';

export const loader = listLoader(collection.listBadEvents);

type BadEvent = RowOf<typeof collection.listBadEvents>;

const columns: readonly Column<BadEvent>[] = [
  { key: 'event', title: 'events.name', show: (event, { words }) => event.eventName ?? words('events.noName') },
  {
    key: 'reasons',
    title: 'events.reasons',
    show: (event) => <Reasons event={event} />,
    text: (event, { term, words }) => event.reasons.map((one) => term(badEventReasons, one)).join(words('list.comma')),
    card: 'second',
  },
  { key: 'source', title: 'events.source', show: (event) => event.source, card: 'second' },
  { key: 'message', title: 'events.messageId', isExtra: true, show: (event) => event.messageId ?? '—' },
  {
    key: 'mended',
    title: 'events.mended',
    show: (event, { words }) => words(event.isMended ? 'events.yes' : 'events.no'),
  },
  {
    key: 'received',
    title: 'events.receivedAt',
    isTight: true,
    show: (event, { f }) => f.instant(event.receivedAt),
    card: 'right',
  },
  {
    key: 'state',
    title: 'events.state',
    show: (event) => <StatusTag status={badEventStates[event.state]} code={event.state} />,
    card: 'status',
  },
];

function Reasons({ event: { reasons, state } }: { event: BadEvent }) {
  const { term, words } = useTools();
  if (reasons.length === 0) return state === 'open' ? words('events.noReason') : '—';
  return (
    <span className="reason-list">
      {reasons.map((reason) => (
        <span key={reason}>{term(badEventReasons, reason)}</span>
      ))}
    </span>
  );
}

/** Events that could not be kept as they came: mended and replayed, or given up. */
export function Page() {
  const words = useWords();
  const replay = useReplay();
  const [result, setResult] = useState<{ items: readonly Replayed[]; rows: readonly BadEvent[] }>();
  const [discarded, setDiscarded] = useState<Ticked<BadEvent>>();
  const filters = useFilters();
  const replayTicked = (ticked: Ticked<BadEvent>) =>
    replay.mutate(
      ticked.rows.map(({ id }) => id),
      {
        onSuccess: (items) => {
          setResult({ items, rows: ticked.rows });
          ticked.clear();
        },
      },
    );
  return (
    <>
      <QueryList
        endpoint={collection.listBadEvents}
        title={words('events.tabBad')}
        head={
          <>
            <PageHead title={words('nav.events')} module={words('wing.know')} about={words('events.badAbout')} />
            <EventTabs />
          </>
        }
        rail={
          <>
            <Stages />
            {result && <ReplayResult {...result} onClose={() => setResult(undefined)} />}
            <ErrorNote error={replay.error} />
          </>
        }
        filters={filters}
        columns={columns}
        rowKey={(event) => event.id}
        href={(event) => `/know/events/bad/${event.id}`}
        empty={{ sentence: words('events.badEmpty') }}
        bulk={{
          nameOf: (event) => event.eventName ?? words('events.noName'),
          acts: (ticked) => (
            <BulkActs
              ticked={ticked}
              isReplaying={replay.isPending}
              onReplay={() => replayTicked(ticked)}
              onDiscard={() => setDiscarded(ticked)}
            />
          ),
        }}
      />
      {discarded && (
        <DiscardDialog
          ids={openIn(discarded)}
          onClose={() => setDiscarded(undefined)}
          onDone={() => {
            discarded.clear();
            setResult(undefined);
          }}
        />
      )}
    </>
  );
}

const openIn = ({ rows }: Ticked<BadEvent>): string[] => rows.filter(({ state }) => state === 'open').map(({ id }) => id);

interface BulkActsProps {
  ticked: Ticked<BadEvent>;
  isReplaying: boolean;
  onReplay: () => void;
  onDiscard: () => void;
}

function BulkActs({ ticked, isReplaying, onReplay, onDiscard }: BulkActsProps) {
  const words = useWords();
  const open = openIn(ticked).length;
  const none = open === 0 ? words('events.noneOpen') : undefined;
  return (
    <>
      <MayButton need="collection.edit" size="small" type="primary" loading={isReplaying} not={none} onClick={onReplay}>
        {words('events.replayOf', { count: open })}
      </MayButton>
      <MayButton
        need="collection.edit"
        size="small"
        danger
        not={none ?? (isReplaying ? words('events.replaying') : undefined)}
        onClick={onDiscard}
      >
        {words('events.discardOf', { count: open })}
      </MayButton>
    </>
  );
}

/** What the address narrows the list to, for its counts. */
function useListed() {
  const [url] = useSearchParams();
  const { query } = readListUrl(collection.listBadEvents, url);
  return { url, query, data: useSuspenseQuery(q(collection.listBadEvents, { query })).data };
}

function Stages() {
  const words = useWords();
  const term = useTerm();
  const { url, data } = useListed();
  const chosen = url.get('state');
  return (
    <>
      <StageRail
        stages={[undefined, ...collection.badEventStates].map((state) => ({
          key: state ?? 'all',
          name: state === undefined ? words('list.all') : term(badEventStates, state),
          count: state === 'open' ? data.open : undefined,
          to: `?${withFilter(url, { state })}`,
          isCurrent: chosen === (state ?? null),
        }))}
      />
      {data.beyond > 0 && <p className="notice">{words('events.beyond', { count: data.beyond })}</p>}
    </>
  );
}

/** Sources are known by name to who may change them; others choose among those of the rows. */
function useFilters(): readonly Filter[] {
  const mayEdit = useMay()('collection.edit');
  const { data, query } = useListed();
  const sources = useQuery({ ...q(collection.listSources), enabled: mayEdit });
  const asked = (query as QueryOf<typeof collection.listBadEvents>).source;
  const names = new Set([
    ...(sources.data?.items ?? []).map(({ name }) => name),
    ...data.items.map(({ source }) => source),
    ...(asked === undefined ? [] : [asked]),
  ]);
  return [
    {
      kind: 'list',
      name: 'source',
      label: 'events.source',
      options: [...names].toSorted().map((name) => ({ value: name, label: name })),
    },
    { kind: 'choice', name: 'reason', label: 'events.reason', terms: badEventReasons },
  ];
}
