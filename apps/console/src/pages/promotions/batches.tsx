import { useSuspenseQuery } from '@tanstack/react-query';
import { promotions, type ReplyOf } from '@tongshang/contract';
import { couponBatchKinds, couponBatchStates } from '@tongshang/ui';
import { Link } from 'react-router';
import { q } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { Alone } from '../../parts/alone.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { MayButton } from '../../parts/may.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import type { Promotion } from './editor-page.tsx';

type Batch = ReplyOf<typeof promotions.listCouponBatches>['items'][number];

const shownMax = 5;

const columns: readonly Column<Batch>[] = [
  { key: 'name', title: 'coupons.name', show: (batch) => batch.name },
  { key: 'kind', title: 'coupons.kind', show: (batch, { term }) => term(couponBatchKinds, batch.kind) },
  { key: 'size', title: 'coupons.size', isNumber: true, show: (batch, { f }) => f.count(batch.size) },
  { key: 'uses', title: 'coupons.uses', isNumber: true, show: (batch, { f }) => f.count(batch.uses) },
  {
    key: 'state',
    title: 'promo.status',
    show: (batch) => <StatusTag status={couponBatchStates[batch.state]} code={batch.state} />,
  },
];

/** The codes of a promotion that needs one: the latest batches, the way to all of them and to new ones. */
export function Batches({ promotion }: { promotion: Promotion }) {
  const words = useWords();
  return (
    <Alone title={words('coupons.ofPromotion')}>
      <BatchList promotion={promotion} />
    </Alone>
  );
}

function BatchList({ promotion }: { promotion: Promotion }) {
  const words = useWords();
  const { data } = useSuspenseQuery(q(promotions.listCouponBatches, { query: { promotionId: promotion.id, limit: shownMax } }));
  const isOver = promotion.status === 'ended';
  return (
    <>
      <div className="section-head">
        <h2>{words('coupons.ofPromotion')}</h2>
        <span className="row">
          <Link to={`/grow/coupons?promotionId=${promotion.id}`}>{words('coupons.all')}</Link>
          <MayButton
            need="promotions.edit"
            size="small"
            not={isOver ? words('coupons.promotionEnded') : undefined}
            href={`/grow/coupons?promotionId=${promotion.id}&open=new`}
          >
            {words('coupons.create')}
          </MayButton>
        </span>
      </div>
      {data.items.length === 0 ? (
        <p className="second">{words('coupons.noneOfPromotion')}</p>
      ) : (
        <DataTable
          caption={words('coupons.ofPromotion')}
          columns={columns}
          rows={data.items}
          rowKey={(batch) => batch.id}
          href={(batch) => `/grow/coupons/${batch.id}`}
        />
      )}
    </>
  );
}
