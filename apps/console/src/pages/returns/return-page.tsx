import { useSuspenseQuery } from '@tanstack/react-query';
import { returns, type ReplyOf } from '@tongshang/contract';
import { channels, returnReasons } from '@tongshang/ui';
import { Link, type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useActor, useTerm, useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Facts, ObjectPage, Section } from '../../parts/object-page.tsx';

const one = (id: string | undefined) => q(returns.getReturn, { params: { returnId: id ?? '' } });

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(one(params['id']));

const columns: readonly Column<ReplyOf<typeof returns.getReturn>['lines'][number]>[] = [
  {
    key: 'name',
    title: 'orders.item',
    show: (line) => (
      <>
        {line.name} <span className="third">{line.sku}</span>
      </>
    ),
  },
  { key: 'quantity', title: 'orders.quantity', isNumber: true, show: (line, { f }) => f.count(line.quantity) },
  { key: 'amount', title: 'returns.refund', isNumber: true, show: (line, { f }) => f.money(line.amountFen) },
  {
    key: 'stock',
    title: 'returns.restocked',
    show: (line, { words }) => words(line.isRestocked ? 'returns.toStock' : 'returns.notToStock'),
  },
];

export function Page() {
  const words = useWords();
  const term = useTerm();
  const actor = useActor();
  const f = useFormat();
  const { id } = useParams();
  const { data } = useSuspenseQuery(one(id));
  return (
    <ObjectPage
      title={data.number}
      module={words('nav.returns')}
      back={{ to: '/sell/returns', text: words('nav.returns') }}
      id={data.number}
      facts={`${f.instant(data.receivedAt)} · ${actor(data.actor)}`}
    >
      <Section title={words('returns.facts')}>
        <Facts
          facts={[
            [
              words('returns.order'),
              data.orderId ? (
                <Link key="o" to={`/sell/orders/${data.orderId}`}>
                  {words('returns.openOrder')}
                </Link>
              ) : (
                words('returns.noOrder')
              ),
            ],
            [words('orders.channel'), data.store ?? term(channels, data.channel)],
            [words('form.reason'), term(returnReasons, data.reason)],
            [words('orders.note'), data.note],
            [words('returns.refund'), f.money(data.refundFen)],
            [words('orders.externalId'), data.externalId],
          ]}
        />
      </Section>
      <Section title={words('returns.items')}>
        <DataTable caption={words('returns.items')} columns={columns} rows={data.lines} rowKey={(line) => String(line.lineNo)} />
      </Section>
    </ObjectPage>
  );
}
