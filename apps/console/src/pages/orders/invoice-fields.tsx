import { orders } from '@tongshang/contract';
import { Form, Input, Select } from 'antd';
import { useWords } from '../../lib/language.ts';
import { Field } from '../../parts/form.tsx';

type Kind = (typeof orders.invoiceKinds)[number];

export interface InvoiceForm {
  kind?: Kind | 'none';
  title?: string;
  taxNumber?: string;
  address?: string;
  phone?: string;
  bank?: string;
  account?: string;
}

/** What the invoice shall say: nothing, a person or a company (普通发票), or a company with all its particulars (专用发票). */
export function InvoiceFields() {
  const words = useWords();
  const form = Form.useFormInstance();
  const kind = (Form.useWatch(['invoice', 'kind'], form) as InvoiceForm['kind']) ?? 'none';
  const text = (name: keyof InvoiceForm, label: string, least: number, most: number) => (
    <Field name={['invoice', name]} label={label} rules={[{ min: least, message: words('newOrder.tooShort', { least }) }]}>
      <Input autoComplete="off" maxLength={most} />
    </Field>
  );
  return (
    <>
      <Form.Item name={['invoice', 'kind']} label={words('invoice.kind')} initialValue="none">
        <Select
          className="wide-choice"
          options={(['none', ...orders.invoiceKinds] as const).map((one) => ({
            value: one,
            label: words(`invoice.kind.${one}`),
          }))}
        />
      </Form.Item>
      {kind !== 'none' && (
        <div className="field-pair">
          {text('title', words('invoice.heading'), kind === 'personal' ? 1 : 2, 100)}
          {kind !== 'personal' && text('taxNumber', words('invoice.taxNumber'), 15, 20)}
          {kind === 'special' && text('address', words('invoice.address'), 4, 200)}
          {kind === 'special' && text('phone', words('invoice.phone'), 5, 30)}
          {kind === 'special' && text('bank', words('invoice.bank'), 2, 100)}
          {kind === 'special' && text('account', words('invoice.account'), 6, 40)}
        </div>
      )}
    </>
  );
}

/** The invoice as the contract wants it; undefined when none is wanted. The form has checked that nothing is missing. */
export function invoiceOf(form: InvoiceForm | undefined) {
  const { kind = 'none', title = '', taxNumber = '', address = '', phone = '', bank = '', account = '' } = form ?? {};
  switch (kind) {
    case 'none':
      return undefined;
    case 'personal':
      return { kind, title };
    case 'company':
      return { kind, title, taxNumber };
    case 'special':
      return { kind, title, taxNumber, address, phone, bank, account };
  }
}
