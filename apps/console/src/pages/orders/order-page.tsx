import { useSuspenseQuery } from '@tanstack/react-query';
import { orders, type ReplyOf } from '@tongshang/contract';
import { actorKinds, channels, orderAttentions, orderStates, orderTimeline } from '@tongshang/ui';
import { Link, type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useActor, useTerm, useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Facts, ObjectPage, Section } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { OrderActions } from './order-actions.tsx';
import { OrderPayments } from './order-payments.tsx';
import { timelineNote } from './timeline-note.ts';

export type Order = ReplyOf<typeof orders.getOrder>;

const order = (id: string | undefined) => q(orders.getOrder, { params: { orderId: id ?? '' } });

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(order(params['id']));

const lineColumns: readonly Column<Order['lines'][number]>[] = [
  {
    key: 'name',
    title: 'orders.item',
    show: (line, { name }) => (
      <>
        {name(line)} <span className="third">{line.sku}</span>
      </>
    ),
  },
  { key: 'unit', title: 'orders.unitPrice', isNumber: true, show: (line, { f }) => f.money(line.unitFen) },
  { key: 'quantity', title: 'orders.quantity', isNumber: true, show: (line, { f }) => f.count(line.quantity) },
  {
    key: 'discount',
    title: 'orders.discount',
    isNumber: true,
    show: (line, { f }) => (line.discountFen === 0 ? '0' : f.money(-line.discountFen)),
  },
  { key: 'amount', title: 'orders.amount', isNumber: true, show: (line, { f }) => f.money(line.amountFen) },
  { key: 'from', title: 'orders.shipsFrom', show: (line) => line.location ?? '—' },
];

export function Page() {
  const words = useWords();
  const term = useTerm();
  const actor = useActor();
  const f = useFormat();
  const { id } = useParams();
  const { data } = useSuspenseQuery(order(id));
  return (
    <ObjectPage
      title={data.number}
      module={words('nav.orders')}
      back={{ to: '/sell/orders', text: words('nav.orders') }}
      id={data.number}
      status={
        <>
          <StatusTag status={orderStates[data.state]} code={data.state} />
          {data.attention && <StatusTag status={orderAttentions[data.attention]} code={data.attention} />}
        </>
      }
      facts={words('orders.facts', {
        channel: data.store ?? term(channels, data.channel),
        at: f.instant(data.placedAt),
        total: f.money(data.totalFen, data.currency),
      })}
      actions={<OrderActions order={data} />}
      aside={<Aside order={data} />}
    >
      <Section title={words('orders.lines')}>
        <DataTable
          caption={words('orders.lines')}
          columns={lineColumns}
          rows={data.lines}
          rowKey={(line) => String(line.lineNo)}
          {...productLinks}
        />
        <dl className="sums">
          <Sum name={words('orders.goods')} fen={data.goodsFen} />
          <Sum name={words('orders.freight')} fen={data.freightFen} />
          {data.discountFen !== 0 && <Sum name={words('orders.discount')} fen={-data.discountFen} />}
          <Sum name={words('orders.total')} fen={data.totalFen} isTotal />
          <Sum name={words('orders.taxInside')} fen={data.taxFen} />
        </dl>
      </Section>
      <Section title={words('timeline.title')}>
        <Timeline
          entries={data.timeline.map((entry) => ({
            id: entry.id,
            at: entry.at,
            who: entry.actorKind === 'staff' ? entry.actor : `${actor(entry.actor)} · ${term(actorKinds, entry.actorKind)}`,
            what: term(orderTimeline, entry.what),
            why: timelineNote(entry.details, words, f),
          }))}
        />
      </Section>
    </ObjectPage>
  );
}

const productLinks = {
  href: (line: Order['lines'][number]) =>
    line.productId === null ? `/supply/stock/${encodeURIComponent(line.sku)}` : `/sell/products/${line.productId}`,
};

function Sum({ name, fen, isTotal = false }: { name: string; fen: number; isTotal?: boolean }) {
  const { money } = useFormat();
  return (
    <div className={isTotal ? 'sum-total' : undefined}>
      <dt>{name}</dt>
      <dd>{money(fen)}</dd>
    </div>
  );
}

function Aside({ order: data }: { order: Order }) {
  const words = useWords();
  const f = useFormat();
  return (
    <>
      <Section title={words('orders.recipient')}>
        {data.recipient ? (
          <Facts
            facts={[
              [words('orders.name'), data.recipient.name],
              [words('orders.phone'), data.recipient.phone],
              [words('orders.address'), `${data.recipient.region} ${data.recipient.address}`],
              [words('orders.note'), data.note],
              [
                words('nav.customers'),
                data.customerId && (
                  <Link key="c" to={`/sell/customers/${data.customerId}`}>
                    {words('orders.openCustomer')}
                  </Link>
                ),
              ],
            ]}
          />
        ) : (
          <p className="second">{words('orders.noRecipient')}</p>
        )}
      </Section>
      <OrderPayments payments={data.payments} />
      <Section title={words('orders.shipment')}>
        <Facts
          facts={[
            [words('orders.carrier'), data.carrier],
            [words('orders.tracking'), data.trackingNumber],
            [words('orders.releasedAt'), f.instant(data.releasedAt)],
            [words('orders.shippedAt'), f.instant(data.shippedAt)],
            [words('orders.deliveredAt'), f.instant(data.deliveredAt)],
            ...(data.cancelledAt ? [[words('orders.cancelReason'), data.cancelReason] as const] : []),
            ...(data.expiresAt && data.state === 'placed'
              ? [[words('orders.expiresAt'), f.instant(data.expiresAt)] as const]
              : []),
            ...(data.externalId ? [[words('orders.externalId'), data.externalId] as const] : []),
          ]}
        />
      </Section>
    </>
  );
}
