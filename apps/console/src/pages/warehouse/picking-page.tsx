import { useSuspenseQuery } from '@tanstack/react-query';
import { type ReplyOf, warehouse } from '@tongshang/contract';
import { fulfilmentStates, pickListStates } from '@tongshang/ui';
import { InputNumber } from 'antd';
import { useState } from 'react';
import { type LoaderFunctionArgs, useNavigate } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { useActor, useTerm, useWords } from '../../lib/language.ts';
import { readSession } from '../../lib/session.ts';
import { useFormat } from '../../lib/format.ts';
import type { Column } from '../../parts/data-table.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { placeFrom, readPlaces, usePlace } from '../../parts/place-choice.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { CutOff } from './cut-off.tsx';
import { FloorTabs, pickListPage } from './floor-tabs.tsx';
import '../../supply.css';

const work = (location: string) => q(warehouse.getWork, { query: { location } });

export const loader = async (args: LoaderFunctionArgs) => {
  const [places, session] = await Promise.all([readPlaces(), readSession(), listLoader(warehouse.listPickLists)(args)]);
  return client.ensureQueryData(work(placeFrom(new URL(args.request.url).searchParams, session?.location ?? null, places.items)));
};

const columns: readonly Column<RowOf<typeof warehouse.listPickLists>>[] = [
  { key: 'number', title: 'pick.number', show: (list) => list.number },
  { key: 'location', title: 'place.label', show: (list) => list.location, card: 'second' },
  { key: 'picker', title: 'pick.picker', show: (list) => <Actor name={list.picker} />, card: 'second' },
  { key: 'fulfilments', title: 'pick.fulfilments', isNumber: true, show: (list, { f }) => f.count(list.fulfilmentCount) },
  { key: 'units', title: 'floor.units', isNumber: true, show: (list, { f }) => f.count(list.units), card: 'right' },
  { key: 'started', title: 'pick.startedAt', isTight: true, show: (list, { f }) => f.instant(list.startedAt) },
  { key: 'done', title: 'pick.doneAt', isTight: true, show: (list, { f }) => f.instant(list.doneAt) },
  {
    key: 'state',
    title: 'floor.state',
    show: (list) => <StatusTag status={pickListStates[list.state]} code={list.state} />,
    text: (list, { term }) => term(pickListStates, list.state),
    card: 'status',
  },
];

function Actor({ name }: { name: string }) {
  return useActor()(name);
}

const filters: readonly Filter[] = [{ kind: 'choice', name: 'state', label: 'floor.state', terms: pickListStates }];

/** What waits at a location, how much of it one takes along, and the lists that are under way. */
export function Page() {
  const words = useWords();
  const { place, choice } = usePlace();
  return (
    <QueryList
      endpoint={warehouse.listPickLists}
      title={words('pick.lists')}
      head={
        <>
          <PageHead title={words('pick.title')} module={words('nav.floorBoard')} about={words('pick.about')} actions={choice} />
          <FloorTabs />
          <Take key={place} place={place} />
        </>
      }
      filters={filters}
      columns={columns}
      rowKey={(list) => list.id}
      href={(list) => pickListPage(list.id)}
      empty={{ sentence: words('pick.empty') }}
    />
  );
}

type Work = ReplyOf<typeof warehouse.getWork>;

function Take({ place }: { place: string }) {
  const words = useWords();
  const { count } = useFormat();
  const navigate = useNavigate();
  const [maximum, setMaximum] = useState(20);
  const { data } = useSuspenseQuery(work(place));
  const start = useSend(warehouse.startPicking, [
    warehouse.listPickLists,
    warehouse.listFulfilments,
    warehouse.countFulfilments,
    warehouse.getWork,
  ]);
  const open = data.steps.find(({ state }) => state === 'open')?.fulfilments ?? 0;
  const take = Math.min(open, maximum);
  return (
    <section className="card stack page-note" aria-label={words('pick.waiting')}>
      <Backlog data={data} />
      <div className="row">
        <label className="row">
          {words('pick.atMost')}
          <InputNumber<number>
            min={1}
            max={100}
            precision={0}
            value={maximum}
            aria-label={words('pick.atMost')}
            onChange={(value) => setMaximum(value ?? 20)}
          />
        </label>
        <MayButton
          need="warehouse.work"
          type="primary"
          loading={start.isPending}
          not={open === 0 ? words('pick.noneOpen') : undefined}
          onClick={() =>
            start.mutate({ body: { location: place, maximum } }, { onSuccess: (list) => void navigate(pickListPage(list.id)) })
          }
        >
          {take === 0 ? words('pick.start') : words('pick.startWith', { number: count(take) })}
        </MayButton>
      </div>
      <ErrorNote error={start.error} />
    </section>
  );
}

/** The steps with their work, and the departures that are coming. */
function Backlog({ data }: { data: Work }) {
  const words = useWords();
  const term = useTerm();
  const { count, instant } = useFormat();
  const [next] = data.departures;
  return (
    <>
      <ul className="equation">
        {data.steps.map((step) => (
          <li key={step.state}>
            <span className="second">{term(fulfilmentStates, step.state)}</span>
            <span className="sign">{count(step.fulfilments)}</span>
            <span className="third">
              {words('floor.unitsShort', { count: step.units })}
              {step.late > 0 && ` · ${words('floor.lateCount', { late: count(step.late) })}`}
            </span>
          </li>
        ))}
        {data.pickups.toPrepare + data.pickups.ready > 0 && (
          <li>
            <span className="second">{words('pick.pickups')}</span>
            <span className="sign">{count(data.pickups.toPrepare)}</span>
            <span className="third">{words('pick.pickupsReady', { ready: count(data.pickups.ready) })}</span>
          </li>
        )}
      </ul>
      {next && (
        <p className="row">
          {words('pick.nextDeparture', { at: instant(next.dispatchBy), packed: next.packed, all: next.fulfilments })}
          <CutOff dispatchBy={next.dispatchBy} />
        </p>
      )}
    </>
  );
}
