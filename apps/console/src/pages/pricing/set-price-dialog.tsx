import { catalog, pricing } from '@tongshang/contract';
import { channels, parseMoney } from '@tongshang/ui';
import { Form, Input, InputNumber, Radio, Select } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { DayTime } from '../../parts/day-time.tsx';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field, fenOf, MoneyField } from '../../parts/form.tsx';
import { Facts } from '../../parts/object-page.tsx';
import { priceBody, type PriceForm } from './price-form.ts';
import { useCustomerGroups } from './price-place.ts';

interface Current {
  sku: string;
  amountFen: number | null;
  costFen: number;
  floorFen: number;
}

const refreshed = [pricing.listPrices, pricing.listCurrentPrices, pricing.listPriceChanges, catalog.getProduct];

/** A price from now or from a named time on, for everybody, a group or members, from a quantity on; the floor is told before it is broken. */
export function SetPriceDialog({ current, onClose }: { current: Current; onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const { money } = useFormat();
  const [form] = Form.useForm<PriceForm>();
  const set = useSend(pricing.setListPrice, refreshed);
  const typed = Form.useWatch('amount', form);
  const buyers = Form.useWatch('for', form) ?? 'everybody';
  const channel = Form.useWatch('channel', form);
  const fromQuantity = Form.useWatch('fromQuantity', form);
  const fen = typed ? parseMoney(typed) : undefined;
  const groups = useCustomerGroups();
  const submit = (values: PriceForm) =>
    set.mutate(
      { body: priceBody(current.sku, values) },
      {
        onSuccess: (price) => {
          toast(
            words(price.state === 'scheduled' ? 'prices.scheduledToast' : 'products.priceToast', {
              sku: current.sku,
              amount: money(fenOf(values.amount)),
            }),
          );
          onClose();
        },
      },
    );
  return (
    <FormDialog<PriceForm>
      form={form}
      title={words('products.priceOf', { sku: current.sku })}
      act={words('products.priceAct', { amount: fen === undefined ? '' : money(fen) })}
      isOpen
      isBusy={set.isPending}
      error={set.error}
      initial={{ for: 'everybody' }}
      width={600}
      onClose={onClose}
      onSubmit={submit}
    >
      <Facts
        facts={[
          [words('products.priceNow'), money(current.amountFen)],
          [words('prices.cost'), money(current.costFen)],
          [words('products.floor'), money(current.floorFen)],
        ]}
      />
      <Form.Item name="for" label={words('prices.for')} className="after-facts" required>
        <Radio.Group
          options={(['everybody', 'member', 'group'] as const).map((value) => ({ value, label: words(`prices.for.${value}`) }))}
          onChange={() => form.setFieldValue('group', undefined)}
        />
      </Form.Item>
      {buyers !== 'everybody' && (
        <Field
          name="group"
          label={words('prices.group')}
          isOptional={buyers === 'member'}
          {...(buyers === 'member' && { help: words('prices.groupHelp') })}
        >
          <Select
            allowClear
            placeholder={words('picker.choose')}
            options={groups
              .filter(({ kind }) => buyers === 'group' || kind === 'tier')
              .map(({ code, name, kind }) => ({ value: code, label: `${words(`prices.kind.${kind}`)} · ${name}` }))}
          />
        </Field>
      )}
      <div className="field-pair">
        <FloorField floorFen={current.floorFen} />
        <Field name="fromQuantity" label={words('prices.fromQuantity')} isOptional help={words('prices.fromQuantityHelp')}>
          <InputNumber min={1} max={10_000} precision={0} />
        </Field>
      </div>
      <Field name="channel" label={words('orders.channel')} isOptional help={words('products.channelHelp')}>
        <Select allowClear options={Object.keys(channels).map((value) => ({ value, label: term<string>(channels, value) }))} />
      </Field>
      <Window mayEnd={buyers !== 'everybody' || Boolean(channel) || (fromQuantity ?? 1) > 1} />
      <Field name="cause" label={words('form.reason')} isOptional>
        <Input maxLength={200} />
      </Field>
    </FormDialog>
  );
}

/** The amount; one below the floor is refused with what the floor is made of. */
function FloorField({ floorFen }: { floorFen: number }) {
  const words = useWords();
  const { money } = useFormat();
  return (
    <MoneyField
      name="amount"
      label={words('products.newPrice')}
      help={words('prices.floorHelp', { floor: money(floorFen) })}
      rules={[
        {
          validator: (_, text: string | undefined) => {
            const amount = text ? parseMoney(text) : undefined;
            if (amount === undefined || amount >= floorFen) return Promise.resolve();
            return Promise.reject(new Error(words('products.belowFloor', { amount: money(amount), floor: money(floorFen) })));
          },
        },
      ]}
    />
  );
}

/** From when until when; the list price for everybody never ends, else the SKU would have none. */
function Window({ mayEnd }: { mayEnd: boolean }) {
  const words = useWords();
  const readable = (_rule: unknown, value: string | null | undefined) =>
    value === '' ? Promise.reject(new Error(words('prices.dayTimeWrong'))) : Promise.resolve();
  return (
    <div className="field-pair">
      <Field
        name="validFrom"
        label={words('products.validFrom')}
        isOptional
        help={words('products.validFromHelp')}
        rules={[{ validator: readable }]}
      >
        <InstantField label={words('products.validFrom')} />
      </Field>
      {mayEnd && (
        <Field
          name="validTo"
          label={words('products.validTo')}
          isOptional
          help={words('prices.validToHelp')}
          rules={[{ validator: readable }]}
        >
          <InstantField label={words('products.validTo')} />
        </Field>
      )}
    </div>
  );
}

/** The form gives id, value and onChange. */
function InstantField({
  label,
  id = '',
  value = null,
  onChange,
}: {
  label: string;
  id?: string;
  value?: string | null;
  onChange?: (value: string | null) => void;
}) {
  return <DayTime id={id} label={label} value={value} onChange={(next) => onChange?.(next)} />;
}
