import { useSuspenseQuery } from '@tanstack/react-query';
import { collection, type ReplyOf } from '@tongshang/contract';
import { planProblems } from '@tongshang/ui';
import type { InputRef } from 'antd';
import { Button } from 'antd';
import { useRef } from 'react';
import { type LoaderFunctionArgs, useNavigation, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { filtersIn, readListUrl } from '../../lib/list-url.ts';
import { useNarrow } from '../../lib/screen.ts';
import { CardList, type Column, DataTable } from '../../parts/data-table.tsx';
import { type Filter, Filters } from '../../parts/filters.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { EventTabs } from './event-tabs.tsx';

const plan = q(collection.listPlan);
const violationsAt = (url: URLSearchParams) =>
  q(collection.listViolations, { query: readListUrl(collection.listViolations, url).query });

export const loader = ({ request }: LoaderFunctionArgs) =>
  Promise.all([client.ensureQueryData(plan), client.ensureQueryData(violationsAt(new URL(request.url).searchParams))]);

type Violation = ReplyOf<typeof collection.listViolations>['items'][number];

const columns: readonly Column<Violation>[] = [
  { key: 'event', title: 'plan.event', show: (one) => one.event },
  {
    key: 'property',
    title: 'violations.property',
    show: (one, { words }) => (one.property === '' ? words('violations.wholeEvent') : <code>{one.property}</code>),
    card: 'second',
  },
  { key: 'problem', title: 'violations.problem', show: (one, { term }) => term(planProblems, one.problem), card: 'second' },
  { key: 'source', title: 'events.source', show: (one) => one.source, card: 'status' },
  { key: 'times', title: 'violations.times', isNumber: true, show: (one, { f }) => f.count(one.times), card: 'right' },
  { key: 'last', title: 'violations.lastAt', isTight: true, show: (one, { f }) => f.instant(one.lastAt) },
  { key: 'message', title: 'violations.example', show: (one) => <code className="key-text">{one.messageId || '—'}</code> },
];

/** So many the house answers at most. */
const shownMax = 500;

/** How events went against the plan, over business days. */
export function Page() {
  const words = useWords();
  const [url, setUrl] = useSearchParams();
  const isNarrow = useNarrow(992);
  const isBusy = useNavigation().state === 'loading';
  const search = useRef<InputRef>(null);
  const { data } = useSuspenseQuery(violationsAt(url));
  const filters = useFilters(url);
  const { dropped } = readListUrl(collection.listViolations, url);
  const isFiltered = filtersIn(url).length > 0;
  const change = (next: URLSearchParams, how: 'push' | 'replace') =>
    setUrl(next, { replace: how === 'replace', preventScrollReset: true });
  const cleared = new URLSearchParams();
  const List = isNarrow ? CardList : DataTable;
  return (
    <div className={isBusy ? 'list busy' : 'list'}>
      <PageHead title={words('events.tabViolations')} module={words('nav.events')} about={words('violations.about')} />
      <EventTabs />
      <div className="card">
        <Filters filters={filters} url={url} onChange={change} searchRef={search} cleared={cleared} />
        {dropped.length > 0 && <p className="notice">{words('list.dropped', { names: dropped.join(', ') })}</p>}
        {!url.has('from') && !url.has('to') && <p className="third">{words('violations.lastDays')}</p>}
        {data.items.length > 0 && (
          <List<Violation>
            caption={words('events.tabViolations')}
            columns={columns}
            rows={data.items}
            rowKey={(one) => JSON.stringify([one.source, one.event, one.property, one.problem])}
          />
        )}
        {data.items.length >= shownMax && <p className="third">{words('violations.cut')}</p>}
        {data.items.length === 0 && (
          <div className="empty">
            <p>{words(isFiltered ? 'list.emptyFiltered' : 'violations.empty', { things: words('events.tabViolations') })}</p>
            {isFiltered && <Button onClick={() => change(cleared, 'push')}>{words('list.clearFilters')}</Button>}
          </div>
        )}
      </div>
    </div>
  );
}

/** Planned events, and whatever else was sent. */
function useFilters(url: URLSearchParams): readonly Filter[] {
  const planned = useSuspenseQuery(plan).data.items;
  const { data } = useSuspenseQuery(violationsAt(url));
  const asked = url.get('event');
  const names = new Set([
    ...planned.map(({ name }) => name),
    ...data.items.map(({ event }) => event),
    ...(asked === null ? [] : [asked]),
  ]);
  return [
    { kind: 'days', name: 'days', from: 'from', to: 'to', label: 'violations.days' },
    {
      kind: 'list',
      name: 'event',
      label: 'plan.event',
      options: [...names].toSorted().map((name) => ({ value: name, label: name })),
    },
  ];
}
