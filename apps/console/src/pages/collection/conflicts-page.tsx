import { collection } from '@tongshang/contract';
import { Link } from 'react-router';
import { useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import type { Column } from '../../parts/data-table.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { EventTabs } from './event-tabs.tsx';

export const loader = listLoader(collection.listIdentityConflicts);

const columns: readonly Column<RowOf<typeof collection.listIdentityConflicts>>[] = [
  { key: 'visitor', title: 'conflicts.visitor', show: (one) => <code className="key-text">{one.visitorId}</code> },
  {
    key: 'customer',
    title: 'conflicts.customer',
    show: (one) => <Customer id={one.customerId} />,
    text: (one) => one.customerId,
    card: 'second',
  },
  {
    key: 'other',
    title: 'conflicts.other',
    show: (one) => <Customer id={one.otherCustomerId} />,
    text: (one) => one.otherCustomerId,
    card: 'second',
  },
  { key: 'source', title: 'events.source', show: (one) => one.source, card: 'status' },
  { key: 'times', title: 'conflicts.times', isNumber: true, show: (one, { f }) => f.count(one.times), card: 'right' },
  { key: 'first', title: 'conflicts.firstAt', isTight: true, show: (one, { f }) => f.instant(one.firstAt) },
  { key: 'last', title: 'conflicts.lastAt', isTight: true, show: (one, { f }) => f.instant(one.lastAt) },
];

/** A customer of the house leads to their page for who may see it; other senders call theirs as they like. */
function Customer({ id }: { id: string }) {
  const mayOpen = useMay()('customers.view');
  const text = <code className="key-text">{id}</code>;
  return mayOpen && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id) ? (
    <Link to={`/sell/customers/${id}`}>{text}</Link>
  ) : (
    text
  );
}

/** Visitors on whom two customers signed in. */
export function Page() {
  const words = useWords();
  return (
    <QueryList
      endpoint={collection.listIdentityConflicts}
      title={words('events.tabConflicts')}
      head={
        <>
          <PageHead title={words('events.tabConflicts')} module={words('nav.events')} about={words('conflicts.about')} />
          <EventTabs />
        </>
      }
      filters={[]}
      columns={columns}
      rowKey={(one) => one.id}
      empty={{ sentence: words('conflicts.empty') }}
    />
  );
}
