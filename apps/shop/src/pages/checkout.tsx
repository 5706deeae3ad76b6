import { formatMoney } from '@tongshang/ui/format/money';
import { langOf } from '../lib/language.ts';
import { type RecipientForm, recipientFields, type Troubles } from '../lib/recipient.ts';
import { cartUrl, checkoutUrl, policyUrl, signInUrl } from '../lib/urls.ts';
import { Amounts } from '../parts/amounts.tsx';
import { described, Field, TroubleSummary } from '../parts/field.tsx';
import { Layout } from '../parts/layout.tsx';
import { Notice, type NoticeView } from '../parts/notice.tsx';
import { PasteAddress, RecipientFields, troubleText } from '../parts/recipient-fields.tsx';
import { Thumb } from '../parts/thumb.tsx';
import type { Site } from '../site.ts';
import type { Address, Cart, Category } from '../views.ts';
import { cart as cartWords, checkout as words } from '../words/cart.ts';
import { common } from '../words/common.ts';
import { policies } from '../words/policies.ts';

export interface CheckoutView {
  categories: readonly Category[];
  cart: Cart;
  form: RecipientForm;
  troubles: Troubles;
  notice?: NoticeView | undefined;
  whole: string;
  addresses: readonly Address[];
  isMember: boolean;
  /** One intent to buy: however often it is pressed, it is one order. */
  key: string;
}

export function CheckoutPage({ site, view }: { site: Site; view: CheckoutView }) {
  const { cart, form, troubles } = view;
  const wrong = recipientFields.flatMap((field) => {
    const text = troubleText(site, troubles, field);
    return text === undefined ? [] : [{ id: field, text }];
  });
  const title = site.say(words.title);
  return (
    <Layout
      site={site}
      kind="checkout"
      categories={[]}
      head={{ title: wrong.length > 0 ? site.say(common.errorTitle, { page: title }) : title }}
      events={
        wrong.length > 0
          ? []
          : [{ name: 'Checkout Started', properties: { value: cart.totalFen / 100, currency: cart.currency, units: cart.units } }]
      }
    >
      <h1>{title}</h1>
      {view.notice && <Notice notice={view.notice} />}
      <TroubleSummary title={site.say(words.errorSummary)} troubles={wrong} />
      <form method="post" action={site.href(checkoutUrl)} class="two-columns" noValidate data-once>
        <input type="hidden" name="key" value={view.key} />
        <input type="hidden" name="version" value={String(cart.version)} />
        <input type="hidden" name="total" value={String(cart.totalFen)} />
        <div>
          <Delivery site={site} view={view} />
          <section aria-labelledby="payment" class="panel">
            <h2 id="payment">{site.say(words.payment)}</h2>
            <label class="method">
              <input type="radio" name="method" value="sandbox" checked />
              <span>
                {site.say(words.paySandbox)}
                <small>{site.say(words.paySandboxText)}</small>
              </span>
            </label>
          </section>
        </div>
        <OrderSummary site={site} cart={cart} />
      </form>
      <SavedAddresses site={site} view={view} form={form} />
    </Layout>
  );
}

function Delivery({ site, view }: { site: Site; view: CheckoutView }) {
  const { form, troubles } = view;
  const noteTrouble = troubleText(site, troubles, 'note');
  return (
    <section aria-labelledby="recipient" class="panel">
      <h2 id="recipient">{site.say(words.recipient)}</h2>
      {!view.isMember && (
        <p class="note">
          <a href={site.href(`${signInUrl}?next=checkout`)}>{site.say(words.member)}</a>
        </p>
      )}
      {/* the first button of a form is the one that Enter presses: it must be the one that pays */}
      <button type="submit" class="sr" tabIndex={-1} aria-hidden="true" />
      <PasteAddress site={site} text={view.whole} action={site.href(checkoutUrl)} />
      <RecipientFields site={site} form={form} troubles={troubles} />
      <p class="note">
        {site.say(words.delivery)}: {site.say(words.deliveryText)}
      </p>
      <details open={form.note !== ''}>
        <summary>{site.say(words.addNote)}</summary>
        <Field id="note" label={site.say(words.note)} trouble={noteTrouble}>
          <textarea {...described('note', { trouble: noteTrouble })} name="note" rows={2} maxLength={220} value={form.note} />
        </Field>
      </details>
    </section>
  );
}

function OrderSummary({ site, cart }: { site: Site; cart: Cart }) {
  return (
    <section class="summary" aria-labelledby="summary">
      <h2 id="summary">{site.say(words.yourOrder)}</h2>
      <ul class="mini-lines">
        {cart.lines.map((line) => {
          const name = site.nameOf(line);
          return (
            <li key={line.sku}>
              <Thumb src={line.image?.src} />
              <span class="what">
                <span lang={langOf(site.language, name)}>{name}</span>
                <small>{[...line.options.map(site.valueOf), `× ${line.quantity}`].join(' · ')}</small>
              </span>
              <span class="amount">{formatMoney(line.amountFen)}</span>
            </li>
          );
        })}
      </ul>
      <p>
        <a href={site.href(cartUrl)}>{site.say(words.editCart)}</a>
      </p>
      <Amounts
        rows={[
          { name: site.say(cartWords.goods), fen: cart.goodsFen },
          { name: site.say(cartWords.freight), fen: cart.freightFen, zero: site.say(cartWords.free) },
        ]}
        total={{ name: site.say(cartWords.total), fen: cart.totalFen }}
      />
      <p class="note">{site.say(cartWords.taxNote)}</p>
      <button type="submit" class="button wide" name="do" value="pay" data-pay>
        {cart.totalFen === 0 ? site.say(words.placeFree) : site.say(words.pay, { amount: formatMoney(cart.totalFen) })}
      </button>
      <p class="note">
        {site.say(words.terms)} <a href={site.href(policyUrl('rules'))}>{site.say(policies.rules.title)}</a> {site.say(words.and)}{' '}
        <a href={site.href(policyUrl('privacy'))}>{site.say(policies.privacy.title)}</a>
      </p>
    </section>
  );
}

/** A member's addresses; choosing one fills the form. */
function SavedAddresses({ site, view, form }: { site: Site; view: CheckoutView; form: RecipientForm }) {
  const others = view.addresses.filter((one) => one.detail !== form.detail || one.name !== form.name);
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="saved">
      <h2 id="saved">{site.say(words.useAddress)}</h2>
      <form method="get" action={site.href(checkoutUrl)}>
        <ul class="choices">
          {others.map((one) => (
            <li key={one.id}>
              <button type="submit" class="quiet" name="address" value={one.id}>
                {one.name} · {one.region} {one.detail}
              </button>
            </li>
          ))}
        </ul>
      </form>
    </section>
  );
}
