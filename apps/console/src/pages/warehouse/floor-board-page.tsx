import { useSuspenseQuery } from '@tanstack/react-query';
import { warehouse } from '@tongshang/contract';
import { fulfilmentKinds, fulfilmentStates } from '@tongshang/ui';
import { Link, type LoaderFunctionArgs, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { readListUrl, withFilter } from '../../lib/list-url.ts';
import type { Filter } from '../../parts/filters.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { readPlaces, usePlaceOptions } from '../../parts/place-choice.tsx';
import { listLoader, QueryList } from '../../parts/query-list.tsx';
import { StageRail } from '../../parts/stage-rail.tsx';
import { BoardView, readBoard } from './board-view.tsx';
import { FloorTabs, fulfilmentPage } from './floor-tabs.tsx';
import { fulfilmentColumns } from './fulfilment-columns.tsx';

const isList = (url: URLSearchParams): boolean => url.get('tab') === 'list';

export const loader = async (args: LoaderFunctionArgs) => {
  const url = new URL(args.request.url).searchParams;
  await Promise.all([
    readPlaces(),
    isList(url)
      ? Promise.all([listLoader(warehouse.listFulfilments)(args), client.ensureQueryData(counts(url))])
      : readBoard(url),
  ]);
  return null;
};

const counts = (url: URLSearchParams) =>
  q(warehouse.countFulfilments, { query: readListUrl(warehouse.countFulfilments, url).query });

const late = { true: { tone: 'bad', zh: '只看超时', en: 'Late only' } } as const;

/** Everything a location still has to send or hand out, by step and by when it has to leave; as board or as list with the same filters. */
export function Page() {
  const words = useWords();
  const [url] = useSearchParams();
  const filters: readonly Filter[] = [
    { kind: 'search', name: 'text', label: 'floor.search' },
    { kind: 'list', name: 'location', label: 'place.label', options: usePlaceOptions() },
    { kind: 'choice', name: 'kind', label: 'floor.kind', terms: fulfilmentKinds },
    { kind: 'choice', name: 'late', label: 'floor.late', terms: late },
  ];
  const head = (
    <>
      <PageHead
        title={words('nav.floorBoard')}
        module={words('wing.supply')}
        about={words('floor.about')}
        actions={<Switch url={url} />}
      />
      <FloorTabs />
    </>
  );
  if (!isList(url)) return <BoardView head={head} filters={filters} />;
  return (
    <QueryList
      endpoint={warehouse.listFulfilments}
      title={words('floor.list')}
      head={head}
      rail={<Stages />}
      filters={filters}
      columns={fulfilmentColumns}
      rowKey={(one) => one.id}
      href={(one) => fulfilmentPage(one.id)}
      empty={{ sentence: words('floor.empty') }}
    />
  );
}

function Switch({ url }: { url: URLSearchParams }) {
  const words = useWords();
  return (
    <nav className="page-tabs flat-tabs" aria-label={words('floor.show')}>
      {([undefined, 'list'] as const).map((tab) => (
        <Link
          key={tab ?? 'board'}
          to={`?${withFilter(url, { tab, ...(tab === undefined && { state: undefined }) })}`}
          {...(isList(url) === (tab === 'list') && { 'aria-current': 'true' as const })}
        >
          {words(tab === 'list' ? 'floor.asList' : 'floor.asBoard')}
        </Link>
      ))}
    </nav>
  );
}

function Stages() {
  const words = useWords();
  const term = useTerm();
  const [url] = useSearchParams();
  const { data } = useSuspenseQuery(counts(url));
  const chosen = url.getAll('state');
  return (
    <StageRail
      stages={[
        {
          key: 'all',
          name: words('list.all'),
          count: undefined,
          to: `?${withFilter(url, { state: undefined })}`,
          isCurrent: chosen.length === 0,
        },
        ...warehouse.fulfilmentStates.map((state) => ({
          key: state,
          name: term(fulfilmentStates, state),
          count: data.states[state] ?? 0,
          to: `?${withFilter(url, { state })}`,
          isCurrent: chosen.includes(state),
        })),
      ]}
    />
  );
}
