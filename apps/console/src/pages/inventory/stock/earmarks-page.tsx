import { lots } from '@tongshang/contract';
import { channels, earmarkKinds, earmarkStates } from '@tongshang/ui';
import { lazy, Suspense, useState } from 'react';
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
import { readPlaces } from '../../../parts/place-choice.tsx';
import { listLoader, QueryList, type RowOf } from '../../../parts/query-list.tsx';
import { skuColumn } from '../../../parts/sku-column.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { useOpenDialog } from '../../../parts/use-open-dialog.ts';
import { StockTabs } from './stock-tabs.tsx';

// The dialog brings a calendar; the rows do not wait for it.
const EarmarkDialog = lazy(async () => ({ default: (await import('./earmark-dialog.tsx')).EarmarkDialog }));

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(lots.listEarmarks)(args), readPlaces()]);
  return null;
};

type Earmark = RowOf<typeof lots.listEarmarks>;

const columns: readonly Column<Earmark>[] = [
  skuColumn(),
  { key: 'kind', title: 'earmarks.kind', show: (one, { term }) => term(earmarkKinds, one.kind), card: 'second' },
  { key: 'channel', title: 'earmarks.channel', show: (one, { term }) => term(channels, one.channel), card: 'second' },
  { key: 'campaign', title: 'earmarks.campaign', show: (one) => one.campaign || '—' },
  { key: 'location', title: 'stock.location', show: (one) => one.location, card: 'second' },
  {
    key: 'units',
    title: 'earmarks.taken',
    isNumber: true,
    show: (one, { f }) => `${f.count(one.taken)} / ${f.count(one.units)}`,
    card: 'right',
  },
  {
    key: 'window',
    title: 'earmarks.window',
    show: (one, { f }) => (
      <span className="window-text">
        <span>{f.instant(one.startsAt)}</span>
        <span>{f.instant(one.endsAt)}</span>
      </span>
    ),
    text: (one, { f }) => `${f.instant(one.startsAt)} – ${f.instant(one.endsAt)}`,
  },
  {
    key: 'state',
    title: 'stock.state',
    show: (one) => <StatusTag status={earmarkStates[one.state]} code={one.state} />,
    text: (one, { term }) => term(earmarkStates, one.state),
    card: 'status',
  },
];

const filters: readonly Filter[] = [
  { kind: 'choice', name: 'channel', label: 'earmarks.channel', terms: channels },
  { kind: 'choice', name: 'state', label: 'stock.state', terms: earmarkStates },
];

/** Units set aside for a channel, and the most a channel may take; below, what each channel asks of stock. */
export function Page() {
  const words = useWords();
  const [isOpen, setOpen] = useOpenDialog('new');
  const [ending, setEnding] = useState<Earmark>();
  const add = (
    <MayButton need="inventory.adjust" type="primary" onClick={() => setOpen(true)}>
      {words('earmarks.add')}
    </MayButton>
  );
  return (
    <div className="stack">
      <QueryList
        endpoint={lots.listEarmarks}
        title={words('stock.tabEarmarks')}
        head={
          <>
            <PageHead
              title={words('stock.tabEarmarks')}
              module={words('nav.stock')}
              about={words('earmarks.about')}
              actions={add}
            />
            <StockTabs />
          </>
        }
        filters={filters}
        columns={columns}
        rowKey={(one) => one.id}
        href={(one) => `/supply/stock/${encodeURIComponent(one.sku)}?location=${encodeURIComponent(one.location)}`}
        rowActions={(one) => (
          <MayButton
            need="inventory.adjust"
            size="small"
            not={one.state === 'ended' ? words('earmarks.endedAlready') : undefined}
            aria-label={words('earmarks.endOf', { sku: one.sku })}
            onClick={() => setEnding(one)}
          >
            {words('earmarks.end')}
          </MayButton>
        )}
        empty={{ sentence: words('earmarks.empty'), action: add }}
      />
      {isOpen && (
        <Suspense>
          <EarmarkDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
      {ending && <EndDialog earmark={ending} onClose={() => setEnding(undefined)} />}
    </div>
  );
}

function EndDialog({ earmark, onClose }: { earmark: Earmark; onClose: () => void }) {
  const words = useWords();
  const { count } = useFormat();
  const end = useSend(lots.endEarmark, [lots.listEarmarks, lots.listAvailability]);
  const left = earmark.units - earmark.taken;
  return (
    <Dialog
      title={words('earmarks.endTitle', { sku: earmark.sku })}
      act={words('earmarks.endAct')}
      isOpen
      isBusy={end.isPending}
      error={end.error}
      onClose={onClose}
      onAct={() =>
        end.mutate(
          { params: { id: earmark.id } },
          {
            onSuccess: () => {
              toast(words('earmarks.endedToast', { sku: earmark.sku }));
              onClose();
            },
          },
        )
      }
    >
      <p>{words(earmark.kind === 'earmark' ? 'earmarks.endText' : 'earmarks.endQuotaText', { left: count(left) })}</p>
    </Dialog>
  );
}
