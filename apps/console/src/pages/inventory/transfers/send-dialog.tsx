import { type BodyOf, transfers } from '@tongshang/contract';
import { Form, InputNumber } from 'antd';
import { useSend } from '../../../lib/api.ts';
import { useName, useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import { DayField, dayIn } from '../../../parts/day-field.tsx';
import { FormDialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/form.tsx';
import { refreshed, showAsIs, type Transfer } from './transfer-query.ts';

interface SendForm {
  expectedOn: string;
  lines: Record<string, { quantity?: number | null }>;
}

/** Units leave the sender, as many as there really are. */
export function SendDialog({ transfer, onClose }: { transfer: Transfer; onClose: () => void }) {
  const words = useWords();
  const name = useName();
  const [form] = Form.useForm<SendForm>();
  const send = useSend(transfers.sendTransfer, refreshed);
  const bodyOf = ({ expectedOn, lines }: SendForm): BodyOf<typeof transfers.sendTransfer> => ({
    expectedOn: dayIn(expectedOn),
    lines: transfer.lines.map(({ lineNo, requested }) => ({ lineNo, quantity: lines[lineNo]?.quantity ?? requested })),
  });
  return (
    <FormDialog<SendForm>
      form={form}
      title={words('transfers.sendTitle', { number: transfer.number, from: transfer.from })}
      act={words('transfers.sendAct')}
      isOpen
      isBusy={send.isPending}
      error={send.error}
      initial={{
        expectedOn: transfer.expectedOn,
        lines: Object.fromEntries(transfer.lines.map((line) => [line.lineNo, { quantity: line.requested }])),
      }}
      onClose={onClose}
      width={560}
      onSubmit={(values) =>
        send.mutate(
          { params: { id: transfer.id }, body: bodyOf(values) },
          {
            onError: showAsIs,
            onSuccess: (after) => {
              toast(words('transfers.sentToast', { number: after.number, units: after.sent }));
              onClose();
            },
          },
        )
      }
    >
      <p className="dialog-text">{words('transfers.sendText')}</p>
      {transfer.lines.map((line) => (
        <Field
          key={line.lineNo}
          name={['lines', String(line.lineNo), 'quantity']}
          label={`${line.sku} ${name(line)}`}
          help={words('transfers.requestedUnits', { requested: line.requested })}
        >
          <InputNumber min={0} max={line.requested} precision={0} />
        </Field>
      ))}
      <DayField name="expectedOn" label={words('transfers.expectedOn')} />
    </FormDialog>
  );
}
