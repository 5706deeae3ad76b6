import { useSuspenseQuery } from '@tanstack/react-query';
import { type ReplyOf, warnings } from '@tongshang/contract';
import { Link } from 'react-router';
import { q } from '../../lib/api.ts';
import { useDefinitions } from '../../lib/definitions.ts';
import { exactFigure } from '../../lib/figures.ts';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Section } from '../../parts/object-page.tsx';
import { levelText } from './rule-text.ts';

export const firing = q(warnings.listFiring, { query: {} });
type Group = ReplyOf<typeof warnings.listFiring>['groups'][number];

const columns: readonly Column<Group>[] = [
  { key: 'rule', title: 'alerts.rule', show: ({ rule }, { name }) => name(rule) },
  { key: 'firing', title: 'alerts.firing', isNumber: true, show: (group, { f }) => f.count(group.firing), card: 'right' },
  { key: 'worst', title: 'alerts.worst', show: (group) => <Worst group={group} /> },
  { key: 'levels', title: 'alerts.levels', show: ({ rule }) => <Levels rule={rule} />, card: 'second' },
  { key: 'newest', title: 'alerts.newest', isTight: true, show: (group, { f }) => f.relative(group.newestFiredAt) },
];

function Levels({ rule }: Pick<Group, 'rule'>) {
  const { find } = useDefinitions();
  return levelText(rule, find(rule.metric)?.unit ?? 'count', useWords(), useFormat());
}

/** The worst entities with their values, each a link to where it stands. */
function Worst({ group: { rule, worst, firing: all } }: { group: Group }) {
  const { find } = useDefinitions();
  const words = useWords();
  const f = useFormat();
  const unit = rule.against === 'target' ? 'ratio' : (find(rule.metric)?.unit ?? 'count');
  return (
    <span className="row">
      {worst.map(({ entityKey, value }) => (
        <span key={entityKey}>
          <Link to={`/steer/alerts/${rule.id}?search=${encodeURIComponent(entityKey)}`}>
            {rule.entity === 'total' ? words('alerts.whole') : entityKey}
          </Link>{' '}
          <span className="second">{exactFigure(unit, value, f)}</span>
        </span>
      ))}
      {all > worst.length && (
        <span>
          <Link to={`/steer/alerts/${rule.id}?state=firing`}>
            {words('alerts.others', { count: f.count(all - worst.length) })}
          </Link>
        </span>
      )}
    </span>
  );
}

/** What fires now in a few lines: a rule each, its count, and the worst that it found. */
export function FiringGroups() {
  const words = useWords();
  const f = useFormat();
  const { data } = useSuspenseQuery(firing);
  if (data.groups.length === 0) return undefined;
  const title = words('alerts.firingNow', { count: f.count(data.firing) });
  return (
    <Section title={title}>
      <DataTable
        caption={title}
        columns={columns}
        rows={data.groups}
        rowKey={({ rule }) => rule.id}
        href={({ rule }) => `/steer/alerts/${rule.id}?state=firing`}
      />
    </Section>
  );
}
