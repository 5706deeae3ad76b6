import { orders } from '@tongshang/contract';
import { parsePhone } from '@tongshang/ui';
import { Form, Input } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import type { Order } from './order-page.tsx';

interface RecipientForm {
  name: string;
  phone: string;
  region: string;
  address: string;
}

/** Mends where an order goes; with a complete address a held order goes on by itself. */
export function RecipientDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const words = useWords();
  const [form] = Form.useForm<RecipientForm>();
  const change = useSend(orders.changeRecipient, [orders.getOrder, orders.listOrders, orders.countOrders]);
  const { recipient } = order;
  const isMasked = recipient?.phone.includes('*') ?? true;
  return (
    <FormDialog<RecipientForm>
      form={form}
      title={words('orders.mendAddress')}
      act={words('orders.mendAct')}
      isOpen
      isBusy={change.isPending}
      error={change.error}
      initial={{
        name: recipient?.name ?? '',
        phone: isMasked ? '' : (recipient?.phone ?? ''),
        region: recipient?.region ?? '',
        address: recipient?.address ?? '',
      }}
      onClose={onClose}
      onSubmit={(values) =>
        change.mutate(
          { params: { orderId: order.id }, body: { ...values, phone: parsePhone(values.phone) ?? values.phone } },
          {
            onSuccess: () => {
              toast(words('orders.mendedToast'));
              onClose();
            },
          },
        )
      }
    >
      <Field name="name" label={words('orders.name')}>
        <Input autoComplete="off" maxLength={50} />
      </Field>
      <Field name="phone" label={words('orders.phone')} {...(isMasked && { help: words('orders.phoneAgain') })}>
        <Input inputMode="tel" autoComplete="off" maxLength={20} />
      </Field>
      <Field name="region" label={words('orders.region')}>
        <Input autoComplete="off" maxLength={100} />
      </Field>
      <Field name="address" label={words('orders.address')}>
        <Input autoComplete="off" maxLength={200} />
      </Field>
    </FormDialog>
  );
}
