import { delivery } from '@tongshang/contract';
import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { parseTime } from '../../lib/business-time.ts';
import { useSend } from '../../lib/api.ts';
import { useName, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import type { DeliveryPlace } from './places-page.tsx';

type Terms = Omit<DeliveryPlace, 'location' | 'name' | 'nameEn'>;
type PlaceForm = Omit<Terms, 'pickupReadyMinutes' | 'pickupKeepDays'> &
  Partial<Pick<Terms, 'pickupReadyMinutes' | 'pickupKeepDays'>>;

interface PlaceDialogProps {
  place: DeliveryPlace;
  provinces: readonly { code: string; name: string }[];
  onClose: () => void;
}

const days = [1, 2, 3, 4, 5, 6, 7] as const;

/** How one location takes part in delivery and pick-up. */
export function PlaceDialog({ place, provinces, onClose }: PlaceDialogProps) {
  const words = useWords();
  const name = useName();
  const [form] = Form.useForm<PlaceForm>();
  const offersPickup = Form.useWatch('offersPickup', form);
  const save = useSend(delivery.savePlace, [delivery.listPlaces, delivery.quoteParcel]);
  return (
    <FormDialog<PlaceForm>
      form={form}
      title={words('shipping.placeTitle', { place: name(place) })}
      act={words('shipping.savePlace')}
      isOpen
      isBusy={save.isPending}
      error={save.error}
      initial={place}
      onClose={onClose}
      width={640}
      onSubmit={({ cutOff, weekdays, pickupReadyMinutes, pickupKeepDays, ...rest }) =>
        save.mutate(
          {
            params: { location: place.location },
            body: {
              ...rest,
              // not asked where nobody collects
              pickupReadyMinutes: pickupReadyMinutes ?? place.pickupReadyMinutes,
              pickupKeepDays: pickupKeepDays ?? place.pickupKeepDays,
              cutOff: parseTime(cutOff) ?? place.cutOff,
              weekdays: weekdays.toSorted((a, b) => a - b),
            },
          },
          {
            onSuccess: () => {
              toast(words('shipping.placeToast', { place: name(place) }));
              onClose();
            },
          },
        )
      }
    >
      <Form.Item name="ships" valuePropName="checked">
        <Checkbox>{words('shipping.shipsFrom')}</Checkbox>
      </Form.Item>
      <div className="field-pair">
        <Field
          name="cutOff"
          label={words('shipping.cutOff')}
          help={words('shipping.cutOffHelp')}
          rules={[
            {
              validator: (_, text: string | undefined) =>
                !text || parseTime(text) !== undefined
                  ? Promise.resolve()
                  : Promise.reject(new Error(words('shipping.timeWrong'))),
            },
          ]}
        >
          <Input maxLength={5} inputMode="numeric" autoComplete="off" />
        </Field>
        <Field name="province" label={words('shipping.province')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={provinces.map((one) => ({ value: one.code, label: one.name }))}
          />
        </Field>
      </div>
      <Field name="weekdays" label={words('shipping.weekdays')} isOptional>
        <Checkbox.Group options={days.map((value) => ({ value, label: words(`shipping.weekday.${value}`) }))} />
      </Field>
      <Field name="address" label={words('floor.address')} isOptional>
        <Input maxLength={200} />
      </Field>
      <Field name="phone" label={words('shipping.phone')} isOptional>
        <Input maxLength={30} inputMode="tel" />
      </Field>
      <Form.Item name="offersPickup" valuePropName="checked">
        <Checkbox>{words('shipping.offersPickup')}</Checkbox>
      </Form.Item>
      {offersPickup && (
        <>
          <div className="field-pair">
            <Field name="pickupReadyMinutes" label={words('shipping.readyMinutes')} help={words('shipping.readyHelp')}>
              <InputNumber min={0} max={10_080} precision={0} suffix={words('shipping.minutes')} />
            </Field>
            <Field name="pickupKeepDays" label={words('shipping.keepDays')} help={words('shipping.keepHelp')}>
              <InputNumber min={1} max={60} precision={0} suffix={words('shipping.daysUnit')} />
            </Field>
          </div>
          <Field name="openingHours" label={words('shipping.openingHours')} isOptional>
            <Input maxLength={100} />
          </Field>
        </>
      )}
    </FormDialog>
  );
}
