import { useSuspenseQuery } from '@tanstack/react-query';
import { warnings } from '@tongshang/contract';
import { warningEntities, warningStates } from '@tongshang/ui';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useParams, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { definitions, useDefinitions } from '../../lib/definitions.ts';
import { exactFigure } from '../../lib/figures.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { withFilter } from '../../lib/list-url.ts';
import { explorePath } from '../../lib/question-url.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { NotFound } from '../../parts/page-error.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StageRail } from '../../parts/stage-rail.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { levelText, type Rule } from './rule-text.ts';

const rules = q(warnings.listRules);

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([
    listLoader(warnings.listEntityStates)(args),
    client.ensureQueryData(rules),
    client.ensureQueryData(definitions),
  ]);
  return null;
};

type State = RowOf<typeof warnings.listEntityStates>;

/** One warning line and where each watched entity stands on it. */
export function Page() {
  const { id } = useParams();
  const { data } = useSuspenseQuery(rules);
  const rule = data.items.find((one) => one.id === id);
  return rule ? <RulePage rule={rule} /> : <NotFound />;
}

const filters: readonly Filter[] = [{ kind: 'search', name: 'search', label: 'alerts.searchEntity' }];

function RulePage({ rule }: { rule: Rule }) {
  const words = useWords();
  const name = useName();
  const term = useTerm();
  const f = useFormat();
  const { find, titleOf } = useDefinitions();
  const [isOpen, setOpen] = useState(false);
  const unit = rule.against === 'target' ? 'ratio' : (find(rule.metric)?.unit ?? 'count');
  const columns: readonly Column<State>[] = [
    {
      key: 'entity',
      title: 'alerts.entity',
      show: (state) => (rule.entity === 'total' ? words('alerts.whole') : state.entityKey),
    },
    { key: 'value', title: 'alerts.value', isNumber: true, show: (state) => exactFigure(unit, state.value, f), card: 'right' },
    { key: 'pending', title: 'alerts.pendingSince', show: (state) => f.instant(state.pendingSince) },
    { key: 'fired', title: 'alerts.firedAt', show: (state) => f.instant(state.firedAt), card: 'second' },
    { key: 'resolved', title: 'alerts.resolvedAt', show: (state) => f.instant(state.resolvedAt) },
    {
      key: 'state',
      title: 'alerts.state',
      show: (state) => <StatusTag status={warningStates[state.state]} code={state.state} />,
      card: 'status',
    },
  ];
  const entityHref = (state: State) =>
    rule.entity === 'sku'
      ? `/supply/stock/${encodeURIComponent(state.entityKey)}`
      : explorePath({
          kind: 'metrics',
          question: { metrics: [rule.metric], by: ['day'], period: 'last_28_days', compare: 'previous' },
        });
  return (
    <>
      <QueryList
        endpoint={warnings.listEntityStates}
        params={{ id: rule.id }}
        title={name(rule)}
        head={
          <>
            <Link to="/steer/alerts" className="back">
              ← {words('nav.alerts')}
            </Link>
            <PageHead
              title={name(rule)}
              module={words('nav.alerts')}
              about={`${titleOf(rule.metric)} · ${term(warningEntities, rule.entity)} · ${levelText(rule, find(rule.metric)?.unit ?? 'count', words, f)} · ${words('alerts.changed', { who: rule.changedBy, at: f.instant(rule.changedAt) })}`}
              actions={
                <MayButton need="warnings.edit" onClick={() => setOpen(true)}>
                  {words('alerts.editRule')}
                </MayButton>
              }
            />
          </>
        }
        rail={<Stages rule={rule} />}
        filters={filters}
        columns={columns}
        rowKey={(state) => state.entityKey}
        href={entityHref}
        empty={{ sentence: words('alerts.noStates') }}
      />
      {isOpen && <RuleDialog rule={rule} onClose={() => setOpen(false)} />}
    </>
  );
}

function Stages({ rule }: { rule: Rule }) {
  const words = useWords();
  const term = useTerm();
  const [url] = useSearchParams();
  const chosen = url.get('state');
  const count = { firing: rule.counts.firing, pending: rule.counts.pending } as Readonly<Record<string, number | undefined>>;
  return (
    <StageRail
      stages={[
        {
          key: 'all',
          name: words('list.all'),
          count: rule.counts.watched,
          to: `?${withFilter(url, { state: undefined })}`,
          isCurrent: chosen === null,
        },
        ...warnings.warningStates.map((state) => ({
          key: state,
          name: term(warningStates, state),
          count: count[state],
          to: `?${withFilter(url, { state })}`,
          isCurrent: chosen === state,
        })),
      ]}
    />
  );
}
