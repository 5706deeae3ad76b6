import { type InvoiceForm, invoiceKinds } from '../lib/invoice.ts';
import type { Troubles } from '../lib/recipient.ts';
import { accountUrl, invoicesUrl } from '../lib/urls.ts';
import { TroubleSummary } from '../parts/field.tsx';
import { InvoiceFields } from '../parts/invoice-fields.tsx';
import { Layout } from '../parts/layout.tsx';
import { Notice, type NoticeView } from '../parts/notice.tsx';
import { troubleText } from '../parts/recipient-fields.tsx';
import type { Site } from '../site.ts';
import type { Category } from '../views.ts';
import { checkout } from '../words/checkout.ts';
import { common } from '../words/common.ts';
import { account as words } from '../words/orders.ts';

export interface InvoiceView {
  categories: readonly Category[];
  /** The title that is changed; a new one without. */
  id?: string | undefined;
  form: InvoiceForm;
  troubles: Troubles;
  isDefault: boolean;
  key: string;
  notice?: NoticeView | undefined;
}

const kinds = invoiceKinds.filter((kind) => kind !== 'none');

/** What stands on a member's invoices, new or to be changed. */
export function InvoicePage({ site, view }: { site: Site; view: InvoiceView }) {
  const wrong = Object.keys(view.troubles).map((id) => ({ id, text: troubleText(site, view.troubles, id) ?? '' }));
  const title = site.say(view.id === undefined ? words.addInvoice : words.editInvoice);
  const action = site.href(view.id === undefined ? invoicesUrl : `${invoicesUrl}/${view.id}`);
  return (
    <Layout
      site={site}
      kind="invoice"
      categories={view.categories}
      head={{ title: wrong.length > 0 ? site.say(common.errorTitle, { page: title }) : title }}
    >
      <div class="narrow">
        <h1>{title}</h1>
        {view.notice && <Notice notice={view.notice} />}
        <TroubleSummary title={site.say(checkout.errorSummary)} troubles={wrong} />
        <form method="post" action={action} class="panel invoice" noValidate data-once>
          <input type="hidden" name="key" value={view.key} />
          <InvoiceFields site={site} form={view.form} troubles={view.troubles} kinds={kinds} />
          <p>
            <label class="tick">
              <input type="checkbox" name="default" value="1" checked={view.isDefault} /> {site.say(words.makeDefaultInvoice)}
            </label>
          </p>
          <button type="submit" class="button">
            {site.say(words.saveInvoice)}
          </button>{' '}
          <a href={site.href(accountUrl)}>{site.say(common.back)}</a>
        </form>
      </div>
    </Layout>
  );
}
