import { useQueries } from '@tanstack/react-query';
import { metrics } from '@tongshang/contract';
import { metricUnits, roleWords, say } from '@tongshang/ui';
import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { definitions, useDefinitions } from '../../lib/definitions.ts';
import { type Definition, exactFigure } from '../../lib/figures.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { withFilter } from '../../lib/list-url.ts';
import { useNarrow } from '../../lib/screen.ts';
import { useSession } from '../../lib/session.ts';
import { CardList, type Column, DataTable } from '../../parts/data-table.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { MetricEditor } from './metric-editor.tsx';
import { MetricMarks } from './metric-marks.tsx';

export const loader = () => client.ensureQueryData(definitions);

interface Row {
  definition: Definition;
  title: string;
  /** undefined: not read yet. */
  value: number | null | undefined;
  isOutside: boolean;
}

const columns: readonly Column<Row>[] = [
  {
    key: 'metric',
    title: 'metrics.metric',
    show: ({ definition, title }) => (
      <>
        {title} <span className="third">{definition.name}</span>
      </>
    ),
  },
  { key: 'marks', title: 'metrics.marks', show: ({ definition }) => <MetricMarks definition={definition} />, card: 'status' },
  {
    key: 'last28',
    title: 'metrics.last28',
    isNumber: true,
    card: 'right',
    show: ({ definition, value, isOutside }, { f, words }) =>
      isOutside ? <span className="third">{words('metrics.outsideScope')}</span> : exactFigure(definition.unit, value, f),
  },
  { key: 'unit', title: 'metrics.unit', show: ({ definition }, { term }) => term(metricUnits, definition.unit) },
  {
    key: 'additivity',
    title: 'metrics.additivity',
    show: ({ definition }, { words }) => words(`metrics.${definition.additivity}`),
  },
  { key: 'owner', title: 'metrics.owner', show: ({ definition }, { term }) => term(roleWords, definition.owner), card: 'second' },
  { key: 'version', title: 'metrics.version', isNumber: true, show: ({ definition }) => definition.version },
];

const shows = ['all', 'scorecard', 'no_source'] as const;
type Show = (typeof shows)[number];

/** Every figure of the house by group: what it shows now, whether it is on the scorecard, and honestly where nothing feeds it yet. */
export function Page() {
  const words = useWords();
  const language = useLanguage();
  const { all } = useDefinitions();
  const [url, setUrl] = useSearchParams();
  const [text, setText] = useState('');
  const [isAdding, setAdding] = useState(false);
  const show: Show = shows.find((one) => one === url.get('show')) ?? 'all';
  const wanted = text.trim().toLowerCase();
  const found = all.filter(
    ({ name, title, isScorecard, hasSource }) =>
      (show === 'all' || (show === 'scorecard' ? isScorecard : !hasSource)) &&
      [name, title.zh, title.en].some((one) => one.toLowerCase().includes(wanted)),
  );
  const { rows, isUnread } = useRows(found, (title) => say(title, language));
  return (
    <div className="stack">
      <PageHead
        title={words('nav.metrics')}
        module={words('wing.know')}
        about={words('metrics.about', { count: all.length })}
        actions={
          <MayButton need="metrics.edit" type="primary" onClick={() => setAdding(true)}>
            {words('metrics.add')}
          </MayButton>
        }
      />
      <div className="card">
        <div role="search" className="filters">
          <Input.Search
            className="search-field"
            aria-label={words('metrics.search')}
            placeholder={words('metrics.search')}
            allowClear
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <Segmented<Show>
            aria-label={words('metrics.show')}
            value={show}
            onChange={(value) => setUrl(withFilter(url, { show: value === 'all' ? undefined : value }))}
            options={shows.map((value) => ({ value, label: words(`metrics.show.${value}`) }))}
          />
        </div>
        {isUnread && <p className="second">{words('metrics.last28Unread')}</p>}
        {found.length === 0 && (
          <div className="empty">
            <p>{words('metrics.nothing')}</p>
            <Button onClick={() => (setText(''), setUrl(withFilter(url, { show: undefined })))}>
              {words('list.clearFilters')}
            </Button>
          </div>
        )}
      </div>
      {metrics.metricGroups.map((group) => (
        <Group key={group} group={group} rows={rows.filter(({ definition }) => definition.group === group)} />
      ))}
      {isAdding && <MetricEditor onClose={() => setAdding(false)} />}
    </div>
  );
}

function Group({ group, rows }: { group: metrics.MetricGroup; rows: readonly Row[] }) {
  const words = useWords();
  const isNarrow = useNarrow(992);
  if (rows.length === 0) return null;
  const title = words(`metrics.group.${group}`);
  const List = isNarrow ? CardList : DataTable;
  return (
    <section className="card" aria-labelledby={`group-${group}`}>
      <div className="section-head">
        <h2 id={`group-${group}`}>{title}</h2>
      </div>
      <List<Row>
        caption={title}
        columns={columns}
        rows={rows}
        rowKey={({ definition }) => definition.name}
        href={({ definition }) => `/know/metrics/${definition.name}`}
      />
    </section>
  );
}

const askedAtOnce = 15;

/** The definitions with their figure of the last 28 days; without a source, or outside of what this viewer may see, none is asked for. */
function useRows(
  found: readonly Definition[],
  titleOf: (title: Definition['title']) => string,
): { rows: Row[]; isUnread: boolean } {
  const { location } = useSession();
  const isOutside = ({ dimensions }: Definition): boolean => location !== null && !dimensions.includes('store');
  const asked = found.filter((one) => one.hasSource && !isOutside(one));
  const byZone = Map.groupBy(asked, ({ zone }) => zone);
  const chunks = [...byZone.values()].flatMap((some) =>
    Array.from({ length: Math.ceil(some.length / askedAtOnce) }, (_, index) =>
      some.slice(index * askedAtOnce, (index + 1) * askedAtOnce).map(({ name }) => name),
    ),
  );
  const answers = useQueries({
    queries: chunks.map((names) => q(metrics.queryMetrics, { query: { metrics: names, period: 'last_28_days' } })),
  });
  const values = new Map(answers.flatMap(({ data }) => Object.entries(data?.total.values ?? {})));
  return {
    rows: found.map((definition) => ({
      definition,
      title: titleOf(definition.title),
      value: values.get(definition.name),
      isOutside: isOutside(definition),
    })),
    isUnread: answers.some(({ isError }) => isError),
  };
}
