import { insight } from '@tongshang/contract';
import { requestStateWords, say } from '@tongshang/ui';
import { Form, Input, Radio } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';

interface Values {
  state: insight.ProductRequest['state'];
  reason?: string;
}

/** Says what becomes of a wish; all with the same words go with it. */
export function SettleDialog({ wish, onClose }: { wish: insight.ProductRequest; onClose: () => void }) {
  const words = useWords();
  const language = useLanguage();
  const [form] = Form.useForm<Values>();
  const settle = useSend(insight.settleProductRequest, [insight.listProductRequests, insight.listDemand]);
  return (
    <FormDialog<Values>
      form={form}
      title={words('insight.settleOf', { text: wish.text })}
      act={words('insight.settleAct')}
      isOpen
      isBusy={settle.isPending}
      error={settle.error}
      initial={{ state: wish.state, ...(wish.reason !== null && { reason: wish.reason }) }}
      onClose={onClose}
      onSubmit={({ state, reason }) =>
        settle.mutate(
          { params: { id: wish.id }, body: { state, ...(reason && { reason }), version: wish.version } },
          { onSuccess: () => (toast(words('insight.settledToast', { text: wish.text })), onClose()) },
        )
      }
    >
      <p className="second">{words('insight.settleText')}</p>
      <Field name="state" label={words('insight.state')}>
        <Radio.Group
          options={insight.requestStates.map((value) => ({ value, label: say(requestStateWords[value], language) }))}
        />
      </Field>
      <Field name="reason" label={words('insight.reason')} isOptional>
        <Input.TextArea rows={2} maxLength={300} />
      </Field>
    </FormDialog>
  );
}
