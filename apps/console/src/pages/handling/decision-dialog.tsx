import { orders } from '@tongshang/contract';
import { Form, Input } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { showAsIs } from '../orders/stale.ts';
import type { Decision } from './exception-acts.tsx';
import { refreshed } from './refreshed.ts';

/** A decision that wants a sentence: the question to the buyer, or the reason. */
export function DecisionDialog({ decision, title, onClose }: { decision: Decision; title: string; onClose: () => void }) {
  const words = useWords();
  const [form] = Form.useForm<{ note: string }>();
  const decide = useSend(orders.decideException, refreshed);
  const { order, hold, what } = decision;
  return (
    <FormDialog<{ note: string }>
      form={form}
      title={title}
      act={words(`exceptions.act.${what}`)}
      wayOut={words('bulk.keep')}
      isOpen
      isDanger={what === 'cancel'}
      isBusy={decide.isPending}
      error={decide.error}
      initial={{}}
      onClose={onClose}
      onSubmit={({ note }) =>
        decide.mutate(
          { params: { orderId: order.id, holdId: hold.id }, body: { decision: what, note, version: order.version } },
          {
            onError: showAsIs,
            onSuccess: () => {
              toast(words(`exceptions.done.${what}`, { number: order.number }));
              onClose();
            },
          },
        )
      }
    >
      <p className="dialog-text">{words(`exceptions.text.${what}`)}</p>
      <Field name="note" label={words(what === 'ask_customer' ? 'exceptions.question' : 'form.reason')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </FormDialog>
  );
}
