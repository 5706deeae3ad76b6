import { transfers } from '@tongshang/contract';
import { addDays } from '@tongshang/ui';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useNavigate } from 'react-router';
import { useSend } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useWords } from '../../../lib/language.ts';
import { useSession } from '../../../lib/session.ts';
import { toast } from '../../../lib/toast.ts';
import { DayField, dayIn } from '../../../parts/day-field.tsx';
import { FormDialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/form.tsx';
import { usePlaceOptions } from '../../../parts/place-choice.tsx';
import { StockSkuSelect } from '../../../parts/stock-sku-select.tsx';

interface RequestForm {
  from: string;
  to: string;
  expectedOn: string;
  lines: { sku: string; quantity: number }[];
  note?: string;
}

/** Asks for units to be brought from one place to another; nothing moves before it is sent. */
export function RequestDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const navigate = useNavigate();
  const { today } = useFormat();
  const { location } = useSession();
  const places = usePlaceOptions();
  const [form] = Form.useForm<RequestForm>();
  const from = Form.useWatch('from', form);
  const request = useSend(transfers.requestTransfer, [transfers.listTransfers, transfers.listIncoming]);
  return (
    <FormDialog<RequestForm>
      form={form}
      title={words('transfers.request')}
      act={words('transfers.requestAct')}
      isOpen
      isBusy={request.isPending}
      error={request.error}
      initial={{ expectedOn: addDays(today(), 2), lines: [{ sku: '', quantity: 1 }], ...(location !== null && { to: location }) }}
      onClose={onClose}
      width={640}
      onSubmit={({ note, expectedOn, ...body }) =>
        request.mutate(
          { body: { ...body, expectedOn: dayIn(expectedOn), ...(note && { note }) } },
          {
            onSuccess: (reply) => {
              toast(words('transfers.requestedToast', { number: reply.number }));
              void navigate(`/supply/transfers/${reply.id}`);
            },
          },
        )
      }
    >
      <div className="field-pair">
        <Field name="from" label={words('transfers.from')}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={places} />
        </Field>
        <Field
          name="to"
          label={words('transfers.to')}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, to: string | undefined) =>
                !to || to !== getFieldValue('from') ? Promise.resolve() : Promise.reject(new Error(words('transfers.sameWrong'))),
            }),
          ]}
        >
          <Select showSearch={{ optionFilterProp: 'label' }} options={places} />
        </Field>
      </div>
      <DayField name="expectedOn" label={words('transfers.expectedOn')} help={words('transfers.expectedHelp')} />
      <Form.List name="lines">
        {(fields, { add, remove }) => (
          <fieldset className="plain-set">
            <legend>{words('transfers.lines')}</legend>
            {fields.map(({ key, name: index }) => (
              <div key={key} className="row line-fields">
                <Field name={[index, 'sku']} label={words('transfers.item')}>
                  <StockSkuSelect location={from} />
                </Field>
                <Field name={[index, 'quantity']} label={words('transfers.quantity')}>
                  <InputNumber min={1} max={1_000_000} precision={0} />
                </Field>
                {fields.length > 1 && (
                  <Button type="link" onClick={() => remove(index)}>
                    {words('transfers.removeLine')}
                  </Button>
                )}
              </div>
            ))}
            <Button onClick={() => add({ sku: '', quantity: 1 })}>{words('transfers.addLine')}</Button>
          </fieldset>
        )}
      </Form.List>
      <Field name="note" label={words('transfers.note')} isOptional>
        <Input maxLength={500} />
      </Field>
    </FormDialog>
  );
}
