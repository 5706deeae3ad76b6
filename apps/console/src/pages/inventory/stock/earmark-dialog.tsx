import { type BodyOf, lots } from '@tongshang/contract';
import { channels, earmarkKinds } from '@tongshang/ui';
import { Form, Input, InputNumber, Radio, Select } from 'antd';
import { useSend } from '../../../lib/api.ts';
import { useTerm, useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import { DayTime } from '../../../parts/day-time.tsx';
import { FormDialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/form.tsx';
import { usePlaceOptions } from '../../../parts/place-choice.tsx';
import { StockSkuSelect } from '../../../parts/stock-sku-select.tsx';

interface EarmarkForm {
  kind: (typeof lots.earmarkKinds)[number];
  location: string;
  sku: string;
  channel: string;
  campaign?: string;
  units: number;
  startsAt?: string | null;
  endsAt: string;
}

/** Sets units aside for a channel, or limits what it may take, until an end that is always named. */
export function EarmarkDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const places = usePlaceOptions();
  const [form] = Form.useForm<EarmarkForm>();
  const [kind, location] = [Form.useWatch('kind', form), Form.useWatch('location', form)];
  const open = useSend(lots.openEarmark, [lots.listEarmarks, lots.listAvailability]);
  const bodyOf = ({ startsAt, campaign, ...rest }: EarmarkForm): BodyOf<typeof lots.openEarmark> => ({
    ...rest,
    ...(campaign && { campaign }),
    ...(startsAt && { startsAt }),
  });
  return (
    <FormDialog<EarmarkForm>
      form={form}
      title={words('earmarks.add')}
      act={words('earmarks.addAct')}
      isOpen
      isBusy={open.isPending}
      error={open.error}
      initial={{ kind: 'earmark', channel: 'shop' }}
      onClose={onClose}
      width={560}
      onSubmit={(values) =>
        open.mutate(
          { body: bodyOf(values) },
          {
            onSuccess: (reply) => {
              toast(words('earmarks.addedToast', { sku: reply.sku, units: reply.units }));
              onClose();
            },
          },
        )
      }
    >
      <Field name="kind" label={words('earmarks.kind')} help={kind && words(`earmarks.kindText.${kind}`)}>
        <Radio.Group options={lots.earmarkKinds.map((value) => ({ value, label: term(earmarkKinds, value) }))} />
      </Field>
      <Field name="location" label={words('stock.location')}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={places} />
      </Field>
      <Field name="sku" label={words('stock.sku')}>
        <StockSkuSelect location={location} />
      </Field>
      <div className="field-pair">
        <Field name="channel" label={words('earmarks.channel')}>
          <Select options={Object.keys(channels).map((value) => ({ value, label: term(channels, value) }))} />
        </Field>
        <Field name="units" label={words('earmarks.units')}>
          <InputNumber min={1} max={1_000_000} precision={0} />
        </Field>
      </div>
      <Field name="campaign" label={words('earmarks.campaign')} isOptional help={words('earmarks.campaignHelp')}>
        <Input maxLength={100} />
      </Field>
      <Field name="startsAt" label={words('earmarks.startsAt')} isOptional help={words('earmarks.startsHelp')}>
        <InstantField label={words('earmarks.startsAt')} />
      </Field>
      <Field name="endsAt" label={words('earmarks.endsAt')}>
        <InstantField label={words('earmarks.endsAt')} />
      </Field>
    </FormDialog>
  );
}

interface InstantFieldProps {
  label: string;
  id?: string;
  value?: string | null;
  onChange?: (value: string | null) => void;
}

/** A control of antd's form for an instant: the form gives id, value and onChange. */
function InstantField({ label, id = '', value = null, onChange }: InstantFieldProps) {
  return <DayTime id={id} label={label} value={value} onChange={(next) => onChange?.(next)} />;
}
