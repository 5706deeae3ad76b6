import { returns } from '@tongshang/contract';
import { actorName, channels, returnReasons } from '@tongshang/ui';
import { Link } from 'react-router';
import { useWords } from '../../lib/language.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';

export const loader = listLoader(returns.listReturns);

type Row = RowOf<typeof returns.listReturns>;

const columns: readonly Column<Row>[] = [
  { key: 'number', title: 'returns.number', show: (one) => one.number },
  { key: 'at', title: 'returns.receivedAt', isTight: true, show: (one, { f }) => f.instant(one.receivedAt), card: 'second' },
  {
    key: 'order',
    title: 'returns.order',
    isTight: true,
    show: (one, { words }) =>
      one.orderId ? <Link to={`/sell/orders/${one.orderId}`}>{words('returns.openOrder')}</Link> : words('returns.noOrder'),
    card: 'status',
  },
  { key: 'channel', title: 'orders.channel', show: (one, { term }) => one.store ?? term(channels, one.channel) },
  {
    key: 'lines',
    title: 'returns.items',
    show: (one) => <Items row={one} />,
    text: (one, { name }) => one.lines.map((line) => `${name({ nameEn: null, ...line })} × ${line.quantity}`).join(' + '),
  },
  { key: 'reason', title: 'form.reason', show: (one, { term }) => term(returnReasons, one.reason), card: 'second' },
  { key: 'actor', title: 'returns.actor', show: (one, { f }) => actorName(one.actor, f.language) },
  { key: 'refund', title: 'returns.refund', isNumber: true, show: (one, { f }) => f.money(one.refundFen), card: 'right' },
];

function Items({ row }: { row: Row }) {
  const words = useWords();
  const [first] = row.lines;
  if (!first) return '—';
  const more = row.lines.length - 1;
  return (
    <>
      {first.name} × {first.quantity}
      {more > 0 && <span className="second"> {words('returns.more', { count: more })}</span>}
    </>
  );
}

const filters: readonly Filter[] = [
  { kind: 'choice', name: 'channel', label: 'orders.channel', terms: channels },
  { kind: 'days', name: 'received', from: 'from', to: 'to', label: 'returns.receivedAt' },
];

export function Page() {
  const words = useWords();
  return (
    <QueryList
      endpoint={returns.listReturns}
      title={words('nav.returns')}
      module={words('wing.sell')}
      filters={filters}
      columns={columns}
      rowKey={(one) => one.id}
      href={(one) => `/sell/returns/${one.id}`}
      empty={{ sentence: words('returns.empty') }}
    />
  );
}
