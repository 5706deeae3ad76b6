import { useSuspenseQuery } from '@tanstack/react-query';
import { orders, type ReplyOf } from '@tongshang/contract';
import { actorKinds, channels, orderAttentions, orderStates, orderTimeline } from '@tongshang/ui';
import { Link, type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { type Say, useActor, useTerm, useWords } from '../../lib/language.ts';
import { Facts, ObjectPage, Section } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { Fulfilments, Holds, Routes } from '../handling/order-handling.tsx';
import { OrderActions } from './order-actions.tsx';
import { OrderPayments } from './order-payments.tsx';
import { type ExplainedLine, PriceLines, PriceSums } from './price-lines.tsx';
import { reasonWord } from './reason-word.ts';
import { timelineNote } from './timeline-note.ts';

export type Order = ReplyOf<typeof orders.getOrder>;

const order = (id: string | undefined) => q(orders.getOrder, { params: { orderId: id ?? '' } });

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(order(params['id']));

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
        <PriceLines caption={words('orders.lines')} lines={data.lines.map((line) => explained(line, data, words))} />
        <PriceSums sums={data} currency={data.currency} />
      </Section>
      {data.parcels.length > 1 && <Parcels order={data} />}
      <Holds order={data} />
      <Fulfilments order={data} />
      <Routes order={data} />
      <Section title={words('timeline.title')}>
        <Timeline
          entries={data.timeline.map((entry) => ({
            id: entry.id,
            at: entry.at,
            who: entry.actorKind === 'staff' ? entry.actor : `${actor(entry.actor)} · ${term(actorKinds, entry.actorKind)}`,
            what: term(orderTimeline, entry.what),
            why: timelineNote(entry.details, words, f, (reason) => reasonWord(reason, words, term)),
          }))}
        />
      </Section>
    </ObjectPage>
  );
}

const explained = (line: Order['lines'][number], order: Order, words: Say): ExplainedLine => ({
  ...line,
  key: String(line.lineNo),
  href: line.productId === null ? `/supply/stock/${encodeURIComponent(line.sku)}` : `/sell/products/${line.productId}`,
  note: [
    line.location !== null && words('orders.from', { location: line.location }),
    order.parcels.length > 1 && words('orders.parcelOf', { number: line.parcelNo }),
  ]
    .filter((part) => part !== false)
    .join(' · '),
});

/** Where each parcel goes and what it costs to send. */
function Parcels({ order }: { order: Order }) {
  const words = useWords();
  const f = useFormat();
  return (
    <Section title={words('orders.parcels', { count: order.parcels.length })}>
      <ul className="plain-list parcels">
        {order.parcels.map(({ parcelNo, recipient, freightFen }) => (
          <li key={parcelNo}>
            <strong>{words('orders.parcelOf', { number: parcelNo })}</strong> {recipient.name} {recipient.phone}
            <div>
              {recipient.region} {recipient.address}
            </div>
            <div className="second">
              {words('orders.parcelFacts', {
                units: order.lines.filter((line) => line.parcelNo === parcelNo).reduce((sum, line) => sum + line.quantity, 0),
                freight: f.money(freightFen),
              })}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What the invoice shall say, as the customer gave it. */
function Invoice({ invoice }: { invoice: NonNullable<Order['invoice']> }) {
  const words = useWords();
  return (
    <Section title={words('invoice.title')}>
      <Facts
        facts={[
          [words('invoice.kind'), words(`invoice.kind.${invoice.kind}`)],
          [words('invoice.heading'), invoice.title],
          ...(invoice.kind === 'personal'
            ? []
            : [[words('invoice.taxNumber'), <code key="t">{invoice.taxNumber}</code>] as const]),
          ...(invoice.kind === 'special'
            ? ([
                [words('orders.address'), invoice.address],
                [words('orders.phone'), invoice.phone],
                [words('invoice.bank'), invoice.bank],
                [words('invoice.account'), <code key="a">{invoice.account}</code>],
              ] as const)
            : []),
          ...(invoice.email === undefined ? [] : [[words('invoice.email'), invoice.email] as const]),
        ]}
      />
    </Section>
  );
}

function Aside({ order: data }: { order: Order }) {
  const words = useWords();
  const term = useTerm();
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
      {data.invoice && <Invoice invoice={data.invoice} />}
      <Section title={words('orders.shipment')}>
        <Facts
          facts={[
            [words('orders.carrier'), data.carrier],
            [words('orders.tracking'), data.trackingNumber],
            [words('orders.releasedAt'), f.instant(data.releasedAt)],
            [words('orders.shippedAt'), f.instant(data.shippedAt)],
            [words('orders.deliveredAt'), f.instant(data.deliveredAt)],
            ...(data.cancelledAt
              ? [[words('orders.cancelReason'), reasonWord(data.cancelReason ?? '', words, term)] as const]
              : []),
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
