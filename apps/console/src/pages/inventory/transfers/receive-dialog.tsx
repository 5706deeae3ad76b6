import { transfers } from '@tongshang/contract';
import { Form, Input, InputNumber, Select } from 'antd';
import { useSend } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useName, useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import { FormDialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/form.tsx';
import { type ArrivedLine, arrivedLines, missingOf } from './receipt-lines.ts';
import { refreshed, showAsIs, type Transfer, type TransferLine } from './transfer-query.ts';

interface ReceiveForm {
  lines: Record<string, ArrivedLine>;
}

/** What arrived whole, what damaged; what is missing is counted at once and needs a reason. */
export function ReceiveDialog({ transfer, onClose }: { transfer: Transfer; onClose: () => void }) {
  const words = useWords();
  const [form] = Form.useForm<ReceiveForm>();
  const receive = useSend(transfers.receiveTransfer, refreshed);
  const sent = transfer.lines.filter((line) => line.sent > 0);
  return (
    <FormDialog<ReceiveForm>
      form={form}
      title={words('transfers.receiveTitle', { number: transfer.number, to: transfer.to })}
      act={words('transfers.receiveAct')}
      isOpen
      isBusy={receive.isPending}
      error={receive.error}
      initial={{ lines: Object.fromEntries(sent.map((line) => [line.lineNo, { received: line.sent, damaged: 0 }])) }}
      onClose={onClose}
      width={640}
      onSubmit={({ lines }) =>
        receive.mutate(
          { params: { id: transfer.id }, body: { lines: arrivedLines(sent, lines) } },
          {
            onError: showAsIs,
            onSuccess: (after) => {
              toast(
                words(after.lost + after.damaged > 0 ? 'transfers.receivedShortToast' : 'transfers.receivedToast', {
                  number: after.number,
                  missing: after.lost,
                  damaged: after.damaged,
                }),
              );
              onClose();
            },
          },
        )
      }
    >
      <p className="dialog-text">{words('transfers.receiveText')}</p>
      {sent.map((line) => (
        <Line key={line.lineNo} line={line} />
      ))}
    </FormDialog>
  );
}

function Line({ line }: { line: TransferLine }) {
  const words = useWords();
  const name = useName();
  const { count } = useFormat();
  const at = (field: keyof ArrivedLine) => ['lines', String(line.lineNo), field];
  const form = Form.useFormInstance<ReceiveForm>();
  const entered = Form.useWatch(['lines', String(line.lineNo)], form) as ArrivedLine | undefined;
  const missing = missingOf(line.sent, entered ?? { received: line.sent });
  const isWhole = missing === 0 && !entered?.damaged;
  return (
    <fieldset className="return-line">
      <legend>
        <code>{line.sku}</code> {name(line)} <span className="third">{words('transfers.sentUnits', { sent: line.sent })}</span>
      </legend>
      <Field
        name={at('received')}
        label={words('transfers.receivedWhole')}
        rules={[
          {
            validator: () =>
              missingOf(line.sent, form.getFieldValue(['lines', String(line.lineNo)]) as ArrivedLine) >= 0
                ? Promise.resolve()
                : Promise.reject(new Error(words('transfers.tooMany', { sent: line.sent }))),
          },
        ]}
      >
        <InputNumber min={0} max={line.sent} precision={0} />
      </Field>
      <Field name={at('damaged')} label={words('transfers.damaged')} isOptional>
        <InputNumber min={0} max={line.sent} precision={0} />
      </Field>
      <p className="second" aria-live="polite">
        {words('transfers.missingNow', { missing: count(Math.max(0, missing)) })}
      </p>
      {line.serials.length > 0 && missing > 0 && (
        <Field name={at('missingSerials')} label={words('transfers.missingSerials')} isOptional>
          <Select mode="multiple" options={line.serials.map((value) => ({ value, label: value }))} />
        </Field>
      )}
      {!isWhole && (
        <Field name={at('reason')} label={words('transfers.why')} help={words('transfers.whyHelp')}>
          <Input maxLength={500} autoComplete="off" />
        </Field>
      )}
    </fieldset>
  );
}
