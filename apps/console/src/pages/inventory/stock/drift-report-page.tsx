import { useSuspenseQuery } from '@tanstack/react-query';
import { inventory, type ReplyOf, valuation } from '@tongshang/contract';
import { driftStates, driftWhats } from '@tongshang/ui';
import { useState } from 'react';
import { type LoaderFunctionArgs, useParams } from 'react-router';
import { client, useSend } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useActor, useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import { type Column, DataTable, type Tools } from '../../../parts/data-table.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { ObjectPage, Section } from '../../../parts/object-page.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { reportOf } from './drift-query.ts';

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(reportOf(params['id']));

type Row = ReplyOf<typeof valuation.getDriftReport>['rows'][number];

const figure = (row: Row, value: number, { f }: Tools): string => (row.what === 'value' ? f.money(value) : f.count(value));

const columns: readonly Column<Row>[] = [
  {
    key: 'item',
    title: 'stock.sku',
    show: (row, { name }) => (
      <>
        <code>{row.sku}</code> {name(row)}
      </>
    ),
  },
  { key: 'location', title: 'stock.location', show: (row) => row.location },
  { key: 'what', title: 'drift.what', show: (row, { term }) => term(driftWhats, row.what) },
  { key: 'stored', title: 'drift.stored', isNumber: true, show: (row, tools) => figure(row, row.stored, tools) },
  {
    key: 'summed',
    title: 'drift.summed',
    isNumber: true,
    show: (row, tools) => <strong>{figure(row, row.summed, tools)}</strong>,
  },
  {
    key: 'difference',
    title: 'drift.difference',
    isNumber: true,
    show: (row, tools) => figure(row, row.stored - row.summed, tools),
  },
  { key: 'state', title: 'stock.state', show: (row) => <StatusTag status={driftStates[row.state]} code={row.state} /> },
  { key: 'note', title: 'stock.note', show: (row) => row.note ?? '—' },
];

/** One comparison: which balance is not the sum of its ledger, and what became of it. Repairing twice changes nothing. */
export function Page() {
  const words = useWords();
  const actor = useActor();
  const f = useFormat();
  const { data } = useSuspenseQuery(reportOf(useParams()['id']));
  const [isAsking, setAsking] = useState(false);
  const repair = useSend(valuation.repairDrift, [
    valuation.listDriftReports,
    inventory.listStock,
    inventory.getStockBreakdown,
    inventory.listMovements,
  ]);
  const toRepair = data.rows.filter((row) => row.state === 'found').length;
  return (
    <ObjectPage
      title={words('drift.reportOf', { at: f.instant(data.at) })}
      module={words('stock.tabDrift')}
      back={{ to: '/supply/stock/drift', text: words('stock.tabDrift') }}
      facts={words('drift.facts', {
        by: actor(data.actor),
        checked: f.count(data.checked),
        found: f.count(data.found),
        repaired: f.count(data.repaired),
        open: f.count(data.open),
      })}
      actions={
        <MayButton
          need="inventory.approve"
          type="primary"
          not={toRepair > 0 ? undefined : words(data.found === 0 ? 'drift.nothing' : 'drift.done')}
          onClick={() => setAsking(true)}
        >
          {toRepair > 0 ? words('drift.repairRows', { rows: toRepair }) : words('drift.repair')}
        </MayButton>
      }
    >
      <Section title={words('drift.rows')}>
        {data.rows.length === 0 ? (
          <p>{words('drift.allAgree', { checked: f.count(data.checked) })}</p>
        ) : (
          <DataTable
            caption={words('drift.rows')}
            columns={columns}
            rows={data.rows}
            rowKey={(row) => String(row.rowNo)}
            href={(row) => `/supply/stock/${encodeURIComponent(row.sku)}?location=${encodeURIComponent(row.location)}`}
          />
        )}
      </Section>
      <Dialog
        title={words('drift.repairTitle', { rows: toRepair })}
        act={words('drift.repairRows', { rows: toRepair })}
        isOpen={isAsking}
        isBusy={repair.isPending}
        error={repair.error}
        onClose={() => setAsking(false)}
        onAct={() =>
          repair.mutate(
            { params: { id: data.id }, body: {} },
            {
              onSuccess: (after) => {
                client.setQueryData(reportOf(after.id).queryKey, after);
                toast(words('drift.repairedToast', { repaired: after.repaired, open: after.open }));
                setAsking(false);
              },
            },
          )
        }
      >
        <p>{words('drift.repairText')}</p>
      </Dialog>
    </ObjectPage>
  );
}
