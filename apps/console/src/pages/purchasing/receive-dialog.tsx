import { inventory, purchasing } from '@tongshang/contract';
import { parseDay } from '@tongshang/ui';
import { Form, Input, InputNumber } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import type { Purchase } from './purchase-page.tsx';
import { type ReceiveLine, receiptLines, serialsIn } from './receipt-lines.ts';

interface ReceiveForm {
  lines: Record<string, ReceiveLine>;
  note?: string;
}

/** Records what arrived. Lots and expiry for food, serial numbers for appliances: asked only where the SKU needs them. */
export function ReceiveDialog({ purchase, onClose }: { purchase: Purchase; onClose: () => void }) {
  const words = useWords();
  const [form] = Form.useForm<ReceiveForm>();
  const receive = useSend(purchasing.receivePurchase, [
    purchasing.getPurchase,
    purchasing.listPurchases,
    inventory.listStock,
    inventory.listMovements,
    inventory.listLots,
  ]);
  const open = purchase.lines.filter((line) => line.open > 0);
  return (
    <FormDialog<ReceiveForm>
      form={form}
      title={words('purchases.receiveTitle', { number: purchase.number, location: purchase.location })}
      act={words('purchases.receiveAct')}
      isOpen
      isBusy={receive.isPending}
      error={receive.error}
      initial={{}}
      onClose={onClose}
      width={680}
      onSubmit={({ lines, note }) =>
        receive.mutate(
          { params: { id: purchase.id }, body: { lines: receiptLines(open, lines), ...(note && { note }) } },
          {
            onSuccess: () => {
              toast(words('purchases.receivedToast', { number: purchase.number }));
              onClose();
            },
          },
        )
      }
    >
      {open.map((line) => {
        const at = (field: keyof ReceiveLine) => ['lines', String(line.lineNo), field];
        return (
          <fieldset key={line.lineNo} className="return-line">
            <legend>
              <code>{line.sku}</code> {line.name}{' '}
              <span className="third">{words('purchases.openUnits', { open: line.open })}</span>
            </legend>
            <Form.Item name={at('quantity')} label={words('purchases.quantity')} initialValue={line.open} required>
              <InputNumber min={0} max={line.open} precision={0} />
            </Form.Item>
            {line.isLotTracked && (
              <>
                <Field name={at('lot')} label={words('purchases.lot')}>
                  <Input maxLength={64} autoComplete="off" />
                </Field>
                <Field
                  name={at('expiresOn')}
                  label={words('purchases.expiresOn')}
                  rules={[
                    {
                      validator: (_, text: string | undefined) =>
                        !text || parseDay(text) !== undefined
                          ? Promise.resolve()
                          : Promise.reject(new Error(words('form.dayWrong'))),
                    },
                  ]}
                >
                  <Input placeholder="2027-05-31" autoComplete="off" />
                </Field>
              </>
            )}
            {line.isSerialised && (
              <Field
                name={at('serials')}
                label={words('purchases.serials')}
                help={words('purchases.serialsHelp')}
                rules={[
                  ({ getFieldValue }) => ({
                    validator: (_, text: string | undefined) => {
                      const wanted = Number(getFieldValue(at('quantity')) ?? 0);
                      const given = serialsIn(text ?? '').length;
                      return given === wanted
                        ? Promise.resolve()
                        : Promise.reject(new Error(words('purchases.serialsWrong', { wanted, given })));
                    },
                  }),
                ]}
              >
                <Input.TextArea rows={3} />
              </Field>
            )}
          </fieldset>
        );
      })}
      <Field name="note" label={words('purchases.note')} isOptional>
        <Input maxLength={500} />
      </Field>
    </FormDialog>
  );
}
