import { useSuspenseQuery } from '@tanstack/react-query';
import { purchasing } from '@tongshang/contract';
import { actorName, purchaseStates } from '@tongshang/ui';
import { type LoaderFunctionArgs, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { readListUrl } from '../../lib/list-url.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StateRail } from '../../parts/stage-rail.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { useState } from 'react';
import { PurchaseTabs } from './purchase-tabs.tsx';
import { RequestDialog } from './request-dialog.tsx';

const suppliers = q(purchasing.listSuppliers);

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(purchasing.listPurchases)(args), client.ensureQueryData(suppliers)]);
  return null;
};

const late = { tone: 'bad', zh: '已逾期', en: 'Late' } as const;

const columns: readonly Column<RowOf<typeof purchasing.listPurchases>>[] = [
  { key: 'number', title: 'purchases.number', show: (one) => one.number },
  { key: 'supplier', title: 'purchases.supplier', show: (one) => one.supplierName, card: 'second' },
  { key: 'location', title: 'purchases.location', show: (one) => one.location, card: 'second' },
  {
    key: 'quantity',
    title: 'purchases.received',
    isNumber: true,
    show: (one, { f }) => `${f.count(one.received)} / ${f.count(one.quantity)}`,
  },
  { key: 'amount', title: 'purchases.amount', isNumber: true, show: (one, { f }) => f.money(one.amountFen), card: 'right' },
  { key: 'expected', title: 'purchases.expectedOn', isTight: true, show: (one) => one.expectedOn, card: 'second' },
  {
    key: 'cause',
    title: 'purchases.cause',
    show: (one, { words }) => words(one.cause.startsWith('decision:') ? 'purchases.byDecision' : 'purchases.byHand'),
  },
  { key: 'by', title: 'purchases.createdBy', show: (one, { f }) => actorName(one.createdBy, f.language) },
  {
    key: 'state',
    title: 'purchases.state',
    card: 'status',
    show: (one) => (
      <span className="row">
        <StatusTag status={purchaseStates[one.state]} code={one.state} />
        {one.isLate && <StatusTag status={late} code="late" />}
      </span>
    ),
  },
];

export function Page() {
  const words = useWords();
  const { data } = useSuspenseQuery(suppliers);
  const [isOpen, setOpen] = useState(false);
  const filters: readonly Filter[] = [
    { kind: 'search', name: 'search', label: 'purchases.search' },
    {
      kind: 'list',
      name: 'supplier',
      label: 'purchases.supplier',
      options: data.items.map((one) => ({ value: one.code, label: one.name })),
    },
  ];
  const request = (
    <MayButton need="purchasing.request" type="primary" onClick={() => setOpen(true)}>
      {words('purchases.request')}
    </MayButton>
  );
  return (
    <>
      <QueryList
        endpoint={purchasing.listPurchases}
        title={words('nav.purchases')}
        head={
          <>
            <PageHead title={words('nav.purchases')} module={words('wing.supply')} actions={request} />
            <PurchaseTabs />
          </>
        }
        rail={<Stages />}
        filters={filters}
        columns={columns}
        rowKey={(one) => one.id}
        href={(one) => `/supply/purchases/${one.id}`}
        empty={{ sentence: words('purchases.empty') }}
      />
      {isOpen && <RequestDialog suppliers={data.items} onClose={() => setOpen(false)} />}
    </>
  );
}

function Stages() {
  const [url] = useSearchParams();
  const { data } = useSuspenseQuery(q(purchasing.listPurchases, { query: readListUrl(purchasing.listPurchases, url).query }));
  return <StateRail states={purchasing.purchaseStates} terms={purchaseStates} counts={data.counts} />;
}
