import { inventory, type ReplyOf } from '@tongshang/contract';
import { adjustReasons, parseCount } from '@tongshang/ui';
import { Form, Input, Select } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';

type Level = ReplyOf<typeof inventory.listStock>['items'][number];
interface AdjustForm {
  location: string;
  change: string;
  reason: keyof typeof adjustReasons;
  note?: string;
}

/** Corrects a balance by a difference, with a reason; says what it will be before anybody presses. */
export function AdjustDialog({ sku, levels, onClose }: { sku: string; levels: readonly Level[]; onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const { count } = useFormat();
  const [form] = Form.useForm<AdjustForm>();
  const adjust = useSend(inventory.adjustStock, [
    inventory.listStock,
    inventory.listMovements,
    inventory.listLots,
    inventory.getStockBreakdown,
    inventory.listCorrections,
  ]);
  const [location, typed] = [Form.useWatch('location', form), Form.useWatch('change', form)];
  const level = levels.find((one) => one.location === location);
  const change = typed ? parseCount(typed) : undefined;
  return (
    <FormDialog<AdjustForm>
      form={form}
      title={words('stock.adjustTitle', { sku })}
      act={words('stock.adjustAct')}
      isOpen
      isBusy={adjust.isPending}
      error={adjust.error}
      initial={{ ...(levels[0] && { location: levels[0].location }) }}
      onClose={onClose}
      onSubmit={({ change: text, note, ...rest }) =>
        adjust.mutate(
          { body: { sku, ...rest, change: parseCount(text) ?? 0, ...(note && { note }) } },
          {
            onSuccess: (after) => {
              const { correction } = after;
              if (correction.state === 'waiting')
                toast(words('stock.adjustWaitsToast', { number: correction.number }), {
                  to: `/supply/stock/adjustments/${correction.id}`,
                  text: correction.number,
                });
              else toast(words('stock.adjustedToast', { sku, onHand: count(after.onHand) }));
              onClose();
            },
          },
        )
      }
    >
      <Field name="location" label={words('stock.location')}>
        <Select
          options={levels.map((one) => ({
            value: one.location,
            label: words('stock.levelOption', { location: one.location, onHand: one.onHand }),
          }))}
        />
      </Field>
      <Field
        name="change"
        label={words('stock.change')}
        help={
          level && change !== undefined
            ? words('stock.willBe', { before: count(level.onHand), after: count(level.onHand + change) })
            : words('stock.changeHelp')
        }
        rules={[
          {
            validator: (_, text: string | undefined) =>
              !text || (parseCount(text) ?? 0) !== 0 ? Promise.resolve() : Promise.reject(new Error(words('stock.changeWrong'))),
          },
        ]}
      >
        <Input inputMode="numeric" autoComplete="off" />
      </Field>
      <Field name="reason" label={words('form.reason')}>
        <Select options={Object.keys(adjustReasons).map((value) => ({ value, label: term(adjustReasons, value) }))} />
      </Field>
      <Field name="note" label={words('stock.note')} isOptional>
        <Input maxLength={500} />
      </Field>
    </FormDialog>
  );
}
