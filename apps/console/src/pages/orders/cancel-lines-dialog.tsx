import { orders } from '@tongshang/contract';
import { Form, Input, InputNumber } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import type { Order } from './order-page.tsx';
import { leftOf, refundFor } from './refund-share.ts';
import { showAsIs } from './stale.ts';

interface LinesForm {
  lines: Record<string, number | null>;
  reason: string;
}

/** Calls off units before picking; what comes back is shown before anything happens. */
export function CancelLinesDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const words = useWords();
  const name = useName();
  const { money } = useFormat();
  const [form] = Form.useForm<LinesForm>();
  const wanted = Form.useWatch('lines', form) as LinesForm['lines'] | undefined;
  const cancel = useSend(orders.cancelLines, [orders.getOrder, orders.listOrders, orders.countOrders]);
  const open = order.lines.filter((line) => leftOf(line) > 0);
  const chosen = open.flatMap((line) => {
    const quantity = wanted?.[line.lineNo] ?? 0;
    return quantity > 0 ? [{ line, quantity }] : [];
  });
  const isWhole = open.every((line) => (wanted?.[line.lineNo] ?? 0) === leftOf(line));
  const shareFen = chosen.reduce((sum, { line, quantity }) => sum + refundFor(line, quantity), 0);
  const refundFen = isWhole ? order.totalFen - order.cancelledFen : shareFen; // with everything the freight goes back, too
  return (
    <FormDialog<LinesForm>
      form={form}
      title={words('orders.cancelLinesTitle', { number: order.number })}
      act={
        refundFen > 0
          ? words('orders.cancelLinesRefund', { amount: money(refundFen) })
          : words('orders.cancelLinesAct', { count: chosen.reduce((sum, { quantity }) => sum + quantity, 0) })
      }
      wayOut={words('bulk.keep')}
      isOpen
      isDanger
      isBusy={cancel.isPending}
      error={cancel.error}
      initial={{}}
      onClose={onClose}
      width={640}
      onSubmit={({ reason }) => {
        if (chosen.length === 0) return;
        cancel.mutate(
          {
            params: { orderId: order.id },
            body: {
              lines: chosen.map(({ line, quantity }) => ({ lineNo: line.lineNo, quantity })),
              reason,
              version: order.version,
            },
          },
          {
            onError: showAsIs,
            onSuccess: () => {
              toast(words('orders.linesCancelledToast', { number: order.number }));
              onClose();
            },
          },
        );
      }}
    >
      <p className="dialog-text">{words('orders.cancelPaidText')}</p>
      {open.map((line) => (
        <div key={line.lineNo} className="cancel-line">
          <div>
            <label htmlFor={`cancel-${line.lineNo}`}>{name(line)}</label>{' '}
            <span className="third">
              {line.sku} · {words('orders.cancelLeft', { left: leftOf(line), bought: line.quantity })}
            </span>
          </div>
          <Form.Item name={['lines', String(line.lineNo)]} initialValue={0} noStyle>
            <InputNumber id={`cancel-${line.lineNo}`} min={0} max={leftOf(line)} precision={0} />
          </Form.Item>
          <span className="number">{money(refundFor(line, wanted?.[line.lineNo] ?? 0))}</span>
        </div>
      ))}
      <dl className="sums dialog-text" aria-live="polite">
        <div className="sum-total">
          <dt>{words('orders.refundTotal')}</dt>
          <dd>{money(refundFen)}</dd>
        </div>
      </dl>
      {isWhole && <p className="notice dialog-text">{words('orders.cancelLinesWhole')}</p>}
      {chosen.length === 0 && <p className="second dialog-text">{words('orders.cancelLinesNone')}</p>}
      <Field name="reason" label={words('form.reason')}>
        <Input maxLength={200} />
      </Field>
    </FormDialog>
  );
}
