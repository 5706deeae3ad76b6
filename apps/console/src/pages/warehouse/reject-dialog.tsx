import { warehouse } from '@tongshang/contract';
import { rejectReasons } from '@tongshang/ui';
import { Form, Input, Select } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { type Fulfilment, keepAnswer, showAsIs } from './fulfilment-query.ts';

interface RejectForm {
  reason: (typeof warehouse.rejectReasons)[number];
  note?: string;
}

/** This location cannot send it: says for each reason what becomes of the stock before anybody presses. */
export function RejectDialog({ data, onClose }: { data: Fulfilment; onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const [form] = Form.useForm<RejectForm>();
  const reason = Form.useWatch('reason', form);
  const reject = useSend(warehouse.rejectFulfilment);
  return (
    <FormDialog<RejectForm>
      form={form}
      title={words('floor.rejectTitle', { number: data.number })}
      act={words('floor.rejectAct')}
      isOpen
      isDanger
      isBusy={reject.isPending}
      error={reject.error}
      initial={{}}
      onClose={onClose}
      onSubmit={({ note, ...body }) =>
        reject.mutate(
          { params: { fulfilmentId: data.id }, body: { ...body, version: data.version, ...(note && { note }) } },
          {
            onError: showAsIs,
            onSuccess: (after) => {
              keepAnswer(after);
              toast(words('floor.rejectedToast', { number: data.number }));
              onClose();
            },
          },
        )
      }
    >
      <p className="dialog-text">{words('floor.rejectText')}</p>
      <Field name="reason" label={words('form.reason')} help={reason && words(`floor.rejectMeans.${reason}`)}>
        <Select options={warehouse.rejectReasons.map((value) => ({ value, label: term(rejectReasons, value) }))} />
      </Field>
      <Field name="note" label={words('floor.note')} isOptional>
        <Input maxLength={200} />
      </Field>
    </FormDialog>
  );
}
