import { invoiceKinds } from '../lib/invoice.ts';
import { InvoiceFields, invoiceKindWords } from '../parts/invoice-fields.tsx';
import type { Site } from '../site.ts';
import { checkout as words } from '../words/checkout.ts';
import type { CheckoutView } from './checkout.tsx';

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
                  {data.title} · {site.say(invoiceKindWords[data.kind])}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <InvoiceFields site={site} form={invoice} troubles={troubles} kinds={invoiceKinds} />
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
