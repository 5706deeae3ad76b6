import '../../handling.css';
import { useSuspenseQuery } from '@tanstack/react-query';
import { orders, type QueryOf } from '@tongshang/contract';
import { channels, exceptionDecisions, orderAttentions } from '@tongshang/ui';
import { useState } from 'react';
import { type LoaderFunctionArgs, useSearchParams } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { readListUrl, withFilter } from '../../lib/list-url.ts';
import { toast } from '../../lib/toast.ts';
import type { Column } from '../../parts/data-table.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { listLoader, QueryList } from '../../parts/query-list.tsx';
import { type Stage, StageRail } from '../../parts/stage-rail.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { DecisionDialog } from './decision-dialog.tsx';
import { type Decision, type Exception, ExceptionActs, isOpen } from './exception-acts.tsx';
import { refreshed } from './refreshed.ts';
import { useHoldText } from './hold-text.ts';
import { useRowKeys } from './use-row-keys.ts';

const counts = (url: URLSearchParams) => {
  const { query } = readListUrl(orders.listExceptions, url);
  const { reason, after, limit, ...rest } = query as QueryOf<typeof orders.listExceptions>;
  return q(orders.countExceptions, { query: rest });
};

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([
    listLoader(orders.listExceptions)(args),
    client.ensureQueryData(counts(new URL(args.request.url).searchParams)),
  ]);
  return null;
};

const columns: readonly Column<Exception>[] = [
  { key: 'number', title: 'orders.number', isTight: true, show: ({ number }) => number },
  {
    key: 'since',
    title: 'exceptions.waits',
    isTight: true,
    card: 'second',
    show: ({ since }, { f }) => <time dateTime={since}>{f.relative(since)}</time>,
    text: ({ since }, { f }) => f.instant(since),
  },
  {
    key: 'why',
    title: 'exceptions.why',
    card: 'status',
    show: ({ holds }) => <Reasons holds={holds} />,
    text: ({ holds }, { term }) => holds.map(({ reason }) => term(orderAttentions, reason)).join(' · '),
  },
  { key: 'note', title: 'orders.note', isExtra: true, show: ({ note }) => note ?? '—' },
  { key: 'channel', title: 'orders.channel', show: (order, { term }) => term(channels, order.channel) },
  {
    key: 'total',
    title: 'orders.total',
    isNumber: true,
    card: 'right',
    show: (order, { f }) => f.money(order.totalFen, order.currency),
  },
];

const filters: readonly Filter[] = [
  { kind: 'choice', name: 'reason', label: 'exceptions.why', terms: orderAttentions },
  { kind: 'choice', name: 'channel', label: 'orders.channel', terms: channels },
];

/** Orders that the rules did not let go on by themselves: why each stands here, and one key to decide. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const [asked, setAsked] = useState<Decision>();
  const decide = useSend(orders.decideException, refreshed);
  const [url] = useSearchParams();
  const { query } = readListUrl(orders.listExceptions, url);
  const { data } = useSuspenseQuery(q(orders.listExceptions, { query: query as QueryOf<typeof orders.listExceptions> }));

  const release = ({ order, hold }: Pick<Decision, 'order' | 'hold'>) =>
    decide.mutate(
      { params: { orderId: order.id, holdId: hold.id }, body: { decision: 'release_hold', version: order.version } },
      {
        onSuccess: () =>
          toast(words('exceptions.releasedToast', { number: order.number, reason: term(orderAttentions, hold.reason) })),
      },
    );
  const onDecide = (decision: Decision) => (decision.what === 'release_hold' ? release(decision) : setAsked(decision));
  useRowKeys((href, key) => {
    const order = data.items.find(({ id }) => href.endsWith(`/${id}`));
    const what = { r: 'release_hold', a: 'ask_customer', w: 'reroute', c: 'cancel' } as const;
    const wanted = what[key as keyof typeof what];
    const hold = order?.holds.find((one) => isOpen(one) && one.decisions.includes(wanted));
    if (order && hold) onDecide({ order, hold, what: wanted });
  });
  return (
    <>
      <QueryList
        endpoint={orders.listExceptions}
        title={words('nav.exceptions')}
        module={words('wing.sell')}
        about={words('exceptions.about')}
        rail={<Stages />}
        filters={filters}
        columns={columns}
        rowKey={(order) => order.id}
        href={(order) => `/sell/orders/${order.id}`}
        rowActions={(order) => <ExceptionActs order={order} isBusy={decide.isPending} onDecide={onDecide} />}
        empty={{ sentence: words('exceptions.empty') }}
      />
      <ErrorNote error={decide.error} />
      {asked && (
        <DecisionDialog
          decision={asked}
          title={words('exceptions.dialogTitle', { what: term(exceptionDecisions, asked.what), number: asked.order.number })}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}

/** Each open reason with what was found. */
function Reasons({ holds }: Pick<Exception, 'holds'>) {
  const text = useHoldText();
  return (
    <ul className="plain-list holds">
      {holds.map((hold) => (
        <li key={hold.id}>
          <StatusTag status={orderAttentions[hold.reason]} code={hold.reason} />
          {text(hold) !== '' && <span className="second"> {text(hold)}</span>}
        </li>
      ))}
    </ul>
  );
}

function Stages() {
  const words = useWords();
  const term = useTerm();
  const { percent } = useFormat();
  const [url] = useSearchParams();
  const { data } = useSuspenseQuery(counts(url));
  const chosen = url.get('reason');
  const to = (reason: string | undefined) => `?${withFilter(url, { reason })}`;
  const stages: Stage[] = [
    { key: 'all', name: words('list.all'), count: data.orders, to: to(undefined), isCurrent: chosen === null },
    ...data.reasons.map(({ reason, orders: count }) => ({
      key: reason,
      name: term(orderAttentions, reason),
      count,
      to: to(reason),
      isCurrent: chosen === reason,
    })),
  ];
  const { released, untouched } = data.untouched;
  return (
    <>
      <StageRail stages={stages} />
      {released > 0 && (
        <p className="second untouched">{words('exceptions.untouched', { released, share: percent(untouched / released) })}</p>
      )}
    </>
  );
}
