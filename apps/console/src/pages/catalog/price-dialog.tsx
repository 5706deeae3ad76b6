import { catalog, pricing, type ReplyOf } from '@tongshang/contract';
import { channels, parseMoney } from '@tongshang/ui';
import { DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field, fenOf, MoneyField } from '../../parts/form.tsx';
import { shanghaiInstant } from './shanghai-instant.ts';
import { Facts } from '../../parts/object-page.tsx';

interface PriceForm {
  amount: string;
  channel?: string;
  validFrom?: Dayjs | null;
  cause?: string;
}

/** A new price from now or from a named time on; the floor is said before anybody types under it. */
export function PriceDialog({
  current,
  onClose,
}: {
  current: ReplyOf<typeof pricing.listPrices>['current'];
  onClose: () => void;
}) {
  const words = useWords();
  const term = useTerm();
  const { money } = useFormat();
  const [form] = Form.useForm<PriceForm>();
  const set = useSend(pricing.setListPrice, [pricing.listPrices, pricing.listCurrentPrices, catalog.getProduct]);
  const typed = Form.useWatch('amount', form);
  const fen = typed ? parseMoney(typed) : undefined;
  return (
    <FormDialog<PriceForm>
      form={form}
      title={words('products.priceOf', { sku: current.sku })}
      act={words('products.priceAct', { amount: fen === undefined ? '' : money(fen) })}
      isOpen
      isBusy={set.isPending}
      error={set.error}
      initial={{}}
      onClose={onClose}
      onSubmit={({ amount, channel, validFrom, cause }) =>
        set.mutate(
          {
            body: {
              sku: current.sku,
              amountFen: fenOf(amount),
              ...(channel && { channel }),
              ...(validFrom && { validFrom: shanghaiInstant(validFrom) }),
              ...(cause && { cause }),
            },
          },
          {
            onSuccess: () => {
              toast(words('products.priceToast', { sku: current.sku, amount: money(fenOf(amount)) }));
              onClose();
            },
          },
        )
      }
    >
      <Facts
        facts={[
          [words('products.priceNow'), money(current.amountFen)],
          [words('products.cost'), money(current.costFen)],
          [words('products.floor'), money(current.floorFen)],
        ]}
      />
      <MoneyField
        name="amount"
        label={words('products.newPrice')}
        rules={[
          {
            validator: (_, text: string | undefined) => {
              const amount = text ? parseMoney(text) : undefined;
              if (amount === undefined || amount >= current.floorFen) return Promise.resolve();
              return Promise.reject(
                new Error(words('products.belowFloor', { amount: money(amount), floor: money(current.floorFen) })),
              );
            },
          },
        ]}
      />
      <Field name="channel" label={words('orders.channel')} isOptional help={words('products.channelHelp')}>
        <Select allowClear options={Object.keys(channels).map((value) => ({ value, label: term(channels, value) }))} />
      </Field>
      <Field name="validFrom" label={words('products.validFrom')} isOptional help={words('products.validFromHelp')}>
        <DatePicker
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          disabledDate={(day) => day.isBefore(dayjs(), 'day')}
        />
      </Field>
      <Field name="cause" label={words('form.reason')} isOptional>
        <Input maxLength={200} />
      </Field>
    </FormDialog>
  );
}
