import { valuation } from '@tongshang/contract';
import { landedCostBases, landedCostKinds } from '@tongshang/ui';
import { useNavigate } from 'react-router';
import { useWords } from '../../../lib/language.ts';
import type { Column } from '../../../parts/data-table.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { PageHead } from '../../../parts/page-head.tsx';
import { listLoader, QueryList, type RowOf } from '../../../parts/query-list.tsx';
import { PurchaseTabs } from '../purchase-tabs.tsx';
import { documentOf } from './document-of.ts';

export const loader = listLoader(valuation.listLandedCosts);

const columns: readonly Column<RowOf<typeof valuation.listLandedCosts>>[] = [
  { key: 'number', title: 'landed.number', show: (one) => one.number },
  { key: 'cause', title: 'landed.receipt', isTight: true, show: (one) => documentOf(one.cause), card: 'second' },
  { key: 'kind', title: 'landed.kind', show: (one, { term }) => term(landedCostKinds, one.kind), card: 'second' },
  { key: 'amount', title: 'landed.amount', isNumber: true, show: (one, { f }) => f.money(one.amountFen), card: 'right' },
  { key: 'stock', title: 'landed.toStock', isNumber: true, show: (one, { f }) => f.money(one.toStockFen) },
  { key: 'sold', title: 'landed.toSold', isNumber: true, show: (one, { f }) => f.money(one.toVarianceFen) },
  { key: 'basis', title: 'landed.basis', isExtra: true, show: (one, { term }) => term(landedCostBases, one.basis) },
  { key: 'reference', title: 'landed.reference', show: (one) => one.reference ?? '—' },
  { key: 'by', title: 'landed.by', show: (one) => one.actor },
  { key: 'at', title: 'landed.at', isTight: true, show: (one, { f }) => f.instant(one.at), card: 'second' },
];

/** Freight, duty and the like that arrived after the goods: to what they were added, and how they were split. */
export function Page() {
  const words = useWords();
  const navigate = useNavigate();
  const add = (
    <MayButton need="inventory.approve" type="primary" onClick={() => void navigate('/supply/purchases/landed-costs/new')}>
      {words('landed.add')}
    </MayButton>
  );
  return (
    <QueryList
      endpoint={valuation.listLandedCosts}
      title={words('landed.title')}
      head={
        <>
          <PageHead title={words('landed.title')} module={words('nav.purchases')} about={words('landed.about')} actions={add} />
          <PurchaseTabs />
        </>
      }
      filters={[]}
      columns={columns}
      rowKey={(one) => one.id}
      href={(one) => `/supply/purchases/landed-costs/${one.id}`}
      empty={{ sentence: words('landed.empty'), action: add }}
    />
  );
}
