import { orders, payments } from '@tongshang/contract';
import { paymentProviders, paymentStates, refundStates } from '@tongshang/ui';
import { Form, Input } from 'antd';
import { useState } from 'react';
import { useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field, fenOf, MoneyField } from '../../parts/form.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Section } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { leftToRefund } from './left-to-refund.ts';
import { reasonWord } from './reason-word.ts';
import type { Order } from './order-page.tsx';

type Payment = Order['payments'][number];

/** What was paid for an order and what went back. */
export function OrderPayments({ payments: all }: { payments: readonly Payment[] }) {
  const words = useWords();
  return (
    <Section title={words('orders.payments')}>
      {all.length === 0 && <p className="second">{words('orders.noPayments')}</p>}
      {all.map((payment) => (
        <PaymentBlock key={payment.id} payment={payment} />
      ))}
    </Section>
  );
}

function PaymentBlock({ payment }: { payment: Payment }) {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const [isOpen, setOpen] = useState(false);
  const retry = useSend(payments.retryRefund, [orders.getOrder]);
  const left = leftToRefund(payment);
  return (
    <div className="payment">
      <div className="card-line">
        <span>
          {term(paymentProviders, payment.provider)}{' '}
          <span className="third">{f.instant(payment.capturedAt ?? payment.createdAt)}</span>
        </span>
        <span className="number">{f.money(payment.amountFen, payment.currency)}</span>
      </div>
      <StatusTag status={paymentStates[payment.state]} code={payment.state} />
      {payment.refunds.map((refund) => (
        <div key={refund.id}>
          <div className="card-line">
            <span>
              <StatusTag status={refundStates[refund.state]} code={refund.state} />{' '}
              <span className="second">{reasonWord(refund.reason, words, term)}</span>
            </span>
            <span className="number">{f.money(-refund.amountFen)}</span>
          </div>
          {refund.state === 'failed' && (
            <MayButton
              need="payments.refund"
              size="small"
              loading={retry.isPending}
              onClick={() => retry.mutate({ params: { refundId: refund.id } })}
            >
              {words('orders.retryRefund')}
            </MayButton>
          )}
        </div>
      ))}
      {payment.state === 'captured' && (
        <MayButton
          need="payments.refund"
          size="small"
          not={left > 0 ? undefined : words('orders.allRefunded')}
          onClick={() => setOpen(true)}
        >
          {words('orders.refund')}
        </MayButton>
      )}
      {isOpen && <RefundDialog payment={payment} left={left} onClose={() => setOpen(false)} />}
    </div>
  );
}

interface RefundForm {
  amount: string;
  reason: string;
}

function RefundDialog({ payment, left, onClose }: { payment: Payment; left: number; onClose: () => void }) {
  const words = useWords();
  const { money } = useFormat();
  const [form] = Form.useForm<RefundForm>();
  const typed = Form.useWatch('amount', form);
  const refund = useSend(payments.requestRefund, [orders.getOrder]);
  return (
    <FormDialog<RefundForm>
      form={form}
      title={words('orders.refundTitle')}
      act={words('orders.refundAct', { amount: money(typed ? fenOf(typed) : left) })}
      isOpen
      isDanger
      isBusy={refund.isPending}
      error={refund.error}
      initial={{ amount: (left / 100).toFixed(2) }}
      onClose={onClose}
      onSubmit={({ amount, reason }) =>
        refund.mutate(
          { params: { paymentId: payment.id }, body: { amountFen: fenOf(amount), reason } },
          {
            onSuccess: () => {
              toast(words('orders.refundDone', { amount: money(fenOf(amount)) }));
              onClose();
            },
          },
        )
      }
    >
      <MoneyField name="amount" label={words('orders.refundAmount')} help={words('orders.refundMost', { amount: money(left) })} />
      <Field name="reason" label={words('form.reason')}>
        <Input.TextArea rows={2} maxLength={200} />
      </Field>
    </FormDialog>
  );
}
