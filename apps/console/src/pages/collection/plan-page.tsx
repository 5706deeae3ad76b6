import { useSuspenseQuery } from '@tanstack/react-query';
import { collection, type ReplyOf } from '@tongshang/contract';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useActor, useWords } from '../../lib/language.ts';
import { useNarrow } from '../../lib/screen.ts';
import { CardList, type Column, DataTable, useTools } from '../../parts/data-table.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { EventTabs } from './event-tabs.tsx';
import { PlanDialog } from './plan-dialog.tsx';

const plan = q(collection.listPlan);
export const loader = () => client.ensureQueryData(plan);

export type PlannedEvent = ReplyOf<typeof collection.listPlan>['items'][number];

const columns: readonly Column<PlannedEvent>[] = [
  { key: 'event', title: 'plan.event', show: (event) => event.name },
  { key: 'properties', title: 'plan.properties', show: (event) => <Properties event={event} />, card: 'second' },
  { key: 'checks', title: 'plan.checks', show: (event) => <Checks event={event} />, card: 'status' },
  { key: 'violations', title: 'plan.violations', isNumber: true, show: (event) => <Violations event={event} />, card: 'right' },
  { key: 'changed', title: 'plan.changedBy', show: (event) => <Changed event={event} /> },
];

function Properties({ event: { properties } }: { event: PlannedEvent }) {
  const { words } = useTools();
  if (properties.length === 0) return <span className="third">{words('plan.noProperties')}</span>;
  const namesOf = (isRequired: boolean) =>
    properties
      .filter((one) => one.isRequired === isRequired)
      .map(({ name, items }) => (items === undefined ? name : `${name}[]`));
  const [required, optional] = [namesOf(true), namesOf(false)];
  const told = (names: readonly string[]) => ({ count: names.length, names: names.join(words('list.comma')) });
  return (
    <div className="plan-names">
      {required.length > 0 && <div>{words('plan.propertiesRequired', told(required))}</div>}
      {optional.length > 0 && <div className="third">{words('plan.propertiesOptional', told(optional))}</div>}
    </div>
  );
}

function Checks({ event }: { event: PlannedEvent }) {
  const { words } = useTools();
  return (
    <span className="reason-list plan-checks">
      <span>{words(event.isEnforced ? 'plan.enforced' : 'plan.counted')}</span>
      {event.isServerOnly && <span className="second">{words('plan.serverOnly')}</span>}
    </span>
  );
}

function Violations({ event }: { event: PlannedEvent }) {
  const { words, f } = useTools();
  if (event.violations === 0) return f.count(0);
  return (
    <Link
      to={`/know/events/violations?event=${encodeURIComponent(event.name)}`}
      aria-label={words('plan.seeViolations', { name: event.name, count: f.count(event.violations) })}
    >
      {f.count(event.violations)}
    </Link>
  );
}

function Changed({ event }: { event: PlannedEvent }) {
  const { words, f } = useTools();
  const actor = useActor();
  return words('plan.changedText', { who: actor(event.changedBy), at: f.instant(event.changedAt) });
}

/** The tracking plan: what each event carries, and how often that was not so. */
export function Page() {
  const words = useWords();
  const isNarrow = useNarrow(992);
  const { data } = useSuspenseQuery(plan);
  const [edited, setEdited] = useState<PlannedEvent | 'new'>();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const rows = data.items.filter(({ name }) => name.toLowerCase().includes(wanted));
  const List = isNarrow ? CardList : DataTable;
  return (
    <div>
      <PageHead
        title={words('events.tabPlan')}
        module={words('nav.events')}
        about={words('plan.about')}
        actions={
          <MayButton need="collection.edit" type="primary" onClick={() => setEdited('new')}>
            {words('plan.add')}
          </MayButton>
        }
      />
      <EventTabs />
      <div className="card">
        {data.items.length > 0 && (
          <div role="search" className="filters">
            <Input.Search
              className="search-field"
              aria-label={words('plan.search')}
              placeholder={words('plan.search')}
              allowClear
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          </div>
        )}
        {rows.length > 0 && (
          <List<PlannedEvent>
            caption={words('events.tabPlan')}
            columns={columns}
            rows={rows}
            rowKey={(event) => event.name}
            rowActions={(event) => (
              <MayButton
                need="collection.edit"
                size="small"
                type="link"
                aria-label={words('plan.editOf', { name: event.name })}
                onClick={() => setEdited(event)}
              >
                {words('plan.edit')}
              </MayButton>
            )}
          />
        )}
        {rows.length === 0 && (
          <div className="empty">
            <p>{words(data.items.length === 0 ? 'plan.empty' : 'plan.nothing')}</p>
            {data.items.length > 0 && <Button onClick={() => setText('')}>{words('list.clearFilters')}</Button>}
          </div>
        )}
      </div>
      {edited && (
        <PlanDialog events={data.items} {...(edited !== 'new' && { event: edited })} onClose={() => setEdited(undefined)} />
      )}
    </div>
  );
}
