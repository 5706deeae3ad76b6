import { useSuspenseQuery } from '@tanstack/react-query';
import { promotions, type ReplyOf } from '@tongshang/contract';
import { addDays } from '@tongshang/ui';
import { Select } from 'antd';
import { useState } from 'react';
import { ask } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Facts } from '../../parts/object-page.tsx';
import type { PreviewProps } from './preview.tsx';

type Sample = ReplyOf<typeof promotions.previewPromotionOnOrders>['sample'][number];

const columns: readonly Column<Sample>[] = [
  { key: 'number', title: 'promo.order', show: (one) => one.number },
  { key: 'before', title: 'promo.paid', isNumber: true, show: (one, { f }) => f.money(one.beforeFen), card: 'second' },
  { key: 'after', title: 'promo.wouldPay', isNumber: true, show: (one, { f }) => f.money(one.afterFen), card: 'second' },
  { key: 'saved', title: 'promo.saved', isNumber: true, show: (one, { f }) => f.money(one.savedFen), card: 'right' },
];

const spans = ['7', '30', '90'] as const;

/** What the rule would have cost on the orders of the last days, whole business days up to the end of yesterday. */
export function PastOrders({ draft, promotionId }: PreviewProps) {
  const words = useWords();
  const f = useFormat();
  const mayOpen = useMay()('orders.view');
  const [span, setSpan] = useState<(typeof spans)[number]>('30');
  const today = f.today();
  const body = {
    draft,
    ...(promotionId && { promotionId }),
    from: `${addDays(today, -Number(span))}T00:00:00+08:00`,
    to: `${today}T00:00:00+08:00`,
  };
  const { data } = useSuspenseQuery(ask(promotions.previewPromotionOnOrders, { body }));
  return (
    <div className="stack">
      <div className="row">
        <span className="second">{words('promo.ordersOf')}</span>
        <Select
          size="small"
          aria-label={words('promo.ordersOf')}
          value={span}
          options={spans.map((days) => ({ value: days, label: words('promo.lastDays', { days }) }))}
          onChange={setSpan}
        />
      </div>
      {data.orders === 0 ? (
        <p>{words('promo.noPastOrders')}</p>
      ) : (
        <>
          <p className="finding">
            {words('promo.wouldHaveCost', {
              amount: f.money(data.costAllFen),
              orders: f.count(data.orders),
              hit: f.count(data.ordersHit),
            })}
          </p>
          {data.ordersPriced < data.orders && (
            <p className="second">
              {words('promo.pricedSome', { priced: f.count(data.ordersPriced), amount: f.money(data.costFen) })}
            </p>
          )}
          <Facts
            facts={[
              [words('promo.perHit'), f.money(data.ordersHit === 0 ? null : Math.round(data.costFen / data.ordersHit))],
              [words('promo.shareHit'), f.percent(data.ordersPriced === 0 ? null : data.ordersHit / data.ordersPriced)],
              [words('promo.unitsHit'), f.count(data.units)],
            ]}
          />
        </>
      )}
      {data.sample.length > 0 && (
        <DataTable
          caption={words('promo.examples')}
          columns={columns}
          rows={data.sample}
          rowKey={(one) => one.orderId}
          {...(mayOpen && { href: (one: Sample) => `/sell/orders/${one.orderId}` })}
        />
      )}
    </div>
  );
}
