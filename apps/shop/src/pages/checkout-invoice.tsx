import { type InvoiceField, invoiceFields, type InvoiceKind, invoiceKinds, kindsOf } from '../lib/invoice.ts';
import type { Word } from '../lib/say.ts';
import { described, Field } from '../parts/field.tsx';
import { troubleText } from '../parts/recipient-fields.tsx';
import type { Site } from '../site.ts';
import { checkout as words } from '../words/checkout.ts';
import type { CheckoutView } from './checkout.tsx';

const kindWords: Readonly<Record<InvoiceKind, Word>> = {
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
};

/** Behind a link: the kind decides which fields show, by style alone, so it works without a script. */
export function InvoicePart({ site, view }: { site: Site; view: CheckoutView }) {
  const { form, troubles, invoices, isMember } = view;
  const { invoice } = form;
  return (
    <details class="invoice" open={invoice.kind !== 'none'}>
      <summary>{site.say(words.invoice)}</summary>
      {invoices.length > 0 && (
        <>
          <h3>{site.say(words.invoiceSaved)}</h3>
          <ul class="choices">
            {invoices.map(({ id, data }) => (
              <li key={id}>
                <button type="submit" class="quiet" name="do" value={`invoice:${id}`} formNoValidate>
                  {data.title} · {site.say(kindWords[data.kind])}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <fieldset class="kinds">
        <legend>{site.say(words.invoiceKind)}</legend>
        {invoiceKinds.map((kind) => (
          <label key={kind} class="method">
            <input type="radio" name="invoice" value={kind} checked={invoice.kind === kind} /> {site.say(kindWords[kind])}
          </label>
        ))}
      </fieldset>
      {invoiceFields.map((field) => {
        const id = `invoice-${field}`;
        const trouble = troubleText(site, troubles, id);
        return (
          <div key={field} class={kindsOf[field].map((kind) => `for-${kind}`).join(' ')}>
            <Field id={id} label={site.say(labels[field])} trouble={trouble}>
              <input {...described(id, { trouble })} name={id} value={invoice[field]} maxLength={200} autocomplete="off" />
            </Field>
          </div>
        );
      })}
      {isMember && (
        <div class="for-personal for-company for-special">
          <label class="tick">
            <input type="checkbox" name="keep-invoice" value="1" checked={form.keeps.invoice} /> {site.say(words.keepInvoice)}
          </label>
        </div>
      )}
    </details>
  );
}
