import { useSuspenseQuery } from '@tanstack/react-query';
import { purchasing, type ReplyOf } from '@tongshang/contract';
import { useState } from 'react';
import { type LoaderFunctionArgs, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { withFilter } from '../../lib/list-url.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StageRail } from '../../parts/stage-rail.tsx';
import { SupplierDialog } from './supplier-dialog.tsx';
import { TermDialog } from './term-dialog.tsx';

const suppliers = q(purchasing.listSuppliers);

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(purchasing.listSupplyTerms)(args), client.ensureQueryData(suppliers)]);
  return null;
};

export type Term = RowOf<typeof purchasing.listSupplyTerms>;
export type Supplier = ReplyOf<typeof purchasing.listSuppliers>['items'][number];

const columns: readonly Column<Term>[] = [
  { key: 'sku', title: 'stock.sku', show: (term) => <code>{term.sku}</code> },
  { key: 'name', title: 'purchases.item', show: (term) => term.name, card: 'second' },
  { key: 'supplier', title: 'purchases.supplier', show: (term) => term.supplierName, card: 'second' },
  { key: 'cost', title: 'purchases.unitCost', isNumber: true, show: (term, { f }) => f.money(term.unitCostFen), card: 'right' },
  { key: 'minimum', title: 'suppliers.minimum', isNumber: true, show: (term, { f }) => f.count(term.minimumQuantity) },
  { key: 'pack', title: 'suppliers.pack', isNumber: true, show: (term, { f }) => f.count(term.packSize) },
  { key: 'lead', title: 'suppliers.lead', isNumber: true, show: (term, { f }) => f.days(term.leadTimeDays), card: 'second' },
  {
    key: 'preferred',
    title: 'suppliers.preferred',
    show: (term, { words }) => words(term.isPreferred ? 'suppliers.isPreferred' : 'suppliers.isSecond'),
    card: 'status',
  },
];

const filters: readonly Filter[] = [{ kind: 'search', name: 'search', label: 'suppliers.search' }];

/** On what terms each supplier delivers each SKU: what replenishment reckons with. */
export function Page() {
  const words = useWords();
  const [url] = useSearchParams();
  const { data } = useSuspenseQuery(suppliers);
  const chosen = data.items.find(({ code }) => code === url.get('supplier'));
  const [dialog, setDialog] = useState<{ supplier?: Supplier } | { term: Term | undefined } | undefined>();
  const close = () => setDialog(undefined);
  const addSupplier = (
    <MayButton need="purchasing.request" onClick={() => setDialog({})}>
      {words('suppliers.add')}
    </MayButton>
  );
  return (
    <>
      <QueryList
        endpoint={purchasing.listSupplyTerms}
        title={words('nav.suppliers')}
        module={words('wing.supply')}
        about={chosen ? words('suppliers.facts', { code: chosen.code, days: chosen.leadTimeDays }) : words('suppliers.about')}
        actions={
          <>
            {chosen && (
              <MayButton need="purchasing.request" onClick={() => setDialog({ supplier: chosen })}>
                {words('suppliers.edit')}
              </MayButton>
            )}
            {addSupplier}
            <MayButton
              need="purchasing.request"
              type="primary"
              not={data.items.length === 0 ? words('suppliers.supplierFirst') : undefined}
              onClick={() => setDialog({ term: undefined })}
            >
              {words('suppliers.addTerm')}
            </MayButton>
          </>
        }
        rail={
          <StageRail
            stages={[undefined, ...data.items].map((one) => ({
              key: one?.code ?? '',
              name: one?.name ?? words('list.all'),
              count: undefined,
              to: `?${withFilter(url, { supplier: one?.code })}`,
              isCurrent: one?.code === chosen?.code,
            }))}
          />
        }
        filters={filters}
        columns={columns}
        rowKey={(term) => `${term.sku} ${term.supplier}`}
        href={(term) => `/supply/stock/${encodeURIComponent(term.sku)}`}
        rowActions={(term) => (
          <MayButton need="purchasing.request" type="link" size="small" onClick={() => setDialog({ term })}>
            {words('suppliers.editTerm')}
          </MayButton>
        )}
        empty={{ sentence: words('suppliers.empty'), action: addSupplier }}
      />
      {dialog !== undefined && 'term' in dialog && (
        <TermDialog term={dialog.term} suppliers={data.items} supplier={chosen?.code} onClose={close} />
      )}
      {dialog !== undefined && !('term' in dialog) && <SupplierDialog supplier={dialog.supplier} onClose={close} />}
    </>
  );
}
