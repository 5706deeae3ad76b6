import { useSuspenseQuery } from '@tanstack/react-query';
import { inventory, RefusedError, type ReplyOf } from '@tongshang/contract';
import { adjustReasons, conditions, correctionKinds, correctionStates } from '@tongshang/ui';
import { Form, Input } from 'antd';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useParams } from 'react-router';
import { client, forget, q, useSend } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useTerm, useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { FormDialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/form.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { Facts, ObjectPage, Section } from '../../../parts/object-page.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';

const correctionOf = (id = '') => q(inventory.getCorrection, { params: { id } });

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(correctionOf(params['id']));

type Correction = ReplyOf<typeof inventory.getCorrection>;

const refreshed = [
  inventory.getCorrection,
  inventory.listCorrections,
  inventory.listStock,
  inventory.listMovements,
  inventory.getStockBreakdown,
  inventory.listLots,
] as const;

const columns: readonly Column<Correction['lines'][number]>[] = [
  {
    key: 'item',
    title: 'stock.sku',
    show: (line, { name }) => (
      <>
        <code>{line.sku}</code> {name(line)}
      </>
    ),
  },
  { key: 'location', title: 'stock.location', show: (line) => line.location },
  { key: 'lot', title: 'stock.lot', show: (line) => line.lot ?? '—' },
  {
    key: 'condition',
    title: 'stock.condition',
    show: (line, { term }) => (line.condition === null ? '—' : term(conditions, line.condition)),
  },
  { key: 'before', title: 'adjust.before', isNumber: true, show: (line, { f }) => f.count(line.before) },
  {
    key: 'change',
    title: 'stock.change',
    isNumber: true,
    show: (line, { f }) => <strong>{line.change > 0 ? `+${f.count(line.change)}` : f.count(line.change)}</strong>,
  },
  { key: 'after', title: 'adjust.after', isNumber: true, show: (line, { f }) => f.count(line.before + line.change) },
  {
    key: 'value',
    title: 'adjust.value',
    isNumber: true,
    show: (line, { f }) => f.money(Math.abs(line.change) * line.unitCostFen),
  },
];

/** One correction with the change it would book: approved or rejected by somebody else than who proposed it. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const { data } = useSuspenseQuery(correctionOf(useParams()['id']));
  const [decision, setDecision] = useState<'approve' | 'reject' | undefined>();
  const not =
    data.state !== 'waiting'
      ? words('adjust.notNow', { now: term(correctionStates, data.state) })
      : data.isMine
        ? undefined
        : words('adjust.notOwn');
  return (
    <ObjectPage
      title={data.number}
      module={words('nav.stock')}
      back={{ to: '/supply/stock/adjustments', text: words('stock.tabAdjustments') }}
      id={data.number}
      status={<StatusTag status={correctionStates[data.state]} code={data.state} />}
      facts={words('adjust.facts', {
        kind: term(correctionKinds, data.kind),
        units: f.count(data.units),
        value: f.money(data.valueFen),
        limit: f.money(data.limitFen),
      })}
      actions={
        <>
          <MayButton need="inventory.approve" type="primary" not={not} onClick={() => setDecision('approve')}>
            {words('adjust.approve')}
          </MayButton>
          <MayButton need="inventory.approve" danger not={not} onClick={() => setDecision('reject')}>
            {words('adjust.reject')}
          </MayButton>
        </>
      }
    >
      <Section title={words('adjust.lines')}>
        <DataTable
          caption={words('adjust.lines')}
          columns={columns}
          rows={data.lines}
          rowKey={(line) => String(line.lineNo)}
          href={(line) => `/supply/stock/${encodeURIComponent(line.sku)}?location=${encodeURIComponent(line.location)}`}
        />
      </Section>
      <Section title={words('adjust.background')}>
        <Facts
          facts={[
            [words('form.reason'), term(adjustReasons, data.reason)],
            [words('stock.note'), data.note],
            [
              words('stock.cause'),
              data.countId === null ? (
                data.cause
              ) : (
                <Link key="count" to={`/supply/counts/${data.countId}`}>
                  {data.cause.split(':')[1]}
                </Link>
              ),
            ],
            [words('adjust.proposedBy'), `${data.proposedBy} · ${f.instant(data.proposedAt)}`],
            [words('adjust.decidedBy'), data.decidedBy === null ? null : `${data.decidedBy} · ${f.instant(data.decidedAt)}`],
            [words('adjust.decisionNote'), data.decisionNote],
          ]}
        />
      </Section>
      {decision && <DecideDialog correction={data} decision={decision} onClose={() => setDecision(undefined)} />}
    </ObjectPage>
  );
}

interface DecideProps {
  correction: Correction;
  decision: 'approve' | 'reject';
  onClose: () => void;
}

function DecideDialog({ correction, decision, onClose }: DecideProps) {
  const words = useWords();
  const { money } = useFormat();
  const [form] = Form.useForm<{ note?: string }>();
  const approve = useSend(inventory.approveCorrection, refreshed);
  const reject = useSend(inventory.rejectCorrection, refreshed);
  const isReject = decision === 'reject';
  const send = isReject ? reject : approve;
  return (
    <FormDialog<{ note?: string }>
      form={form}
      title={words(`adjust.${decision}Title`, { number: correction.number })}
      act={words(`adjust.${decision}Act`, { value: money(correction.valueFen) })}
      isOpen
      isDanger={isReject}
      isBusy={send.isPending}
      error={send.error}
      initial={{}}
      onClose={onClose}
      onSubmit={({ note }) =>
        send.mutate(
          { params: { id: correction.id }, body: { note: note ?? '' } },
          {
            onError: showAsIs,
            onSuccess: () => {
              toast(words(`adjust.${decision}Toast`, { number: correction.number }));
              onClose();
            },
          },
        )
      }
    >
      <p className="dialog-text">{words(`adjust.${decision}Text`)}</p>
      <Field name="note" label={words(isReject ? 'form.reason' : 'stock.note')} isOptional={!isReject}>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </FormDialog>
  );
}

/** Decided by somebody else meanwhile: read anew. */
function showAsIs(error: unknown): void {
  if (error instanceof RefusedError && error.code === 'correction.wrong_state') void Promise.all(refreshed.map(forget));
}
