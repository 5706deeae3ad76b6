import { lots } from '@tongshang/contract';
import { Form, InputNumber, Select } from 'antd';
import { useSend } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import { DayField, dayIn } from '../../../parts/day-field.tsx';
import { FormDialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/form.tsx';
import { usePlaceOptions } from '../../../parts/place-choice.tsx';
import { StockSkuSelect } from '../../../parts/stock-sku-select.tsx';
import type { SaleAhead } from './ahead-page.tsx';

interface AheadForm {
  location: string;
  sku: string;
  fromDay: string;
  unitsMax: number;
}

/** Lets units be sold ahead from a day on, or changes how many; SKU, place and day of an open one stay. */
export function AheadDialog({ sale, onClose }: { sale: SaleAhead | undefined; onClose: () => void }) {
  const words = useWords();
  const { count, today } = useFormat();
  const places = usePlaceOptions();
  const [form] = Form.useForm<AheadForm>();
  const location = Form.useWatch('location', form);
  const save = useSend(lots.setSaleAhead, [lots.listSalesAhead, lots.listAvailability]);
  const submit = (values: AheadForm) => {
    const of = sale ?? { sku: values.sku, location: values.location, fromDay: dayIn(values.fromDay) };
    save.mutate(
      { body: { sku: of.sku, location: of.location, fromDay: of.fromDay, unitsMax: values.unitsMax } },
      {
        onSuccess: (row) => {
          toast(words('ahead.savedToast', { sku: row.sku, units: count(row.unitsMax), day: row.fromDay }));
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog<AheadForm>
      form={form}
      title={
        sale ? words('ahead.changeTitle', { sku: sale.sku, location: sale.location, day: sale.fromDay }) : words('ahead.add')
      }
      act={words('ahead.save')}
      isOpen
      isBusy={save.isPending}
      error={save.error}
      initial={sale ? { unitsMax: sale.unitsMax } : {}}
      onClose={onClose}
      onSubmit={submit}
    >
      <p className="dialog-text">
        {sale ? words('ahead.changeText', { promised: count(sale.promised) }) : words('ahead.addText')}
      </p>
      {sale === undefined && (
        <>
          <Field name="location" label={words('stock.location')}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={places} />
          </Field>
          <Field name="sku" label={words('stock.sku')}>
            <StockSkuSelect location={location} />
          </Field>
          <DayField name="fromDay" label={words('ahead.fromDay')} help={words('ahead.fromDayHelp', { today: today() })} />
        </>
      )}
      <Field
        name="unitsMax"
        label={words('ahead.unitsMax')}
        help={words('ahead.unitsMaxHelp')}
        rules={[
          {
            validator: (_, units: number | null) =>
              sale !== undefined && units !== null && units < sale.promised
                ? Promise.reject(new Error(words('ahead.belowPromised', { promised: count(sale.promised) })))
                : Promise.resolve(),
          },
        ]}
      >
        <InputNumber min={1} max={1_000_000} precision={0} />
      </Field>
    </FormDialog>
  );
}
