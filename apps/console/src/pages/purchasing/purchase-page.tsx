import { useSuspenseQuery } from '@tanstack/react-query';
import { purchasing, type ReplyOf } from '@tongshang/contract';
import { purchaseStates } from '@tongshang/ui';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useNavigate, useParams } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { useRefusal } from '../../parts/error-state.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Facts, ObjectPage, Section } from '../../parts/object-page.tsx';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { ReceiveDialog } from './receive-dialog.tsx';

export type Purchase = ReplyOf<typeof purchasing.getPurchase>;

const purchase = (id = '') => q(purchasing.getPurchase, { params: { id } });

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(purchase(params['id']));

const columns: readonly Column<Purchase['lines'][number]>[] = [
  {
    key: 'sku',
    title: 'purchases.item',
    show: (line) => (
      <>
        <code>{line.sku}</code> {line.name}
      </>
    ),
  },
  { key: 'quantity', title: 'purchases.quantity', isNumber: true, show: (line, { f }) => f.count(line.quantity) },
  { key: 'received', title: 'purchases.receivedUnits', isNumber: true, show: (line, { f }) => f.count(line.received) },
  { key: 'open', title: 'purchases.open', isNumber: true, show: (line, { f }) => <strong>{f.count(line.open)}</strong> },
  { key: 'cost', title: 'purchases.unitCost', isNumber: true, show: (line, { f }) => f.money(line.unitCostFen) },
  { key: 'amount', title: 'purchases.amount', isNumber: true, show: (line, { f }) => f.money(line.unitCostFen * line.quantity) },
];

export function Page() {
  const words = useWords();
  const f = useFormat();
  const say = useRefusal();
  const navigate = useNavigate();
  const { id } = useParams();
  const { data } = useSuspenseQuery(purchase(id));
  const [dialog, setDialog] = useState<'receive' | 'cancel' | undefined>();
  const decision = data.cause.startsWith('decision:') ? data.cause.slice('decision:'.length) : undefined;
  return (
    <ObjectPage
      title={data.number}
      module={words('nav.purchases')}
      back={{ to: '/supply/purchases', text: words('nav.purchases') }}
      id={data.number}
      status={<StatusTag status={purchaseStates[data.state]} code={data.state} />}
      facts={words('purchases.facts', {
        supplier: data.supplierName,
        location: data.location,
        amount: f.money(data.amountFen),
        day: data.expectedOn,
      })}
      actions={
        <>
          <MayButton
            need="purchasing.receive"
            type="primary"
            not={data.allowed.receive.ok ? undefined : say(data.allowed.receive.reason)}
            onClick={() => setDialog('receive')}
          >
            {words('purchases.receive')}
          </MayButton>
          <MayButton
            need="purchasing.request"
            danger
            not={data.allowed.cancel.ok ? undefined : say(data.allowed.cancel.reason)}
            onClick={() => setDialog('cancel')}
          >
            {words('purchases.cancel')}
          </MayButton>
        </>
      }
    >
      <Section title={words('purchases.lines')}>
        <DataTable
          caption={words('purchases.lines')}
          columns={columns}
          rows={data.lines}
          rowKey={(line) => String(line.lineNo)}
          href={(line) => `/supply/stock/${encodeURIComponent(line.sku)}`}
        />
      </Section>
      <Section title={words('purchases.background')}>
        <Facts
          facts={[
            [
              words('purchases.cause'),
              decision ? (
                <Link key="d" to={`/steer/decisions/${decision}`}>
                  {words('purchases.openDecision')}
                </Link>
              ) : (
                words('purchases.byHand')
              ),
            ],
            [words('purchases.createdBy'), `${data.createdBy} · ${f.instant(data.createdAt)}`],
            [words('purchases.note'), data.note],
            ...(data.closedReason ? [[words('purchases.closedReason'), data.closedReason] as const] : []),
          ]}
        />
      </Section>
      <Section
        title={words('purchases.receipts')}
        extra={
          data.receipts.length > 0 && (
            <MayButton
              need="inventory.approve"
              size="small"
              onClick={() =>
                void navigate(`/supply/purchases/landed-costs/new?cause=${encodeURIComponent(`purchase:${data.number}`)}`)
              }
            >
              {words('landed.add')}
            </MayButton>
          )
        }
      >
        <Timeline
          entries={data.receipts.map((receipt) => ({
            id: receipt.id,
            at: receipt.receivedAt,
            who: receipt.receivedBy,
            what: receipt.lines
              .map((line) => `${line.sku} × ${f.count(line.quantity)}${line.lot ? ` (${line.lot})` : ''}`)
              .join(words('list.comma')),
            why: receipt.note,
          }))}
        />
      </Section>
      {dialog === 'receive' && <ReceiveDialog purchase={data} onClose={() => setDialog(undefined)} />}
      {dialog === 'cancel' && <CancelDialog purchase={data} onClose={() => setDialog(undefined)} />}
    </ObjectPage>
  );
}

function CancelDialog({ purchase: data, onClose }: { purchase: Purchase; onClose: () => void }) {
  const words = useWords();
  const cancel = useSend(purchasing.cancelPurchase, [purchasing.getPurchase, purchasing.listPurchases]);
  return (
    <ReasonDialog
      title={words('purchases.cancelTitle', { number: data.number })}
      act={words('purchases.cancelAct')}
      isBusy={cancel.isPending}
      error={cancel.error}
      onClose={onClose}
      onReason={(reason) =>
        cancel.mutate(
          { params: { id: data.id }, body: { reason } },
          {
            onSuccess: () => {
              toast(words('purchases.cancelledToast', { number: data.number }));
              onClose();
            },
          },
        )
      }
    >
      {words('purchases.cancelText')}
    </ReasonDialog>
  );
}
