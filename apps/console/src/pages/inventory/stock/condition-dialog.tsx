import { inventory, type ReplyOf } from '@tongshang/contract';
import { conditions } from '@tongshang/ui';
import { Form, Input, InputNumber, Select } from 'antd';
import { useSend } from '../../../lib/api.ts';
import { useTerm, useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import { FormDialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/form.tsx';

type Items = ReplyOf<typeof inventory.getStockBreakdown>['items'];
type Condition = (typeof inventory.conditions)[number];

interface ConditionForm {
  location: string;
  from: Condition | 'sellable';
  to: Condition | 'sellable';
  quantity: number;
  lot?: string;
  reason: string;
}

/** What a person may set apart by hand; recalls, expiry and safety stock have their own pages and rules. */
const byHand = ['sellable', 'damaged', 'inspection'] as const;

/** Sets units apart as damaged or in inspection, or puts them back on the shelf. */
export function ConditionDialog({ sku, items, onClose }: { sku: string; items: Items; onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const [form] = Form.useForm<ConditionForm>();
  const move = useSend(inventory.moveCondition, [
    inventory.getStockBreakdown,
    inventory.listConditionMoves,
    inventory.listMovements,
    inventory.listStock,
  ]);
  const options = byHand.map((value) => ({ value, label: term(conditions, value) }));
  return (
    <FormDialog<ConditionForm>
      form={form}
      title={words('stock.conditionTitle', { sku })}
      act={words('stock.conditionAct')}
      isOpen
      isBusy={move.isPending}
      error={move.error}
      initial={{ from: 'sellable', to: 'damaged', quantity: 1, ...(items[0] && { location: items[0].location }) }}
      onClose={onClose}
      onSubmit={({ lot, ...body }) =>
        move.mutate(
          { body: { sku, ...body, ...(lot?.trim() && { lot: lot.trim() }) } },
          {
            onSuccess: () => {
              toast(words('stock.conditionToast', { units: body.quantity, to: term(conditions, body.to) }));
              onClose();
            },
          },
        )
      }
    >
      <Field name="location" label={words('stock.location')}>
        <Select
          options={items.map((one) => ({
            value: one.location,
            label: words('stock.levelOption', { location: one.location, onHand: one.onHand }),
          }))}
        />
      </Field>
      <div className="field-pair">
        <Field name="from" label={words('stock.fromCondition')}>
          <Select options={options} />
        </Field>
        <Field
          name="to"
          label={words('stock.toCondition')}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, to: string | undefined) =>
                !to || to !== getFieldValue('from') ? Promise.resolve() : Promise.reject(new Error(words('stock.sameCondition'))),
            }),
          ]}
        >
          <Select options={options} />
        </Field>
      </div>
      <Field name="quantity" label={words('stock.units')}>
        <InputNumber min={1} max={1_000_000} precision={0} />
      </Field>
      <Field name="lot" label={words('stock.lot')} isOptional>
        <Input maxLength={64} autoComplete="off" />
      </Field>
      <Field name="reason" label={words('form.reason')}>
        <Input maxLength={500} />
      </Field>
    </FormDialog>
  );
}
