import { useQuery } from '@tanstack/react-query';
import { inventory, orders, returns } from '@tongshang/contract';
import { returnReasons } from '@tongshang/ui';
import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { q, useSend } from '../../lib/api.ts';
import { useLanguage, useName, useWords } from '../../lib/language.ts';
import { useSession } from '../../lib/session.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { Field } from '../../parts/form.tsx';
import type { Order } from './order-page.tsx';

interface ReturnForm {
  reason: (typeof returns.returnReasons)[number];
  note?: string;
  location: string;
  lines: Record<string, { quantity: number | null; isSellable: boolean; serials?: string[] }>;
}

/** Takes goods back against an order: never more than was bought and not yet returned. */
export function ReturnDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const words = useWords();
  const name = useName();
  const language = useLanguage();
  const session = useSession();
  const [form] = Form.useForm<ReturnForm>();
  const lines = useQuery(q(returns.getReturnable, { params: { orderId: order.id } }));
  const places = useQuery(q(inventory.listLocations));
  const record = useSend(returns.recordReturn, [
    orders.getOrder,
    returns.listReturns,
    returns.getReturnable,
    inventory.listStock,
  ]);
  const open = lines.data?.lines.filter((line) => line.returnable > 0) ?? [];
  const submit = ({ reason, note, location, lines: chosen }: ReturnForm) =>
    record.mutate(
      {
        params: { orderId: order.id },
        body: {
          reason,
          location,
          ...(note && { note }),
          lines: open.flatMap(({ lineNo }) => {
            const { quantity = 0, isSellable = true, serials = [] } = chosen[lineNo] ?? {};
            return quantity ? [{ lineNo, quantity, isSellable, ...(serials.length > 0 && { serials }) }] : [];
          }),
        },
      },
      {
        onSuccess: (reply) => {
          toast(words('returns.recordedToast', { number: reply.number }));
          onClose();
        },
      },
    );
  return (
    <FormDialog<ReturnForm>
      form={form}
      title={words('returns.recordTitle', { number: order.number })}
      act={words('returns.recordAct')}
      isOpen
      isBusy={record.isPending}
      error={record.error ?? lines.error}
      initial={{ location: session.location ?? order.store ?? 'WH1' }}
      onClose={onClose}
      onSubmit={submit}
      width={640}
    >
      {lines.isSuccess && open.length === 0 && <p className="notice">{words('returns.nothingLeft')}</p>}
      {open.map((line) => (
        <fieldset key={line.lineNo} className="return-line">
          <legend>
            {line.name} <span className="third">{words('returns.left', { left: line.returnable, bought: line.bought })}</span>
          </legend>
          <Form.Item name={['lines', String(line.lineNo), 'quantity']} label={words('orders.quantity')} initialValue={0} required>
            <InputNumber min={0} max={line.returnable} precision={0} />
          </Form.Item>
          <Form.Item name={['lines', String(line.lineNo), 'isSellable']} valuePropName="checked" initialValue={true}>
            <Checkbox>{words('returns.sellable')}</Checkbox>
          </Form.Item>
          {line.serials.length > 0 && (
            <Form.Item name={['lines', String(line.lineNo), 'serials']} label={words('returns.serials')}>
              <Select mode="multiple" options={line.serials.map((serial) => ({ value: serial, label: serial }))} />
            </Form.Item>
          )}
        </fieldset>
      ))}
      <Field name="reason" label={words('form.reason')}>
        <Select
          options={returns.returnReasons.map((value) => ({
            value,
            label: language === 'en' ? returnReasons[value].en : returnReasons[value].zh,
          }))}
        />
      </Field>
      <Field name="location" label={words('returns.location')}>
        <Select options={places.data?.items.map((one) => ({ value: one.code, label: name(one) })) ?? []} />
      </Field>
      <Field name="note" label={words('orders.note')} isOptional>
        <Input maxLength={500} />
      </Field>
      <ErrorNote error={places.error} />
    </FormDialog>
  );
}
