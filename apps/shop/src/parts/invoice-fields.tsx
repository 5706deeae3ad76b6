import { type InvoiceField, invoiceFields, type InvoiceForm, type InvoiceKind, kindsOf } from '../lib/invoice.ts';
import type { Troubles } from '../lib/recipient.ts';
import type { Word } from '../lib/say.ts';
import type { Site } from '../site.ts';
import { checkout as words } from '../words/checkout.ts';
import { described, Field } from './field.tsx';
import { troubleText } from './recipient-fields.tsx';

export const invoiceKindWords: Readonly<Record<InvoiceKind, Word>> = {
  none: words.invoiceNone,
  personal: words.invoicePersonal,
  company: words.invoiceCompany,
  special: words.invoiceSpecial,
};

const labels: Readonly<Record<InvoiceField, Word>> = {
  title: words.invoiceTitle,
  taxNumber: words.taxNumber,
  address: words.invoiceAddress,
  phone: words.invoicePhone,
  bank: words.invoiceBank,
  account: words.invoiceAccount,
  email: words.invoiceEmail,
};

interface InvoiceFieldsProps {
  site: Site;
  form: InvoiceForm;
  troubles: Troubles;
  kinds: readonly InvoiceKind[];
}

/** The kind decides which fields show, by style alone, so it works without a script. */
export function InvoiceFields({ site, form, troubles, kinds }: InvoiceFieldsProps) {
  return (
    <>
      <fieldset class="kinds">
        <legend>{site.say(words.invoiceKind)}</legend>
        {kinds.map((kind) => (
          <label key={kind} class="method">
            <input type="radio" name="invoice" value={kind} checked={form.kind === kind} /> {site.say(invoiceKindWords[kind])}
          </label>
        ))}
      </fieldset>
      {invoiceFields.map((field) => {
        const id = `invoice-${field}`;
        const trouble = troubleText(site, troubles, id);
        return (
          <div key={field} class={kindsOf[field].map((kind) => `for-${kind}`).join(' ')}>
            <Field id={id} label={site.say(labels[field])} trouble={trouble}>
              <input
                {...described(id, { trouble })}
                name={id}
                inputMode={field === 'email' ? 'email' : 'text'}
                value={form[field]}
                maxLength={200}
                autocomplete="off"
              />
            </Field>
          </div>
        );
      })}
    </>
  );
}
