import type { Places } from '../lib/divisions.ts';
import type { RecipientForm, Troubles } from '../lib/recipient.ts';
import { accountUrl, addressesUrl } from '../lib/urls.ts';
import { TroubleSummary } from '../parts/field.tsx';
import { Layout } from '../parts/layout.tsx';
import { Notice, type NoticeView } from '../parts/notice.tsx';
import { PasteAddress, RecipientFields, troubleText } from '../parts/recipient-fields.tsx';
import type { Site } from '../site.ts';
import type { Category } from '../views.ts';
import { checkout } from '../words/checkout.ts';
import { common } from '../words/common.ts';
import { account as words } from '../words/orders.ts';

export interface AddressView {
  categories: readonly Category[];
  /** The address that is changed; a new one without. */
  id?: string | undefined;
  form: RecipientForm;
  places: Places;
  troubles: Troubles;
  whole: string;
  isDefault: boolean;
  key: string;
  notice?: NoticeView | undefined;
}

/** An address of a member, new or to be changed. */
export function AddressPage({ site, view }: { site: Site; view: AddressView }) {
  const wrong = Object.keys(view.troubles).map((id) => ({ id, text: troubleText(site, view.troubles, id) ?? '' }));
  const title = site.say(view.id === undefined ? words.addAddress : words.editAddress);
  const action = site.href(view.id === undefined ? addressesUrl : `${addressesUrl}/${view.id}`);
  return (
    <Layout
      site={site}
      kind="address"
      categories={view.categories}
      head={{ title: wrong.length > 0 ? site.say(common.errorTitle, { page: title }) : title }}
    >
      <div class="narrow">
        <h1>{title}</h1>
        {view.notice && <Notice notice={view.notice} />}
        <TroubleSummary title={site.say(checkout.errorSummary)} troubles={wrong} />
        <form method="post" action={action} class="panel" noValidate data-once>
          <input type="hidden" name="key" value={view.key} />
          {/* the first button of a form is the one that Enter presses */}
          <button type="submit" class="sr" tabIndex={-1} aria-hidden="true" />
          <PasteAddress site={site} text={view.whole} />
          <RecipientFields site={site} form={view.form} places={view.places} troubles={view.troubles} />
          <p>
            <label class="tick">
              <input type="checkbox" name="default" value="1" checked={view.isDefault} /> {site.say(words.makeDefault)}
            </label>
          </p>
          <button type="submit" class="button">
            {site.say(words.saveAddress)}
          </button>{' '}
          <a href={site.href(accountUrl)}>{site.say(common.back)}</a>
        </form>
      </div>
    </Layout>
  );
}
