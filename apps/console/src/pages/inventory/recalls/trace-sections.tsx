import { recallBuyerStates } from '@tongshang/ui';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { causeWords } from '../../../lib/cause-link.ts';
import { useFormat } from '../../../lib/format.ts';
import { useWords } from '../../../lib/language.ts';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { Section } from '../../../parts/object-page.tsx';
import { usePlaceName } from '../../../parts/place-choice.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import type { WordKey } from '../../../words/keys.ts';
import type { Trace } from './recall-query.ts';
import '../../../supply.css';

const sourceColumns: readonly Column<Trace['sources'][number]>[] = [
  { key: 'purchase', title: 'recalls.purchase', show: (one) => <Purchase source={one} /> },
  { key: 'supplier', title: 'recalls.supplier', show: (one) => one.supplierName ?? one.supplier ?? '—' },
  { key: 'place', title: 'place.label', show: (one) => <PlaceName code={one.location} /> },
  { key: 'quantity', title: 'recalls.received', isNumber: true, show: (one, { f }) => f.count(one.quantity) },
  { key: 'at', title: 'recalls.at', isTight: true, show: (one, { f }) => f.instant(one.at) },
];

const shelfColumns: readonly Column<Trace['shelf'][number]>[] = [
  { key: 'place', title: 'place.label', show: (one) => <PlaceName code={one.location} /> },
  { key: 'expires', title: 'stock.expiresOn', isTight: true, show: (one) => one.expiresOn ?? '—' },
  { key: 'onHand', title: 'recalls.onShelf', isNumber: true, show: (one, { f }) => <strong>{f.count(one.onHand)}</strong> },
  { key: 'allocated', title: 'recalls.allocated', isNumber: true, show: (one, { f }) => f.count(one.allocated) },
];

const transferColumns: readonly Column<Trace['transfers'][number]>[] = [
  {
    key: 'number',
    title: 'transfers.number',
    show: (one) => <Link to={`/supply/transfers/${one.transferId}`}>{one.number}</Link>,
  },
  { key: 'way', title: 'transfers.way', show: (one) => `${one.from} → ${one.to}` },
  { key: 'quantity', title: 'transfers.units', isNumber: true, show: (one, { f }) => f.count(one.quantity) },
  { key: 'expected', title: 'transfers.expectedOn', isTight: true, show: (one) => one.expectedOn ?? '—' },
];

const buyerColumns: readonly Column<Trace['buyers'][number]>[] = [
  {
    key: 'order',
    title: 'recalls.order',
    show: (one) => <Link to={`/sell/orders/${one.orderId}`}>{one.orderNumber}</Link>,
  },
  {
    key: 'buyer',
    title: 'recalls.buyer',
    show: (one) => {
      const text = [one.name, one.phone].filter(Boolean).join(' ') || '—';
      return one.customerId === null ? text : <Link to={`/sell/customers/${one.customerId}`}>{text}</Link>;
    },
  },
  { key: 'quantity', title: 'transfers.units', isNumber: true, show: (one, { f }) => f.count(one.quantity) },
  { key: 'shipped', title: 'recalls.shippedAt', isTight: true, show: (one, { f }) => f.instant(one.shippedAt) },
  {
    key: 'state',
    title: 'recalls.state',
    show: (one) => <StatusTag status={recallBuyerStates[one.state]} code={one.state} />,
  },
];

function PlaceName({ code }: { code: string }) {
  return `${code} ${usePlaceName()(code)}`;
}

function Purchase({ source }: { source: Trace['sources'][number] }) {
  const text = source.purchaseNumber ?? causeWords(source.cause, null).name;
  return source.purchaseId === null ? text : <Link to={`/supply/purchases/${source.purchaseId}`}>{text}</Link>;
}

/** Everything a lot concerns, in the order of its way: where from, on the shelf, between our places, with buyers. */
export function TraceSections({ trace, isBlocked, buyersExtra }: { trace: Trace; isBlocked: boolean; buyersExtra?: ReactNode }) {
  const words = useWords();
  return (
    <>
      <Section title={words('recalls.balance')}>
        <Totals trace={trace} />
      </Section>
      <Part
        title={words('recalls.sources')}
        empty="recalls.noSources"
        rows={trace.sources}
        columns={sourceColumns}
        rowKey={(one) => `${one.cause} ${one.location} ${one.at}`}
      />
      <Part
        title={words(isBlocked ? 'recalls.shelfBlocked' : 'recalls.shelf')}
        empty="recalls.noShelf"
        rows={trace.shelf}
        columns={shelfColumns}
        rowKey={(one) => one.location}
      />
      {trace.transfers.length > 0 && (
        <Part
          title={words('recalls.transit')}
          empty="recalls.noShelf"
          rows={trace.transfers}
          columns={transferColumns}
          rowKey={(one) => one.transferId}
        />
      )}
      <Part
        title={words('recalls.buyers', { orders: trace.buyers.length })}
        empty="recalls.noBuyers"
        rows={trace.buyers}
        columns={buyerColumns}
        rowKey={(one) => `${one.orderId} ${one.state}`}
        extra={buyersExtra}
      />
    </>
  );
}

/** Received = on the shelf + between places + with buyers + gone otherwise: the sum says that nothing is forgotten. */
function Totals({ trace: { totals } }: { trace: Trace }) {
  const words = useWords();
  const { count } = useFormat();
  const gone = totals.received - totals.onHand - totals.onTransfer - totals.withBuyers;
  const parts = [
    ['recalls.received', totals.received, ''],
    ['recalls.onShelf', totals.onHand, '='],
    ['recalls.onTransfer', totals.onTransfer, '+'],
    ['recalls.withBuyers', totals.withBuyers, '+'],
    ...(gone === 0 ? [] : [['recalls.gone', gone, '+'] as const]),
  ] as const;
  return (
    <ul className="equation">
      {parts.map(([word, units, sign]) => (
        <li key={word}>
          <span className="second">{words(word)}</span>
          <span className="sign">
            {sign} {count(units)}
          </span>
        </li>
      ))}
      <li>
        <span className="second">{words('recalls.notSent')}</span>
        <span className="sign">{count(totals.waiting)}</span>
      </li>
    </ul>
  );
}

interface PartProps<Row> {
  title: string;
  empty: WordKey;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  extra?: ReactNode;
}

function Part<Row>({ title, empty, rows, columns, rowKey, extra }: PartProps<Row>) {
  const words = useWords();
  return (
    <Section title={title} extra={extra}>
      {rows.length === 0 ? (
        <p className="second">{words(empty)}</p>
      ) : (
        <DataTable caption={title} columns={columns} rows={rows} rowKey={rowKey} />
      )}
    </Section>
  );
}
