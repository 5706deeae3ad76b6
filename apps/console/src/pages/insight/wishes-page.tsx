import { insight } from '@tongshang/contract';
import { requestStateWords } from '@tongshang/ui';
import { useState } from 'react';
import { useWords } from '../../lib/language.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { listLoader, QueryList } from '../../parts/query-list.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { InsightTabs } from './insight-tabs.tsx';
import { SettleDialog } from './settle-dialog.tsx';

export const loader = listLoader(insight.listProductRequests);

type Wish = insight.ProductRequest;

const columns: readonly Column<Wish>[] = [
  { key: 'text', title: 'insight.text', show: (one) => one.text },
  { key: 'note', title: 'insight.note', show: (one) => one.note ?? '—', card: 'second' },
  {
    key: 'from',
    title: 'insight.from',
    show: (one, { words }) => words(one.isMember ? 'insight.member' : 'insight.guest'),
    card: 'second',
  },
  { key: 'at', title: 'insight.at', isTight: true, show: (one, { f }) => f.instant(one.at), card: 'right' },
  {
    key: 'state',
    title: 'insight.state',
    show: (one) => <StatusTag status={requestStateWords[one.state]} code={one.state} />,
    card: 'status',
  },
  { key: 'reason', title: 'insight.reason', show: (one) => one.reason ?? '—' },
  { key: 'by', title: 'insight.by', show: (one) => one.decidedBy ?? '—' },
];

const filters: readonly Filter[] = [{ kind: 'choice', name: 'state', label: 'insight.state', terms: requestStateWords }];

/** What people asked for in their own words, and what becomes of it. */
export function Page() {
  const words = useWords();
  const [open, setOpen] = useState<Wish>();
  return (
    <>
      <QueryList
        endpoint={insight.listProductRequests}
        title={words('insight.tabWishes')}
        head={
          <>
            <PageHead title={words('insight.tabWishes')} module={words('nav.insight')} about={words('insight.wishesAbout')} />
            <InsightTabs />
          </>
        }
        filters={filters}
        columns={columns}
        rowKey={(one) => one.id}
        rowActions={(one) => (
          <MayButton
            need="insight.edit"
            size="small"
            type="link"
            aria-label={words('insight.settleOf', { text: one.text })}
            onClick={() => setOpen(one)}
          >
            {words('insight.settle')}
          </MayButton>
        )}
        empty={{ sentence: words('insight.wishesEmpty') }}
      />
      {open !== undefined && <SettleDialog wish={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}
