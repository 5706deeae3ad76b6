import { useSuspenseQuery } from '@tanstack/react-query';
import { transfers } from '@tongshang/contract';
import { transferStates } from '@tongshang/ui';
import { useState } from 'react';
import { type LoaderFunctionArgs, useParams } from 'react-router';
import { client, useSend } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useActor, useTerm, useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { Facts, ObjectPage, Section } from '../../../parts/object-page.tsx';
import { readPlaces, usePlaceName } from '../../../parts/place-choice.tsx';
import { ReasonDialog } from '../../../parts/reason-dialog.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { Timeline, type TimelineEntry } from '../../../parts/timeline.tsx';
import { ReceiveDialog } from './receive-dialog.tsx';
import { SendDialog } from './send-dialog.tsx';
import { refreshed, showAsIs, type Transfer, type TransferLine, transferOf } from './transfer-query.ts';

export const loader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([client.ensureQueryData(transferOf(params['id'])), readPlaces()]);

const late = { tone: 'bad', zh: '已逾期', en: 'Late' } as const;

const columns: readonly Column<TransferLine>[] = [
  {
    key: 'item',
    title: 'transfers.item',
    show: (line, { name }) => (
      <>
        <code>{line.sku}</code> {name(line)}
      </>
    ),
  },
  { key: 'requested', title: 'transfers.requested', isNumber: true, show: (line, { f }) => f.count(line.requested) },
  { key: 'sent', title: 'transfers.sent', isNumber: true, show: (line, { f }) => f.count(line.sent) },
  {
    key: 'received',
    title: 'transfers.received',
    isNumber: true,
    show: (line, { f }) => <strong>{f.count(line.received)}</strong>,
  },
  { key: 'damaged', title: 'transfers.damaged', isNumber: true, show: (line, { f }) => f.count(line.damaged) },
  { key: 'lost', title: 'transfers.lost', isNumber: true, show: (line, { f }) => f.count(line.lost) },
  {
    key: 'lots',
    title: 'transfers.lots',
    show: (line, { words }) =>
      [...line.lots.map(({ lot, quantity }) => `${lot ?? '—'} × ${quantity}`), ...line.serials].join(words('list.comma')) || '—',
  },
  { key: 'why', title: 'transfers.why', show: (line) => line.reason ?? '—' },
];

/** One transfer: what was asked, what left, what arrived, and why not all of it. */
export function Page() {
  const words = useWords();
  const f = useFormat();
  const placeName = usePlaceName();
  const { data } = useSuspenseQuery(transferOf(useParams()['id']));
  const [dialog, setDialog] = useState<'send' | 'receive' | 'cancel' | undefined>();
  const close = () => setDialog(undefined);
  const entries = useSteps(data);
  return (
    <ObjectPage
      title={data.number}
      module={words('nav.transfers')}
      back={{ to: '/supply/transfers', text: words('nav.transfers') }}
      id={data.number}
      status={
        <span className="row">
          <StatusTag status={transferStates[data.state]} code={data.state} />
          {data.isLate && <StatusTag status={late} code="late" />}
        </span>
      }
      facts={words('transfers.facts', { from: placeName(data.from), to: placeName(data.to), day: data.expectedOn })}
      actions={<Acts data={data} onOpen={setDialog} />}
    >
      <Section title={words('transfers.lines')}>
        <DataTable
          caption={words('transfers.lines')}
          columns={columns}
          rows={data.lines}
          rowKey={(line) => String(line.lineNo)}
          href={(line) => `/supply/stock/${encodeURIComponent(line.sku)}?location=${encodeURIComponent(data.to)}`}
        />
      </Section>
      <Section title={words('transfers.background')}>
        <Facts
          facts={[
            [
              words('transfers.inTransit'),
              words('transfers.inTransitUnits', { units: f.count(data.inTransit), value: f.money(data.inTransitFen) }),
            ],
            [words('transfers.expectedOn'), data.expectedOn],
            [words('transfers.note'), data.note],
            ...(data.cancelReason === null ? [] : [[words('transfers.cancelReason'), data.cancelReason] as const]),
          ]}
        />
      </Section>
      <Section title={words('timeline.title')}>
        <Timeline entries={entries} />
      </Section>
      {dialog === 'send' && <SendDialog transfer={data} onClose={close} />}
      {dialog === 'receive' && <ReceiveDialog transfer={data} onClose={close} />}
      {dialog === 'cancel' && <CancelDialog transfer={data} onClose={close} />}
    </ObjectPage>
  );
}

/** Who did what when, newest first. */
function useSteps(data: Transfer): TimelineEntry[] {
  const words = useWords();
  const term = useTerm();
  const actor = useActor();
  const steps = [
    ['received', data.receivedAt, data.receivedBy],
    ['cancelled', data.cancelledAt, data.cancelledBy],
    ['sent', data.sentAt, data.sentBy],
    ['requested', data.requestedAt, data.requestedBy],
  ] as const;
  return steps.flatMap(([id, at, who]) => {
    const what = id === 'requested' ? words('transfers.requestedStep') : term(transferStates, id);
    return at === null ? [] : [{ id, at, who: actor(who ?? '—'), what }];
  });
}

function Acts({ data, onOpen }: { data: Transfer; onOpen: (dialog: 'send' | 'receive' | 'cancel') => void }) {
  const words = useWords();
  const term = useTerm();
  const acts = [
    ['send', 'transfers.send'],
    ['receive', 'transfers.receive'],
    ['cancel', 'transfers.cancel'],
  ] as const;
  const next = data.steps[0];
  return acts.map(([step, word]) => (
    <MayButton
      key={step}
      need="inventory.transfer"
      {...(step === 'cancel' ? { danger: true } : step === next && { type: 'primary' as const })}
      not={data.steps.includes(step) ? undefined : words('transfers.notNow', { now: term(transferStates, data.state) })}
      onClick={() => onOpen(step)}
    >
      {words(word)}
    </MayButton>
  ));
}

function CancelDialog({ transfer, onClose }: { transfer: Transfer; onClose: () => void }) {
  const words = useWords();
  const cancel = useSend(transfers.cancelTransfer, refreshed);
  return (
    <ReasonDialog
      title={words('transfers.cancelTitle', { number: transfer.number })}
      act={words('transfers.cancelAct')}
      wayOut={words('transfers.keep')}
      isBusy={cancel.isPending}
      error={cancel.error}
      onClose={onClose}
      onReason={(reason) =>
        cancel.mutate(
          { params: { id: transfer.id }, body: { reason } },
          {
            onError: showAsIs,
            onSuccess: () => {
              toast(words('transfers.cancelledToast', { number: transfer.number }));
              onClose();
            },
          },
        )
      }
    >
      {words(transfer.state === 'sent' ? 'transfers.cancelSentText' : 'transfers.cancelText', { from: transfer.from })}
    </ReasonDialog>
  );
}
