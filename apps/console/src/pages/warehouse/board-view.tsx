import { useSuspenseQueries, useSuspenseQuery } from '@tanstack/react-query';
import { type ReplyOf, warehouse } from '@tongshang/contract';
import { fulfilmentKinds, fulfilmentStates, storages } from '@tongshang/ui';
import { Button, type InputRef } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { client, forget, q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { filtersIn, readListUrl, withFilter } from '../../lib/list-url.ts';
import { rememberTrail } from '../../lib/trail.ts';
import { Board } from '../../parts/board.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { type Filter, Filters } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { useListKeys } from '../../parts/use-list-keys.ts';
import { CutOff } from './cut-off.tsx';
import { fulfilmentPage, packPage, pickListPage } from './floor-tabs.tsx';
import '../../supply.css';

type Card = ReplyOf<typeof warehouse.listFulfilments>['items'][number];

/** The steps that are somebody's work now; what has been handed over stands last, newest work first to leave. */
const steps = ['open', 'picking', 'picked', 'packed', 'handed_over'] as const;
const cardsMax = 20;

const filtered = (url: URLSearchParams) => readListUrl(warehouse.countFulfilments, url).query;
const counts = (url: URLSearchParams) => q(warehouse.countFulfilments, { query: filtered(url) });
const step = (url: URLSearchParams, state: (typeof steps)[number]) =>
  q(warehouse.listFulfilments, { query: { ...filtered(url), state, limit: cardsMax } });

export const readBoard = (url: URLSearchParams) =>
  Promise.all([client.ensureQueryData(counts(url)), ...steps.map((state) => client.ensureQueryData(step(url, state)))]);

/** Work as cards in the columns of its steps; each card shows its age against the cut-off and leads to its next step. */
export function BoardView({ head, filters }: { head: ReactNode; filters: readonly Filter[] }) {
  const words = useWords();
  const term = useTerm();
  const { time } = useFormat();
  const [url, setUrl] = useSearchParams();
  const place = useRef<HTMLDivElement>(null);
  const search = useRef<InputRef>(null);
  useListKeys(place, search, { pageNumber: 1, back: undefined, on: undefined });
  const { data: total, dataUpdatedAt } = useSuspenseQuery(counts(url));
  const read = useSuspenseQueries({ queries: steps.map((state) => step(url, state)) });
  const columns = steps.map((state, at) => ({
    key: state,
    title: term(fulfilmentStates, state),
    count: total.states[state] ?? 0,
    cards: read[at]?.data.items ?? [],
    empty: words('floor.emptyStep'),
    more: read[at]?.data.next ? (
      <Link className="board-more" to={`?${withFilter(url, { tab: 'list', state })}`}>
        {words('floor.moreOfStep')}
      </Link>
    ) : undefined,
  }));
  useTrail(columns.flatMap(({ cards }) => cards).map(({ id }) => fulfilmentPage(id)));
  const isEmpty = columns.every(({ count }) => count === 0);
  const cleared = new URLSearchParams();
  const refresh = () => void Promise.all([forget(warehouse.countFulfilments), forget(warehouse.listFulfilments)]);
  return (
    <div ref={place} className="list">
      {head}
      <div className="card">
        <Filters
          filters={filters}
          url={url}
          onChange={(next, how) => setUrl(next, { replace: how === 'replace', preventScrollReset: true })}
          searchRef={search}
          cleared={cleared}
        />
        {isEmpty ? (
          <div className="empty">
            <p>
              {filtersIn(url).length > 0 ? words('list.emptyFiltered', { things: words('floor.list') }) : words('floor.empty')}
            </p>
            {filtersIn(url).length > 0 && <Button onClick={() => setUrl(cleared)}>{words('list.clearFilters')}</Button>}
          </div>
        ) : (
          <Board
            label={words('nav.floorBoard')}
            columns={columns}
            cardKey={(card) => card.id}
            show={(card) => <WorkCard card={card} />}
          />
        )}
        <footer className="list-foot">
          <span aria-live="polite">{words('floor.lateNow', { count: total.late })}</span>
          <span className="second">
            {words('list.asOf', { time: time(dataUpdatedAt) })}{' '}
            <Button type="link" size="small" onClick={refresh}>
              {words('act.refresh')}
            </Button>
          </span>
        </footer>
      </div>
    </div>
  );
}

function WorkCard({ card }: { card: Card }) {
  const words = useWords();
  const term = useTerm();
  return (
    <>
      <Link to={fulfilmentPage(card.id)} data-row className="one-line">
        {card.number}
      </Link>
      <span className="card-line">
        <CutOff dispatchBy={card.dispatchBy} isLate={card.isLate} />
        <span className="second one-line">{words('floor.unitsShort', { count: card.units })}</span>
      </span>
      <span className="second">
        {card.recipientName} {card.region}
      </span>
      <span className="card-line board-foot">
        <span className="third">
          {[
            card.location,
            ...(card.kind === 'delivery' ? [] : [term(fulfilmentKinds, card.kind)]),
            ...(card.storage === 'ambient' ? [] : [term(storages, card.storage)]),
            ...(card.orders.length > 1 ? [words('floor.merged', { count: card.orders.length })] : []),
          ].join(' · ')}
        </span>
        <NextStep card={card} />
      </span>
    </>
  );
}

/** The way on from where the card stands. */
function NextStep({ card }: { card: Card }) {
  const words = useWords();
  const navigate = useNavigate();
  const start = useSend(warehouse.startPicking, [warehouse.listFulfilments, warehouse.countFulfilments, warehouse.getFulfilment]);
  const aria = (text: string): string => words('floor.actOn', { act: text, number: card.number });
  if (card.state === 'open')
    return (
      <span className="row">
        <MayButton
          need="warehouse.work"
          size="small"
          aria-label={aria(words('floor.pick'))}
          loading={start.isPending}
          onClick={() =>
            start.mutate(
              { body: { location: card.location, fulfilmentIds: [card.id] } },
              { onSuccess: (list) => void navigate(pickListPage(list.id)) },
            )
          }
        >
          {words('floor.pick')}
        </MayButton>
        <ErrorNote error={start.error} />
      </span>
    );
  const way = nextOf(card);
  if (way === undefined) return null;
  return (
    <Link to={way.to} aria-label={aria(words(way.word))}>
      {words(way.word)}
    </Link>
  );
}

function nextOf(
  card: Card,
): { to: string; word: 'floor.goOnPicking' | 'floor.pack' | 'floor.handOver' | 'floor.toCounter' } | undefined {
  if (card.state === 'picking' && card.pickListId !== null)
    return { to: pickListPage(card.pickListId), word: 'floor.goOnPicking' };
  if (card.state === 'picked') return { to: packPage(card.id), word: 'floor.pack' };
  if (card.state !== 'packed') return undefined;
  return card.kind === 'pickup'
    ? { to: `/supply/pickup?location=${card.location}`, word: 'floor.toCounter' }
    : { to: `/supply/floor-board/hand-over?location=${card.location}`, word: 'floor.handOver' };
}

/** Remembers the cards in reading order, for "next" and "previous" on a fulfilment's page. */
function useTrail(hrefs: readonly string[]): void {
  const all = hrefs.join('\n');
  const list = `${location.pathname}${location.search}`;
  // The session's storage is outside React's tree.
  useEffect(() => {
    if (all !== '') rememberTrail({ list, rows: all.split('\n') });
  }, [list, all]);
}
