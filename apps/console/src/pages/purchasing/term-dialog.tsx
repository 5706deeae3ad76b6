import { purchasing } from '@tongshang/contract';
import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field, fenOf, MoneyField } from '../../parts/form.tsx';
import type { Supplier, Term } from './suppliers-page.tsx';

interface TermForm {
  sku: string;
  supplier: string;
  cost: string;
  minimumQuantity: number;
  packSize: number;
  leadTimeDays?: number | null;
  isPreferred: boolean;
}

interface TermDialogProps {
  term: Term | undefined;
  suppliers: readonly Supplier[];
  /** The supplier whose terms are looked at. */
  supplier: string | undefined;
  onClose: () => void;
}

/** Agrees terms for a SKU with a supplier, or changes them. */
export function TermDialog({ term, suppliers, supplier, onClose }: TermDialogProps) {
  const words = useWords();
  const [form] = Form.useForm<TermForm>();
  const put = useSend(purchasing.putSupplyTerm, [purchasing.listSupplyTerms]);
  const submit = ({ sku, supplier: from, cost, leadTimeDays, ...body }: TermForm) =>
    put.mutate(
      {
        params: { sku: sku.trim(), supplier: from },
        body: { ...body, unitCostFen: fenOf(cost), leadTimeDays: leadTimeDays ?? null },
      },
      {
        onSuccess: (saved) => {
          toast(words('suppliers.termToast', { sku: saved.sku, name: saved.supplierName }));
          onClose();
        },
      },
    );
  return (
    <FormDialog<TermForm>
      form={form}
      title={term ? words('suppliers.termOf', { sku: term.sku, name: term.supplierName }) : words('suppliers.addTerm')}
      act={words('suppliers.saveTerm')}
      isOpen
      isBusy={put.isPending}
      error={put.error}
      initial={
        term
          ? { ...term, cost: (term.unitCostFen / 100).toFixed(2) }
          : { ...(supplier && { supplier }), minimumQuantity: 1, packSize: 1, isPreferred: true }
      }
      onClose={onClose}
      onSubmit={submit}
    >
      {!term && (
        <div className="field-pair">
          <Field name="sku" label={words('stock.sku')}>
            <Input autoComplete="off" maxLength={64} />
          </Field>
          <Field name="supplier" label={words('purchases.supplier')}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={suppliers.map((one) => ({ value: one.code, label: one.name }))}
            />
          </Field>
        </div>
      )}
      {term && (
        <>
          <Form.Item name="sku" hidden required>
            <Input />
          </Form.Item>
          <Form.Item name="supplier" hidden required>
            <Input />
          </Form.Item>
        </>
      )}
      <div className="field-pair">
        <MoneyField name="cost" label={words('purchases.unitCost')} help={words('suppliers.costHelp')} />
        <Field name="leadTimeDays" label={words('suppliers.lead')} isOptional help={words('suppliers.termLeadHelp')}>
          <InputNumber min={0} max={365} precision={0} suffix={words('suppliers.days')} />
        </Field>
        <Field name="minimumQuantity" label={words('suppliers.minimum')}>
          <InputNumber min={1} max={1_000_000} precision={0} />
        </Field>
        <Field name="packSize" label={words('suppliers.pack')} help={words('suppliers.packHelp')}>
          <InputNumber min={1} max={100_000} precision={0} />
        </Field>
      </div>
      <Form.Item name="isPreferred" valuePropName="checked" required>
        <Checkbox>{words('suppliers.prefer')}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
