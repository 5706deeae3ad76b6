import { useQuery } from '@tanstack/react-query';
import { explore, metrics, type ReplyOf } from '@tongshang/contract';
import { channels, dimensions as dimensionWords } from '@tongshang/ui';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { ask, q } from '../../lib/api.ts';
import { useDefinitions } from '../../lib/definitions.ts';
import { exactFigure } from '../../lib/figures.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { AnswerFoot } from '../../parts/answers/answer-foot.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { keyLabel } from '../../parts/answers/key-label.ts';
import type { Asked } from './use-question.ts';

type Question = metrics.MetricQuestion;
type Orders = ReplyOf<typeof explore.exploreOrders>;
type Row = Orders['items'][number];

/** One figure of an answer, as the address names it. */
export interface Cell {
  metric: string;
  keys: readonly string[];
}

/** The cell whose orders an address shows; one that does not fit the question shows none. */
export function readCell(question: Question, url: URLSearchParams): Cell | undefined {
  const metric = url.get('cell');
  const keys = url.getAll('at');
  if (metric === null || !question.metrics.includes(metric)) return undefined;
  return keys.length === 0 || keys.length === question.by.length ? { metric, keys } : undefined;
}

export function ordersAt(question: Question, cell: Cell, after: string | null) {
  const { period, from, to, until, channel, category, sku, store, by } = question;
  return ask(explore.exploreOrders, {
    body: {
      period,
      from,
      to,
      until,
      metric: cell.metric,
      filters: { channel, category, sku, store },
      cell: Object.fromEntries(cell.keys.map((key, at) => [by[at], key])),
      ...(after !== null && { after }),
    },
  });
}

/** The orders behind one figure, each with what it brings to it; together they are the figure. */
export function OrdersBehind({ asked: { question, url, show, linkTo }, cell }: { asked: Asked<Question>; cell: Cell }) {
  const words = useWords();
  const { data, error, refetch } = useQuery({ ...ordersAt(question, cell, url.get('after')), retryOnMount: false });
  const title = useTitle(question, cell);
  const head = useRef<HTMLHeadingElement>(null);
  const which = JSON.stringify(cell);
  // Where the reader looks next is outside of React's tree.
  useEffect(() => head.current?.focus(), [which]);
  return (
    <section className="card explore-orders" aria-labelledby="orders-behind">
      <div className="section-head">
        <h2 id="orders-behind" ref={head} tabIndex={-1}>
          {words('explore.ordersBehind', { what: title })}
        </h2>
        <Button size="small" onClick={() => show({ cell: undefined, at: undefined, after: undefined })}>
          {words('explore.closeOrders')}
        </Button>
      </div>
      {error !== null && data === undefined && <ErrorState error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && (
        <div className="bone explore-coming" role="status" aria-label={words('state.loading')} />
      )}
      {data !== undefined && (
        <Rows data={data} title={title} next={data.next === null ? undefined : linkTo({ after: data.next })} />
      )}
    </section>
  );
}

function useTitle({ by }: Question, { metric, keys }: Cell): string {
  const term = useTerm();
  const { titleOf } = useDefinitions();
  const f = useFormat();
  const at = keys.map((key, index) => {
    const label = by[index] === 'channel' ? term(channels, key) : keyLabel(by[index], key, null, f.language) || '—';
    return `${term(dimensionWords, by[index] ?? '')} ${label}`;
  });
  return [titleOf(metric), ...at].join(' · ');
}

function Rows({ data, title, next }: { data: Orders; title: string; next: string | undefined }) {
  const words = useWords();
  const f = useFormat();
  const mayOpen = useMay()('orders.view');
  const { unit, part, whole } = useParts(data);
  const columns: readonly Column<Row>[] = [
    {
      key: 'number',
      title: 'explore.order',
      show: ({ number, orderId }) =>
        orderId !== null && number !== null && mayOpen ? (
          <Link to={`/sell/orders/${orderId}`}>{number}</Link>
        ) : (
          (number ?? words('explore.noNumber'))
        ),
    },
    { key: 'at', title: 'explore.at', isTight: true, show: ({ at }) => f.instant(at) },
    { key: 'channel', title: 'explore.channel', show: ({ channel }, { term }) => term(channels, channel) },
    { key: 'store', title: 'explore.store', show: ({ store }) => store || '—' },
    {
      key: 'part',
      title: data.total.whole === null ? 'explore.part' : 'explore.over',
      isNumber: true,
      show: (row) => part(row.part),
    },
    ...(data.total.whole === null
      ? []
      : [{ key: 'whole', title: 'explore.under' as const, isNumber: true, show: (row: Row) => whole(row.whole) }]),
  ];
  return (
    <>
      <p className="second">
        {words('explore.ordersSum', {
          count: data.total.orders,
          orders: f.count(data.total.orders),
          value: exactFigure(unit, data.value, f),
        })}
        {data.total.whole !== null &&
          ` · ${words('explore.ordersRatio', { over: part(data.total.part), under: whole(data.total.whole) })}`}
      </p>
      {data.items.length === 0 ? (
        <p className="empty">{words('explore.noOrders')}</p>
      ) : (
        <DataTable<Row>
          caption={title}
          columns={columns}
          rows={data.items}
          rowKey={(row) => `${row.orderId ?? ''} ${row.at} ${row.part}`}
        />
      )}
      {next !== undefined && (
        <p className="list-foot">
          <Link to={next} preventScrollReset>
            {words('explore.moreOrders')}
          </Link>
        </p>
      )}
      <AnswerFoot asOf={data.asOf} />
    </>
  );
}

type Maybe = number | null;

/** How what a row brings is said: a sum in the figure's own unit, the two sides of a ratio each in that of its measure. */
function useParts({ metric, total }: Orders) {
  const f = useFormat();
  const { find } = useDefinitions();
  const definition = find(metric);
  const unit = definition?.unit ?? 'count';
  const expression = definition?.expression;
  const isRatio = expression?.kind === 'ratio';
  const { data } = useQuery({ ...q(metrics.listMeasures), staleTime: Infinity, enabled: isRatio });
  const unitOf = (name: string | undefined) => data?.items.find((one) => one.name === name)?.unit ?? 'count';
  const [over, under] = isRatio ? [unitOf(expression.over[0]?.measure), unitOf(expression.under[0]?.measure)] : [unit, unit];
  return {
    unit,
    part: (value: Maybe) => exactFigure(total.whole === null ? unit : over, value, f),
    whole: (value: Maybe) => exactFigure(under, value, f),
  };
}
