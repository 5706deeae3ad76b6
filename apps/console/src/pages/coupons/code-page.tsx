import { useSuspenseQuery } from '@tanstack/react-query';
import { promotions, type ReplyOf } from '@tongshang/contract';
import { couponStates } from '@tongshang/ui';
import { Link, type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Facts, ObjectPage, Section } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';

type Coupon = ReplyOf<typeof promotions.lookUpCoupon>;
type Use = Coupon['orders'][number];

const coupon = (code = '') => q(promotions.lookUpCoupon, { params: { code } });

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(coupon(params['code']));

const columns: readonly Column<Use>[] = [
  { key: 'at', title: 'coupons.usedAt', show: (use, { f }) => f.instant(use.at) },
  { key: 'amount', title: 'promo.saved', isNumber: true, show: (use, { f }) => f.money(use.amountFen), card: 'right' },
  {
    key: 'state',
    title: 'promo.status',
    show: (use, { words }) => words(use.state === 'held' ? 'coupons.held' : 'coupons.returned'),
    card: 'status',
  },
];

/** What became of one code: whose it is, which orders used it, and why it can or cannot be used now. */
export function Page() {
  const words = useWords();
  const name = useName();
  const f = useFormat();
  const mayOpenOrder = useMay()('orders.view');
  const mayOpenCustomer = useMay()('customers.view');
  const { code } = useParams();
  const { data } = useSuspenseQuery(coupon(code));
  return (
    <ObjectPage
      title={words('coupons.codeTitle', { code: data.code })}
      module={words('nav.coupons')}
      back={{ to: `/grow/coupons/${data.batch.id}`, text: data.batch.name }}
      id={data.code}
      status={<StatusTag status={couponStates[data.state]} code={data.state} />}
    >
      <p className={data.state === 'usable' ? 'card' : 'card notice'}>
        {words(`coupons.why.${data.state}`, {
          at: data.state === 'not_started' ? f.instant(data.validFrom) : f.instant(data.validTo),
          uses: f.count(data.uses),
        })}
      </p>
      <Section title={words('coupons.code')}>
        <Facts
          facts={[
            [
              words('coupons.customer'),
              data.customer === null ? (
                words('coupons.nobody')
              ) : mayOpenCustomer ? (
                <Link key="customer" to={`/sell/customers/${data.customer.id}`}>
                  {data.customer.number} {data.customer.name}
                </Link>
              ) : (
                `${data.customer.number} ${data.customer.name}`
              ),
            ],
            [
              words('coupons.uses'),
              data.usesMax === null ? f.count(data.uses) : `${f.count(data.uses)} / ${f.count(data.usesMax)}`,
            ],
            [words('promo.startsAt'), f.instant(data.validFrom)],
            [words('promo.endsAt'), data.validTo === null ? words('promo.openEnd') : f.instant(data.validTo)],
            [
              words('coupons.promotion'),
              <Link key="promotion" to={`/grow/promotions/${data.batch.promotionId}`}>
                {name({ name: data.batch.promotionName, nameEn: data.batch.promotionNameEn })}
              </Link>,
            ],
            [
              words('coupons.batch'),
              <Link key="batch" to={`/grow/coupons/${data.batch.id}`}>
                {data.batch.name}
              </Link>,
            ],
          ]}
        />
      </Section>
      <Section title={words('coupons.orders')}>
        {data.orders.length === 0 ? (
          <p className="second">{words('coupons.noOrders')}</p>
        ) : (
          <DataTable
            caption={words('coupons.orders')}
            columns={columns}
            rows={data.orders}
            rowKey={(use) => `${use.orderId} ${use.state} ${use.at}`}
            {...(mayOpenOrder && { href: (use: Use) => `/sell/orders/${use.orderId}` })}
          />
        )}
      </Section>
    </ObjectPage>
  );
}
