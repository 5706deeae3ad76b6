import { type BodyOf, inventory, playbooks, pricing, purchasing } from '@tongshang/contract';
import { Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { useRefusal } from '../../parts/error-state.tsx';
import { Field } from '../../parts/form.tsx';
import { MayButton } from '../../parts/may.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import type { Decision } from './decision-page.tsx';

const refreshed = [
  playbooks.getDecision,
  playbooks.listDecisions,
  purchasing.listPurchases,
  pricing.listPrices,
  inventory.listStock,
];

type Act = 'approve' | 'change' | 'requestChange' | 'reject' | 'rollBack';
const acts: readonly Act[] = ['approve', 'change', 'requestChange', 'reject', 'rollBack'];

/** What this person may do with the decision now; a button that is not open says which refusal it would meet. */
export function DecisionActions({ decision }: { decision: Decision }) {
  const words = useWords();
  const say = useRefusal();
  const [dialog, setDialog] = useState<Act | undefined>();
  const close = () => setDialog(undefined);
  const right = decision.playbook === 'cover' ? 'decisions.approve_replenishment' : 'decisions.approve_markdown';
  const isOver = ['rejected', 'expired', 'superseded', 'rolled_back', 'measured'].includes(decision.state);
  const isDecided = decision.decidedAt !== null;
  const shown = acts.filter((act) => (act === 'rollBack' ? isDecided && !isOver : !isDecided && !isOver));
  return (
    <>
      {shown.map((act) => {
        const { ok, reason, details } = decision.allowed[act];
        return (
          <MayButton
            key={act}
            need={act === 'approve' ? right : 'decisions.view'}
            not={ok ? undefined : say(reason, details)}
            {...(act === 'approve' && { type: 'primary' as const })}
            danger={act === 'reject' || act === 'rollBack'}
            onClick={() => setDialog(act)}
          >
            {words(`decisions.${act}`)}
          </MayButton>
        );
      })}
      {dialog === 'approve' && <ApproveDialog decision={decision} onClose={close} />}
      {dialog === 'change' && <ChangeDialog decision={decision} onClose={close} />}
      {(dialog === 'reject' || dialog === 'rollBack' || dialog === 'requestChange') && (
        <ReasonDialog decision={decision} act={dialog} onClose={close} />
      )}
    </>
  );
}

interface DialogProps {
  decision: Decision;
  onClose: () => void;
}

/** Approves what is shown: the purchase with its amount, or the prices that will change, without those that are ticked off. */
function ApproveDialog({ decision, onClose }: DialogProps) {
  const words = useWords();
  const name = useName();
  const f = useFormat();
  const [form] = Form.useForm<{ keepSkus?: string[]; note?: string }>();
  const approve = useSend(playbooks.approveDecision, refreshed);
  const treated = decision.playbook === 'slow_mover' ? decision.arms.filter((arm) => arm.arm === 'treated') : [];
  return (
    <FormDialog<{ keepSkus?: string[]; note?: string }>
      form={form}
      title={words('decisions.approveTitle', { number: decision.number })}
      act={words('decisions.approveAct', { amount: f.money(decision.amountFen) })}
      isOpen
      isBusy={approve.isPending}
      error={approve.error}
      initial={{ keepSkus: treated.map(({ sku }) => sku) }}
      onClose={onClose}
      width={640}
      onSubmit={({ keepSkus = [], note }) => {
        const dropSkus = treated.map(({ sku }) => sku).filter((sku) => !keepSkus.includes(sku));
        const body: BodyOf<typeof playbooks.approveDecision> = { version: decision.version, dropSkus, ...(note && { note }) };
        approve.mutate(
          { params: { id: decision.id }, body },
          { onSuccess: () => (toast(words('decisions.approvedToast', { number: decision.number })), onClose()) },
        );
      }}
    >
      <p className="dialog-text">
        {decision.playbook === 'cover'
          ? words('decisions.coverProposal', {
              quantity: f.count(decision.proposal.quantity),
              supplier: decision.proposal.supplier,
              amount: f.money(decision.proposal.amountFen),
              day: decision.proposal.expectedOn,
            })
          : words('decisions.approveMarkdown')}
      </p>
      {treated.length > 0 && (
        <Form.Item name="keepSkus" label={words('decisions.keepSkus')} required>
          <Checkbox.Group
            className="check-list"
            options={treated.map((arm) => ({
              value: arm.sku,
              label: `${arm.sku} ${name(arm)}: ${f.money(arm.oldPriceFen)} → ${f.money(arm.newPriceFen)}`,
            }))}
          />
        </Form.Item>
      )}
      <Field name="note" label={words('decisions.note')} isOptional>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </FormDialog>
  );
}

function ReasonDialog({ decision, act, onClose }: DialogProps & { act: 'reject' | 'rollBack' | 'requestChange' }) {
  const words = useWords();
  const [form] = Form.useForm<{ reason: string }>();
  const reject = useSend(playbooks.rejectDecision, refreshed);
  const rollBack = useSend(playbooks.rollBackDecision, refreshed);
  const requestChange = useSend(playbooks.requestChange, refreshed);
  const { params, version } = { params: { id: decision.id }, version: decision.version };
  const done = { onSuccess: () => (toast(words(`decisions.${act}Toast`, { number: decision.number })), onClose()) };
  const send = (reason: string) => {
    if (act === 'reject') reject.mutate({ params, body: { version, reason } }, done);
    else if (act === 'rollBack') rollBack.mutate({ params, body: { version, reason } }, done);
    else requestChange.mutate({ params, body: { version, note: reason } }, done);
  };
  return (
    <FormDialog<{ reason: string }>
      form={form}
      title={words(`decisions.${act}Title`, { number: decision.number })}
      act={words(`decisions.${act}`)}
      isOpen
      isDanger={act !== 'requestChange'}
      isBusy={reject.isPending || rollBack.isPending || requestChange.isPending}
      error={reject.error ?? rollBack.error ?? requestChange.error}
      initial={{}}
      onClose={onClose}
      onSubmit={({ reason }) => send(reason)}
    >
      {act === 'rollBack' && <p className="dialog-text">{words('decisions.rollBackText')}</p>}
      <Field name="reason" label={words(act === 'requestChange' ? 'decisions.whatToChange' : 'form.reason')}>
        <Input.TextArea rows={3} maxLength={500} />
      </Field>
    </FormDialog>
  );
}
