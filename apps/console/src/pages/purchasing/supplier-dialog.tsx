import { purchasing } from '@tongshang/contract';
import { Form, Input, InputNumber } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import type { Supplier } from './suppliers-page.tsx';

/** Adds a supplier or changes name and lead time; the code stays what others call them by. */
export function SupplierDialog({ supplier, onClose }: { supplier: Supplier | undefined; onClose: () => void }) {
  const words = useWords();
  const [form] = Form.useForm<Supplier>();
  const put = useSend(purchasing.putSupplier, [purchasing.listSuppliers, purchasing.listSupplyTerms]);
  return (
    <FormDialog<Supplier>
      form={form}
      title={words(supplier ? 'suppliers.edit' : 'suppliers.add')}
      act={words('suppliers.saveSupplier')}
      isOpen
      isBusy={put.isPending}
      error={put.error}
      initial={supplier ?? { leadTimeDays: 7 }}
      onClose={onClose}
      onSubmit={({ code, name, leadTimeDays }) =>
        put.mutate(
          { params: { code: supplier?.code ?? code }, body: { name, leadTimeDays } },
          {
            onSuccess: (saved) => {
              toast(words('suppliers.savedToast', { name: saved.name }));
              onClose();
            },
          },
        )
      }
    >
      <Field
        name="code"
        label={words('suppliers.code')}
        help={words('suppliers.codeHelp')}
        rules={[{ pattern: /^[A-Za-z0-9_-]{1,32}$/, message: words('suppliers.codeWrong') }]}
      >
        <Input autoComplete="off" maxLength={32} disabled={supplier !== undefined} />
      </Field>
      <Field name="name" label={words('purchases.supplier')}>
        <Input autoComplete="off" maxLength={120} />
      </Field>
      <Field name="leadTimeDays" label={words('suppliers.lead')} help={words('suppliers.leadHelp')}>
        <InputNumber min={0} max={365} precision={0} suffix={words('suppliers.days')} />
      </Field>
    </FormDialog>
  );
}
