import { recalls } from '@tongshang/contract';
import { recallStates } from '@tongshang/ui';
import { useWords } from '../../../lib/language.ts';
import type { Column } from '../../../parts/data-table.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { listLoader, QueryList, type RowOf } from '../../../parts/query-list.tsx';
import { StateRail } from '../../../parts/stage-rail.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { useOpenDialog } from '../../../parts/use-open-dialog.ts';
import { FindLotDialog } from './find-lot-dialog.tsx';

export const loader = listLoader(recalls.listRecalls);

const columns: readonly Column<RowOf<typeof recalls.listRecalls>>[] = [
  { key: 'number', title: 'recalls.number', show: (one) => one.number },
  {
    key: 'item',
    title: 'recalls.item',
    show: (one, { name }) => (
      <>
        <code>{one.sku}</code> {name(one)}
      </>
    ),
    text: (one, { name }) => `${one.sku} ${name(one)}`,
    card: 'second',
  },
  { key: 'lot', title: 'recalls.lot', isTight: true, show: (one) => one.lot, card: 'second' },
  { key: 'reason', title: 'form.reason', show: (one) => one.reason },
  { key: 'by', title: 'recalls.startedBy', show: (one) => one.startedBy },
  { key: 'at', title: 'recalls.startedAt', isTight: true, show: (one, { f }) => f.instant(one.startedAt), card: 'right' },
  {
    key: 'state',
    title: 'recalls.state',
    show: (one) => <StatusTag status={recallStates[one.state]} code={one.state} />,
    text: (one, { term }) => term(recallStates, one.state),
    card: 'status',
  },
];

/** Lots that must not be sold or used, and what became of them. */
export function Page() {
  const words = useWords();
  const [isOpen, setOpen] = useOpenDialog('new');
  const start = (
    <MayButton need="inventory.recall" type="primary" onClick={() => setOpen(true)}>
      {words('recalls.find')}
    </MayButton>
  );
  return (
    <>
      <QueryList
        endpoint={recalls.listRecalls}
        title={words('nav.recalls')}
        module={words('wing.supply')}
        about={words('recalls.about')}
        actions={start}
        rail={<StateRail states={recalls.recallStates} terms={recallStates} />}
        filters={[]}
        columns={columns}
        rowKey={(one) => one.id}
        href={(one) => `/supply/recalls/${one.id}`}
        empty={{ sentence: words('recalls.empty'), action: start }}
      />
      {isOpen && <FindLotDialog onClose={() => setOpen(false)} />}
    </>
  );
}
