import { useSuspenseQuery } from '@tanstack/react-query';
import { warnings } from '@tongshang/contract';
import { warningEntities, warningStates } from '@tongshang/ui';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { definitions, useDefinitions } from '../../lib/definitions.ts';
import { exactFigure } from '../../lib/figures.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { withFilter } from '../../lib/list-url.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Section } from '../../parts/object-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StageRail } from '../../parts/stage-rail.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { firing, FiringGroups } from './firing-groups.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { levelText, type Rule } from './rule-text.ts';

const rules = q(warnings.listRules);

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([
    listLoader(warnings.listSignals)(args),
    client.ensureQueryData(rules),
    client.ensureQueryData(firing),
    client.ensureQueryData(definitions),
  ]);
  return null;
};

type Signal = RowOf<typeof warnings.listSignals>;

const columns: readonly Column<Signal>[] = [
  {
    key: 'entity',
    title: 'alerts.entity',
    show: (signal, { words }) => (signal.entity === 'total' ? words('alerts.whole') : signal.entityKey),
  },
  {
    key: 'rule',
    title: 'alerts.rule',
    show: (signal, { name }) => name({ name: signal.ruleName, nameEn: signal.ruleNameEn }),
    card: 'second',
  },
  { key: 'value', title: 'alerts.value', isNumber: true, show: (signal) => <SignalValue signal={signal} />, card: 'right' },
  { key: 'fired', title: 'alerts.firedAt', show: (signal, { f }) => f.relative(signal.firedAt), card: 'second' },
  {
    key: 'resolved',
    title: 'alerts.resolvedAt',
    show: (signal, { f }) => (signal.resolvedAt ? f.instant(signal.resolvedAt) : '—'),
  },
  {
    key: 'state',
    title: 'alerts.state',
    show: (signal) => {
      const state = signal.resolvedAt ? 'resolved' : 'firing';
      return <StatusTag status={warningStates[state]} code={state} />;
    },
    card: 'status',
  },
];

function SignalValue({ signal }: { signal: Signal }) {
  const { find } = useDefinitions();
  const words = useWords();
  const f = useFormat();
  const unit = find(signal.metric)?.unit ?? 'count';
  return (
    <>
      {exactFigure(unit, signal.lastValue ?? signal.firedValue, f)}{' '}
      <span className="third">{words(`alerts.${signal.direction}`, { level: exactFigure(unit, signal.fireLevel, f) })}</span>
    </>
  );
}

const filters: readonly Filter[] = [{ kind: 'choice', name: 'entity', label: 'alerts.kind', terms: warningEntities }];

/** What has crossed its line, and the lines themselves. */
export function Page() {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  const create = (
    <MayButton need="warnings.edit" type="primary" onClick={() => setOpen(true)}>
      {words('alerts.newRule')}
    </MayButton>
  );
  return (
    <div className="stack">
      <PageHead title={words('nav.alerts')} module={words('wing.steer')} about={words('alerts.about')} actions={create} />
      <FiringGroups />
      <QueryList
        endpoint={warnings.listSignals}
        title={words('nav.alerts')}
        head={
          <div className="section-head">
            <h2>{words('alerts.log')}</h2>
          </div>
        }
        rail={<Stages />}
        filters={filters}
        columns={columns}
        rowKey={(signal) => signal.id}
        href={(signal) => `/steer/alerts/${signal.ruleId}?search=${encodeURIComponent(signal.entityKey)}`}
        empty={{ sentence: words('alerts.empty') }}
      />
      <Rules />
      {isOpen && <RuleDialog onClose={() => setOpen(false)} />}
    </div>
  );
}

function Stages() {
  const words = useWords();
  const term = useTerm();
  const [url] = useSearchParams();
  const { data } = useSuspenseQuery(rules);
  const firing = data.items.reduce((sum, rule) => sum + rule.counts.firing, 0);
  const chosen = url.get('state');
  return (
    <StageRail
      stages={[
        {
          key: 'all',
          name: words('list.all'),
          count: undefined,
          to: `?${withFilter(url, { state: undefined })}`,
          isCurrent: chosen === null,
        },
        {
          key: 'firing',
          name: term(warningStates, 'firing'),
          count: firing,
          to: `?${withFilter(url, { state: 'firing' })}`,
          isCurrent: chosen === 'firing',
        },
        {
          key: 'resolved',
          name: term(warningStates, 'resolved'),
          count: undefined,
          to: `?${withFilter(url, { state: 'resolved' })}`,
          isCurrent: chosen === 'resolved',
        },
      ]}
    />
  );
}

const active = { tone: 'good', zh: '启用', en: 'Active' } as const;
const inactive = { tone: 'neutral', zh: '停用', en: 'Off' } as const;

const ruleColumns: readonly Column<Rule>[] = [
  { key: 'name', title: 'alerts.rule', show: (rule, { name }) => name(rule) },
  { key: 'metric', title: 'alerts.metric', show: (rule) => <MetricName metric={rule.metric} /> },
  { key: 'entity', title: 'alerts.kind', show: (rule, { term }) => term(warningEntities, rule.entity) },
  { key: 'levels', title: 'alerts.levels', show: (rule) => <Levels rule={rule} /> },
  { key: 'firing', title: 'alerts.firing', isNumber: true, show: (rule, { f }) => f.count(rule.counts.firing) },
  { key: 'pending', title: 'alerts.pending', isNumber: true, show: (rule, { f }) => f.count(rule.counts.pending) },
  { key: 'watched', title: 'alerts.watched', isNumber: true, show: (rule, { f }) => f.count(rule.counts.watched) },
  { key: 'evaluated', title: 'alerts.evaluatedAt', show: (rule, { f }) => f.relative(rule.evaluatedAt) },
  { key: 'state', title: 'alerts.state', show: (rule) => <StatusTag status={rule.isActive ? active : inactive} code="" /> },
];

function MetricName({ metric }: { metric: string }) {
  const { titleOf } = useDefinitions();
  return <Link to={`/know/metrics/${metric}`}>{titleOf(metric)}</Link>;
}

function Levels({ rule }: { rule: Rule }) {
  const { find } = useDefinitions();
  return levelText(rule, find(rule.metric)?.unit ?? 'count', useWords(), useFormat());
}

function Rules() {
  const words = useWords();
  const name = useName();
  const { data } = useSuspenseQuery(rules);
  const title = words('alerts.rules', { count: data.items.length });
  return (
    <Section title={title}>
      {data.items.length === 0 ? (
        <p className="second">{words('alerts.noRules')}</p>
      ) : (
        <DataTable
          caption={title}
          columns={ruleColumns}
          rows={data.items.toSorted((a, b) => b.counts.firing - a.counts.firing || name(a).localeCompare(name(b)))}
          rowKey={(rule) => rule.id}
          href={(rule) => `/steer/alerts/${rule.id}`}
        />
      )}
    </Section>
  );
}
