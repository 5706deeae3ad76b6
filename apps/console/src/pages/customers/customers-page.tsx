import { customers } from '@tongshang/contract';
import { customerSources } from '@tongshang/ui';
import { useWords } from '../../lib/language.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';

export const loader = listLoader(customers.listCustomers);

const columns: readonly Column<RowOf<typeof customers.listCustomers>>[] = [
  { key: 'number', title: 'customers.number', show: (one) => one.number },
  { key: 'name', title: 'customers.name', show: (one) => one.name, card: 'right' },
  { key: 'phone', title: 'customers.phone', show: (one) => one.phone ?? '—', card: 'second' },
  { key: 'email', title: 'customers.email', show: (one) => one.email ?? '—' },
  { key: 'source', title: 'customers.source', show: (one, { term }) => term(customerSources, one.source), card: 'second' },
  {
    key: 'member',
    title: 'customers.member',
    show: (one, { words }) => words(one.isMember ? 'customers.isMember' : 'customers.isGuest'),
    card: 'status',
  },
  { key: 'createdAt', title: 'customers.createdAt', isTight: true, show: (one, { f }) => f.instant(one.createdAt) },
];

const filters: readonly Filter[] = [
  { kind: 'search', name: 'search', label: 'customers.search' },
  { kind: 'choice', name: 'source', label: 'customers.source', terms: customerSources },
];

export function Page() {
  const words = useWords();
  return (
    <QueryList
      endpoint={customers.listCustomers}
      title={words('nav.customers')}
      module={words('wing.sell')}
      about={words('customers.masked')}
      filters={filters}
      columns={columns}
      rowKey={(one) => one.id}
      href={(one) => `/sell/customers/${one.id}`}
      empty={{ sentence: words('customers.empty') }}
    />
  );
}
