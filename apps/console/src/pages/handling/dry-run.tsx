import { useQuery } from '@tanstack/react-query';
import { type ReplyOf, routing } from '@tongshang/contract';
import { addDays, dayOf, orderAttentions, routingRuleKinds } from '@tongshang/ui';
import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { Link } from 'react-router';
import { ask } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { Section } from '../../parts/object-page.tsx';
import type { ReviewRules, RoutingRules } from './routing-page.tsx';

type Run = ReplyOf<typeof routing.dryRun>;

interface Props {
  routes: RoutingRules;
  review: ReviewRules;
  isDirty: boolean;
}

/** What the rules on this page would have made of a day's orders, beside the rules in force. Nothing is written. */
export function DryRun({ routes: { version: _, ...routes }, review: { version: __, ...review }, isDirty }: Props) {
  const words = useWords();
  const [today] = useState(() => dayOf(Date.now()));
  const [day, setDay] = useState(() => addDays(today, -1));
  const body = { day, routing: routes, review };
  const [asked, setAsked] = useState<typeof body>();
  const run = useQuery({ ...ask(routing.dryRun, { body: asked ?? body }), enabled: asked !== undefined });
  const isOld = asked !== undefined && JSON.stringify(asked) !== JSON.stringify(body);
  return (
    <Section
      title={words('routing.dryRun')}
      extra={
        <div className="row">
          <DatePicker
            allowClear={false}
            aria-label={words('routing.dryRunDay')}
            value={dayjs(day)}
            maxDate={dayjs(today)}
            onChange={(picked) => picked && setDay(picked.format('YYYY-MM-DD'))}
          />
          <Button loading={run.isFetching} onClick={() => setAsked(body)}>
            {words('routing.dryRunAct')}
          </Button>
        </div>
      }
    >
      <p className="second">{words('routing.dryRunAbout')}</p>
      <ErrorNote error={run.error} />
      {isOld && <p className="notice">{words('routing.dryRunOld')}</p>}
      {run.data && asked && <Result run={run.data} isDirty={isDirty} />}
    </Section>
  );
}

interface Compared {
  name: string;
  now: number;
  then: number;
}

const columns: readonly Column<Compared>[] = [
  { key: 'name', title: 'routing.dry.what', show: ({ name }) => name },
  { key: 'now', title: 'routing.dry.now', isNumber: true, show: ({ now }, { f }) => f.count(now) },
  {
    key: 'then',
    title: 'routing.dry.then',
    isNumber: true,
    show: ({ now, then }, { f }) => (now === then ? f.count(then) : <strong>{f.count(then)}</strong>),
  },
];

function Result({ run, isDirty }: { run: Run; isDirty: boolean }) {
  const words = useWords();
  const { count } = useFormat();
  const term = useTerm();
  if (run.orders === 0) return <p>{words('routing.dryRunNone', { day: run.day })}</p>;
  const row = (name: string, of: (outcome: Run['now']) => number | undefined): Compared => ({
    name,
    now: of(run.now) ?? 0,
    then: of(run.then) ?? 0,
  });
  const rows = [
    row(words('routing.dry.held'), ({ held }) => held),
    row(words('routing.dry.split'), ({ split }) => split),
    row(words('routing.dry.parcels'), ({ parcels }) => parcels),
    row(words('routing.dry.unroutable'), ({ unroutable }) => unroutable),
    ...namesIn(run).holds.map((reason) =>
      row(
        words('routing.dry.hold', { reason: term(orderAttentions, reason) }),
        ({ holds }) => holds.find((one) => one.reason === reason)?.orders,
      ),
    ),
    ...namesIn(run).locations.map((location) =>
      row(
        words('routing.dry.from', { location }),
        ({ locations }) => locations.find((one) => one.location === location)?.parcels,
      ),
    ),
  ];
  return (
    <>
      <p aria-live="polite">
        {words(isDirty ? 'routing.dryRunResult' : 'routing.dryRunSame', {
          orders: count(run.orders),
          changed: count(run.changed),
          day: run.day,
        })}
      </p>
      <DataTable caption={words('routing.dryRun')} columns={columns} rows={rows} rowKey={({ name }) => name} />
      <Examples run={run} />
    </>
  );
}

const namesIn = ({ now, then }: Run) => ({
  holds: [...new Set([...now.holds, ...then.holds].map(({ reason }) => reason))],
  locations: [...new Set([...now.locations, ...then.locations].map(({ location }) => location))].toSorted(),
});

/** Orders that would go another way, each with both ways. */
function Examples({ run }: { run: Run }) {
  const words = useWords();
  const term = useTerm();
  const { money } = useFormat();
  if (run.examples.length === 0) return null;
  const way = ({ locations, holds, decidedBy }: Run['examples'][number]['now']) =>
    [
      locations.length === 0 ? words('routing.dry.nowhere') : locations.join(' + '),
      ...holds.map((reason) => term(orderAttentions, reason)),
      decidedBy !== null && term(routingRuleKinds, decidedBy),
    ]
      .filter((part) => part !== false)
      .join(' · ');
  return (
    <>
      <h3>{words('routing.dry.examples')}</h3>
      <ul className="plain-list">
        {run.examples.map((one) => (
          <li key={one.orderId}>
            <Link to={`/sell/orders/${one.orderId}`}>{one.number}</Link> {money(one.totalFen)}
            <div className="second">
              {way(one.now)} → {way(one.then)}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
