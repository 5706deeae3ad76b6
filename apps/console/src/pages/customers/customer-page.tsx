import { useSuspenseQuery } from '@tanstack/react-query';
import { customers, orders, type ReplyOf } from '@tongshang/contract';
import { channels, customerSources, formatPhone, orderStates } from '@tongshang/ui';
import { Form, Input } from 'antd';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Facts, ObjectPage, Section } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { MembershipSection } from './membership-section.tsx';

const customer = (id = '') => q(customers.getCustomer, { params: { id } });
const ordersOf = (id = '') => q(orders.listOrders, { query: { customerId: id, limit: 5 } });

export const loader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([client.ensureQueryData(customer(params['id'])), client.ensureQueryData(ordersOf(params['id']))]);

const orderColumns: readonly Column<ReplyOf<typeof orders.listOrders>['items'][number]>[] = [
  { key: 'number', title: 'orders.number', show: (order) => order.number },
  { key: 'at', title: 'orders.placedAt', show: (order, { f }) => f.instant(order.placedAt) },
  { key: 'channel', title: 'orders.channel', show: (order, { term }) => term(channels, order.channel) },
  { key: 'total', title: 'orders.total', isNumber: true, show: (order, { f }) => f.money(order.totalFen) },
  { key: 'state', title: 'orders.state', show: (order) => <StatusTag status={orderStates[order.state]} code={order.state} /> },
];

/** A customer with masked contacts; seeing them whole takes a right and a reason, and is written down. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const { id } = useParams();
  const { data } = useSuspenseQuery(customer(id));
  const { data: recent } = useSuspenseQuery(ordersOf(id));
  const [isAsking, setAsking] = useState(false);
  const [shown, setShown] = useState<{ of: string; contact: ReplyOf<typeof customers.revealContact> } | undefined>();
  const whole = shown?.of === data.id ? shown.contact : undefined; // the page stays mounted when the next customer opens
  return (
    <ObjectPage
      title={(whole?.name ?? data.name) || data.number /* who signs in by phone has no name yet */}
      module={words('nav.customers')}
      back={{ to: '/sell/customers', text: words('nav.customers') }}
      id={data.number}
      facts={`${data.number} · ${term(customerSources, data.source)} · ${f.instant(data.createdAt)}`}
      actions={
        <MayButton need="customers.reveal" not={whole ? words('customers.shown') : undefined} onClick={() => setAsking(true)}>
          {words('customers.reveal')}
        </MayButton>
      }
    >
      <Section title={words('customers.contact')}>
        <Facts
          facts={[
            [words('customers.name'), whole?.name ?? data.name],
            [words('customers.phone'), whole ? formatPhone(whole.phone) : data.phone],
            [words('customers.email'), whole ? whole.email : data.email],
            [words('customers.member'), words(data.isMember ? 'customers.isMember' : 'customers.isGuest')],
            [words('orders.externalId'), data.externalId],
            ...(whole?.addresses ?? []).map(
              (address) =>
                [
                  words('orders.address'),
                  `${address.name} ${formatPhone(address.phone)} ${address.region} ${address.detail}`,
                ] as const,
            ),
          ]}
        />
      </Section>
      <MembershipSection customerId={data.id} />
      <Section
        title={words('customers.orders')}
        extra={recent.next !== null && <Link to={`/sell/orders?customerId=${data.id}`}>{words('act.more')}</Link>}
      >
        {recent.items.length === 0 ? (
          <p className="second">{words('customers.noOrders')}</p>
        ) : (
          <DataTable
            caption={words('customers.orders')}
            columns={orderColumns}
            rows={recent.items}
            rowKey={(order) => order.id}
            href={(order) => `/sell/orders/${order.id}`}
          />
        )}
      </Section>
      {isAsking && (
        <RevealDialog id={data.id} onClose={() => setAsking(false)} onShow={(contact) => setShown({ of: data.id, contact })} />
      )}
    </ObjectPage>
  );
}

interface RevealProps {
  id: string;
  onClose: () => void;
  onShow: (contact: ReplyOf<typeof customers.revealContact>) => void;
}

function RevealDialog({ id, onClose, onShow }: RevealProps) {
  const words = useWords();
  const [form] = Form.useForm<{ reason: string }>();
  const reveal = useSend(customers.revealContact);
  return (
    <FormDialog<{ reason: string }>
      form={form}
      title={words('customers.reveal')}
      act={words('customers.revealAct')}
      isOpen
      isBusy={reveal.isPending}
      error={reveal.error}
      initial={{}}
      onClose={onClose}
      onSubmit={(body) =>
        reveal.mutate(
          { params: { id }, body },
          {
            onSuccess: (contact) => {
              onShow(contact);
              onClose();
            },
          },
        )
      }
    >
      <p className="dialog-text">{words('customers.revealText')}</p>
      <Field name="reason" label={words('form.reason')}>
        <Input maxLength={200} />
      </Field>
    </FormDialog>
  );
}
