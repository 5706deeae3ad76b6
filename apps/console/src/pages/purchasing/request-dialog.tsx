import { useQuery } from '@tanstack/react-query';
import { inventory, purchasing, type ReplyOf } from '@tongshang/contract';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useNavigate } from 'react-router';
import { q, useSend } from '../../lib/api.ts';
import { useName, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';

interface RequestForm {
  supplier: string;
  location: string;
  lines: { sku: string; quantity: number }[];
  note?: string;
}

/** Asks a supplier for goods, by the terms that are agreed. */
export function RequestDialog({
  suppliers,
  onClose,
}: {
  suppliers: ReplyOf<typeof purchasing.listSuppliers>['items'];
  onClose: () => void;
}) {
  const words = useWords();
  const name = useName();
  const navigate = useNavigate();
  const [form] = Form.useForm<RequestForm>();
  const supplier = Form.useWatch('supplier', form);
  const places = useQuery(q(inventory.listLocations));
  const terms = useQuery({
    ...q(purchasing.listSupplyTerms, { query: { supplier: supplier ?? '', limit: 200 } }),
    enabled: Boolean(supplier),
  });
  const request = useSend(purchasing.requestPurchase, [purchasing.listPurchases]);
  return (
    <FormDialog<RequestForm>
      form={form}
      title={words('purchases.request')}
      act={words('purchases.requestAct')}
      isOpen
      isBusy={request.isPending}
      error={request.error ?? places.error ?? terms.error}
      initial={{ location: 'WH1', lines: [{ sku: '', quantity: 1 }] }}
      onClose={onClose}
      width={640}
      onSubmit={({ note, ...body }) =>
        request.mutate(
          { body: { ...body, ...(note && { note }) } },
          {
            onSuccess: (reply) => {
              toast(words('purchases.requestedToast', { number: reply.number }));
              void navigate(`/supply/purchases/${reply.id}`);
            },
          },
        )
      }
    >
      <Field name="supplier" label={words('purchases.supplier')}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={suppliers.map((one) => ({ value: one.code, label: one.name }))}
        />
      </Field>
      <Field name="location" label={words('purchases.location')}>
        <Select options={places.data?.items.map((one) => ({ value: one.code, label: name(one) })) ?? []} />
      </Field>
      <Form.List name="lines">
        {(fields, { add, remove }) => (
          <fieldset className="plain-set">
            <legend>{words('purchases.lines')}</legend>
            {fields.map(({ key, name: index }) => (
              <div key={key} className="row line-fields">
                <Field name={[index, 'sku']} label="SKU">
                  <Select
                    showSearch={{ optionFilterProp: 'label' }}
                    disabled={!supplier}
                    placeholder={words('purchases.supplierFirst')}
                    options={terms.data?.items.map((term) => ({ value: term.sku, label: `${term.sku} ${term.name}` })) ?? []}
                  />
                </Field>
                <Field name={[index, 'quantity']} label={words('purchases.quantity')}>
                  <InputNumber min={1} max={1_000_000} precision={0} />
                </Field>
                {fields.length > 1 && (
                  <Button type="link" onClick={() => remove(index)}>
                    {words('purchases.removeLine')}
                  </Button>
                )}
              </div>
            ))}
            <Button onClick={() => add({ sku: '', quantity: 1 })}>{words('purchases.addLine')}</Button>
          </fieldset>
        )}
      </Form.List>
      <Field name="note" label={words('purchases.note')} isOptional>
        <Input maxLength={500} />
      </Field>
    </FormDialog>
  );
}
