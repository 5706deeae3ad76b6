import { promotions } from '@tongshang/contract';
import { couponBatchKinds, couponBatchStates } from '@tongshang/ui';
import { Button, Input } from 'antd';
import { lazy, Suspense } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useWords } from '../../lib/language.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';

// The dialog brings a calendar; the rows do not wait for it.
const BatchDialog = lazy(async () => ({ default: (await import('./batch-dialog.tsx')).BatchDialog }));

export const loader = listLoader(promotions.listCouponBatches);

type Row = RowOf<typeof promotions.listCouponBatches>;

const columns: readonly Column<Row>[] = [
  { key: 'name', title: 'coupons.name', show: (batch) => batch.name },
  { key: 'number', title: 'coupons.number', show: (batch) => <code>{batch.number}</code>, text: (batch) => batch.number },
  {
    key: 'promotion',
    title: 'coupons.promotion',
    show: (batch, { name }) => name({ name: batch.promotionName, nameEn: batch.promotionNameEn }),
    card: 'second',
  },
  { key: 'kind', title: 'coupons.kind', show: (batch, { term }) => term(couponBatchKinds, batch.kind), card: 'second' },
  { key: 'size', title: 'coupons.size', isNumber: true, show: (batch, { f }) => f.count(batch.size), card: 'right' },
  { key: 'given', title: 'coupons.given', isNumber: true, show: (batch, { f }) => f.count(batch.given) },
  { key: 'uses', title: 'coupons.uses', isNumber: true, show: (batch, { f }) => f.count(batch.uses) },
  {
    key: 'validTo',
    title: 'coupons.validTo',
    show: (batch, { f, words }) => (batch.validTo === null ? words('promo.openEnd') : f.instant(batch.validTo)),
  },
  {
    key: 'state',
    title: 'promo.status',
    show: (batch) => <StatusTag status={couponBatchStates[batch.state]} code={batch.state} />,
    text: (batch, { term }) => term(couponBatchStates, batch.state),
    card: 'status',
  },
];

const filters: readonly Filter[] = [
  { kind: 'search', name: 'text', label: 'coupons.search' },
  { kind: 'choice', name: 'state', label: 'promo.status', terms: couponBatchStates },
];

/** Batches of codes, and the way to one code. */
export function Page() {
  const words = useWords();
  const [url, setUrl] = useSearchParams();
  const isOpen = url.get('open') === 'new';
  const open = (value: string | undefined) => {
    const next = new URLSearchParams(url);
    if (value === undefined) next.delete('open');
    else next.set('open', value);
    setUrl(next, { replace: value === undefined });
  };
  const create = (
    <MayButton need="promotions.edit" type="primary" onClick={() => open('new')}>
      {words('coupons.create')}
    </MayButton>
  );
  return (
    <>
      <QueryList
        endpoint={promotions.listCouponBatches}
        title={words('nav.coupons')}
        head={
          <PageHead
            title={words('nav.coupons')}
            module={words('wing.grow')}
            about={words('coupons.about')}
            actions={
              <>
                <LookUp />
                {create}
              </>
            }
          />
        }
        filters={filters}
        columns={columns}
        rowKey={(batch) => batch.id}
        href={(batch) => `/grow/coupons/${batch.id}`}
        empty={{ sentence: words('coupons.empty'), action: create }}
      />
      {isOpen && (
        <Suspense>
          <BatchDialog promotionId={url.get('promotionId') ?? undefined} onClose={() => open(undefined)} />
        </Suspense>
      )}
    </>
  );
}

/** One code, looked up: what became of it. */
function LookUp() {
  const words = useWords();
  const navigate = useNavigate();
  return (
    <Input.Search
      className="search-field"
      aria-label={words('coupons.lookUp')}
      placeholder={words('coupons.lookUp')}
      enterButton={<Button>{words('coupons.lookUpAct')}</Button>}
      autoComplete="off"
      onSearch={(text) => {
        if (text.trim() !== '') void navigate(`/grow/coupons/codes/${encodeURIComponent(text.trim())}`);
      }}
    />
  );
}
