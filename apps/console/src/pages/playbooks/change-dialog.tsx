import { useMutation } from '@tanstack/react-query';
import { createClient, playbooks } from '@tongshang/contract';
import { Button, Form, Input, InputNumber } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { Field } from '../../parts/form.tsx';
import { type Change, type ChangeForm, changeOf } from './change-of.ts';
import type { Decision } from './decision-page.tsx';

const call = createClient();

/** Other assumptions, recomputed before they are kept; whoever keeps them becomes the proposer. */
export function ChangeDialog({ decision, onClose }: { decision: Decision; onClose: () => void }) {
  const words = useWords();
  const f = useFormat();
  const [form] = Form.useForm<ChangeForm>();
  const change = useSend(playbooks.changeProposal, [playbooks.getDecision, playbooks.listDecisions]);
  const preview = useMutation({
    mutationFn: (body: Change) => call(playbooks.previewProposal, { params: { id: decision.id }, body }),
  });
  const initial = initialOf(decision);
  const submit = ({ note, ...values }: ChangeForm) =>
    change.mutate(
      {
        params: { id: decision.id },
        body: { version: decision.version, change: changeOf(decision.playbook, values, initial), ...(note && { note }) },
      },
      { onSuccess: () => (toast(words('decisions.changedToast', { number: decision.number })), onClose()) },
    );
  return (
    <FormDialog<ChangeForm>
      form={form}
      title={words('decisions.changeTitle', { number: decision.number })}
      act={words('decisions.changeAct')}
      isOpen
      isBusy={change.isPending}
      error={change.error}
      initial={initial}
      onClose={onClose}
      onSubmit={submit}
    >
      <div className="field-pair">
        {decision.playbook === 'cover' ? (
          <>
            <Field name="quantity" label={words('decisions.quantity')}>
              <InputNumber min={1} max={1_000_000} precision={0} />
            </Field>
            <Field name="serviceLevel" label={words('decisions.serviceLevel')}>
              <InputNumber min={50} max={99.99} suffix="%" />
            </Field>
            <Field name="reviewDays" label={words('decisions.review')}>
              <InputNumber min={1} max={90} precision={0} />
            </Field>
            <Field name="dailyUnits" label={words('decisions.perDay')}>
              <InputNumber min={0} />
            </Field>
          </>
        ) : (
          <>
            <Field name="depth" label={words('decisions.depth')}>
              <InputNumber min={1} max={90} suffix="%" />
            </Field>
            <Field name="windowDays" label={words('decisions.window')}>
              <InputNumber min={3} max={90} precision={0} />
            </Field>
          </>
        )}
      </div>
      <Button
        loading={preview.isPending}
        onClick={() => preview.mutate(changeOf(decision.playbook, form.getFieldsValue(), initial))}
      >
        {words('decisions.preview')}
      </Button>
      {preview.data && <p className="notice">{previewText(preview.data)}</p>}
      <ErrorNote error={preview.error} />
      <Field name="note" label={words('decisions.note')} isOptional>
        <Input maxLength={500} />
      </Field>
    </FormDialog>
  );

  function previewText(parts: NonNullable<typeof preview.data>): string {
    return parts.playbook === 'cover'
      ? words('decisions.coverProposal', {
          quantity: f.count(parts.proposal.quantity),
          supplier: parts.proposal.supplier,
          amount: f.money(parts.proposal.amountFen),
          day: parts.proposal.expectedOn,
        })
      : words('decisions.previewMarkdown', {
          units: f.decimal(parts.expected.extraUnits.mid, 0),
          margin: f.money(parts.expected.extraMarginFen.mid),
          giveAway: f.money(parts.expected.giveAwayFen),
        });
  }
}

function initialOf(decision: Decision): ChangeForm {
  if (decision.playbook === 'slow_mover') {
    const { depthBp, windowDays } = decision.proposal.assumptions;
    return { depth: depthBp / 100, windowDays };
  }
  const { serviceLevelBp, reviewDays, dailyUnits } = decision.proposal.assumptions;
  return {
    quantity: decision.proposal.quantity,
    serviceLevel: serviceLevelBp / 100,
    reviewDays,
    dailyUnits: Number(dailyUnits.toFixed(2)),
  };
}
