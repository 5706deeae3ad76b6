import { lots } from '@tongshang/contract';
import { useState } from 'react';
import type { LoaderFunctionArgs } from 'react-router';
import { useSend } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import type { Column } from '../../../parts/data-table.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import type { Filter } from '../../../parts/filters.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { PageHead } from '../../../parts/page-head.tsx';
import { readPlaces, usePlaceOptions } from '../../../parts/place-choice.tsx';
import { listLoader, QueryList, type RowOf } from '../../../parts/query-list.tsx';
import { skuColumn } from '../../../parts/sku-column.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { useOpenDialog } from '../../../parts/use-open-dialog.ts';
import { AheadDialog } from './ahead-dialog.tsx';
import { aheadState, aheadStates } from './ahead-state.ts';
import { StockTabs } from './stock-tabs.tsx';

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(lots.listSalesAhead)(args), readPlaces()]);
  return null;
};

export type SaleAhead = RowOf<typeof lots.listSalesAhead>;

const columns: readonly Column<SaleAhead>[] = [
  skuColumn(),
  { key: 'location', title: 'stock.location', show: (one) => one.location, card: 'second' },
  { key: 'from', title: 'ahead.fromDay', isTight: true, show: (one) => one.fromDay, card: 'second' },
  { key: 'most', title: 'ahead.unitsMax', isNumber: true, show: (one, { f }) => f.count(one.unitsMax) },
  { key: 'promised', title: 'ahead.promised', isNumber: true, show: (one, { f }) => f.count(one.promised) },
  { key: 'left', title: 'ahead.left', isNumber: true, show: (one, { f }) => f.count(one.unitsMax - one.promised), card: 'right' },
  { key: 'by', title: 'earmarks.changedBy', show: (one, { f }) => `${one.changedBy} · ${f.instant(one.changedAt)}` },
  {
    key: 'state',
    title: 'stock.state',
    show: (one, { f }) => <StatusTag status={aheadStates[aheadState(one, f.today())]} code={aheadState(one, f.today())} />,
    text: (one, { f, term }) => term(aheadStates, aheadState(one, f.today())),
    card: 'status',
  },
];

/** What may be sold before it is there: how many of a SKU at a place, and the day from which they are sent. */
export function Page() {
  const words = useWords();
  const [isOpen, setOpen] = useOpenDialog('new');
  const [edit, setEdit] = useState<SaleAhead>();
  const [ending, setEnding] = useState<SaleAhead>();
  const filters: readonly Filter[] = [{ kind: 'list', name: 'location', label: 'stock.location', options: usePlaceOptions() }];
  const add = (
    <MayButton need="inventory.adjust" type="primary" onClick={() => setOpen(true)}>
      {words('ahead.add')}
    </MayButton>
  );
  return (
    <>
      <QueryList
        endpoint={lots.listSalesAhead}
        title={words('stock.tabAhead')}
        head={
          <>
            <PageHead title={words('stock.tabAhead')} module={words('nav.stock')} about={words('ahead.about')} actions={add} />
            <StockTabs />
          </>
        }
        filters={filters}
        columns={columns}
        rowKey={(one) => `${one.sku} ${one.location} ${one.fromDay}`}
        href={(one) => `/supply/stock/${encodeURIComponent(one.sku)}?location=${encodeURIComponent(one.location)}`}
        rowActions={(one) => (
          <>
            <MayButton
              need="inventory.adjust"
              size="small"
              aria-label={words('ahead.changeOf', { sku: one.sku, day: one.fromDay })}
              onClick={() => setEdit(one)}
            >
              {words('ahead.change')}
            </MayButton>
            <MayButton
              need="inventory.adjust"
              size="small"
              not={one.unitsMax === one.promised ? words('ahead.nothingLeft') : undefined}
              aria-label={words('ahead.endOf', { sku: one.sku, day: one.fromDay })}
              onClick={() => setEnding(one)}
            >
              {words('ahead.end')}
            </MayButton>
          </>
        )}
        empty={{ sentence: words('ahead.empty'), action: add }}
      />
      {(isOpen || edit) && (
        <AheadDialog
          sale={edit}
          onClose={() => {
            setOpen(false);
            setEdit(undefined);
          }}
        />
      )}
      {ending && <EndDialog sale={ending} onClose={() => setEnding(undefined)} />}
    </>
  );
}

function EndDialog({ sale: { sku, location, fromDay, unitsMax, promised }, onClose }: { sale: SaleAhead; onClose: () => void }) {
  const words = useWords();
  const { count } = useFormat();
  const end = useSend(lots.setSaleAhead, [lots.listSalesAhead, lots.listAvailability]);
  return (
    <Dialog
      title={words('ahead.endTitle', { sku, day: fromDay })}
      act={words('ahead.endAct', { units: count(unitsMax - promised) })}
      isOpen
      isBusy={end.isPending}
      error={end.error}
      onClose={onClose}
      onAct={() =>
        end.mutate(
          { body: { sku, location, fromDay, unitsMax: 0 } },
          {
            onSuccess: () => {
              toast(words('ahead.endedToast', { sku }));
              onClose();
            },
          },
        )
      }
    >
      <p>{words('ahead.endText', { promised: count(promised) })}</p>
    </Dialog>
  );
}
