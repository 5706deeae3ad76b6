import { formatMoney } from '@tongshang/ui/format/money';
import type { AllPlaces, CheckoutForm } from '../lib/checkout-form.ts';
import { langOf } from '../lib/language.ts';
import type { Troubles } from '../lib/recipient.ts';
import { cartUrl, checkoutUrl, policyUrl } from '../lib/urls.ts';
import { PriceAmounts } from '../parts/amounts.tsx';
import { TroubleSummary } from '../parts/field.tsx';
import { Hold } from '../parts/hold.tsx';
import { Layout } from '../parts/layout.tsx';
import { Notice, type NoticeView } from '../parts/notice.tsx';
import { troubleText } from '../parts/recipient-fields.tsx';
import { CouponChooser, PointsChooser, type Savings } from '../parts/savings.tsx';
import { Thumb } from '../parts/thumb.tsx';
import { LineWhy } from '../parts/why.tsx';
import type { Site } from '../site.ts';
import type { Address, Cart, DeliveryOptions, InvoiceProfile } from '../views.ts';
import { cart as cartWords } from '../words/cart.ts';
import { checkout as words } from '../words/checkout.ts';
import { common } from '../words/common.ts';
import { offers } from '../words/offers.ts';
import { policies } from '../words/policies.ts';
import { SavedNote } from './cart.tsx';
import { Delivery } from './checkout-delivery.tsx';
import { InvoicePart } from './checkout-invoice.tsx';

export type Charge = Pick<Cart, 'goodsFen' | 'discountFen' | 'freightFen' | 'taxFen' | 'totalFen'>;

export interface CheckoutView {
  savings: Savings;
  form: CheckoutForm;
  places: AllPlaces;
  troubles: Troubles;
  notice?: NoticeView | undefined;
  addresses: readonly Address[];
  invoices: readonly InvoiceProfile[];
  isMember: boolean;
  /** By when it would be there; the stores where it may be collected. */
  options: DeliveryOptions;
  /** One intent to buy: however often it is pressed, it is one order. */
  key: string;
  /** What the house said it would charge, freight of every parcel included, when that differs from the cart. */
  total: Charge;
}

export function CheckoutPage({ site, view }: { site: Site; view: CheckoutView }) {
  const { troubles, total } = view;
  const { cart } = view.savings;
  const wrong = Object.keys(troubles).map((id) => ({ id, text: troubleText(site, troubles, id) ?? '' }));
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
          : [
              {
                name: 'Checkout Started',
                properties: { value: total.totalFen / 100, currency: cart.currency, units: cart.units },
              },
            ]
      }
    >
      <h1>{title}</h1>
      {view.notice && <Notice notice={view.notice} />}
      <TroubleSummary title={site.say(words.errorSummary)} troubles={wrong} />
      <form method="post" action={site.href(checkoutUrl)} class="two-columns" noValidate data-once>
        {/* the first button of a form is the one that Enter presses: it must be the one that pays */}
        <button type="submit" class="sr" tabIndex={-1} aria-hidden="true" />
        <input type="hidden" name="key" value={view.key} />
        <input type="hidden" name="version" value={String(cart.version)} />
        <input type="hidden" name="total" value={String(total.totalFen)} data-total />
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
            <InvoicePart site={site} view={view} />
          </section>
        </div>
        <OrderSummary site={site} view={view} />
      </form>
    </Layout>
  );
}

function OrderSummary({ site, view }: { site: Site; view: CheckoutView }) {
  const { savings, total } = view;
  const { cart } = savings;
  return (
    <section class="summary" aria-labelledby="summary">
      <h2 id="summary">{site.say(words.yourOrder)}</h2>
      <Hold site={site} hold={cart.hold} />
      <ul class="mini-lines">
        {cart.lines.map((line) => {
          const name = site.nameOf(line);
          const gift = line.isGift ? [site.say(offers.gift)] : [];
          return (
            <li key={`${line.sku}-${line.isGift}`}>
              <Thumb src={line.image?.src} />
              <div class="what">
                <span lang={langOf(site.language, name)}>{name}</span>
                <small>{[...gift, ...line.options.map(site.valueOf), `× ${line.quantity}`].join(' · ')}</small>
                {!line.isGift && <LineWhy site={site} line={line} />}
              </div>
              <span class="amount">{formatMoney(line.amountFen)}</span>
            </li>
          );
        })}
      </ul>
      <p>
        <a href={site.href(cartUrl)}>{site.say(words.editCart)}</a>
      </p>
      <CouponChooser site={site} savings={savings} />
      <PointsChooser site={site} savings={savings} />
      <PriceAmounts site={site} price={{ ...cart, ...total }} totalName={site.say(cartWords.total)} />
      <SavedNote site={site} cart={cart} />
      <button type="submit" class="button wide" name="do" value="pay" data-pay>
        {total.totalFen === 0 ? site.say(words.placeFree) : site.say(words.pay, { amount: formatMoney(total.totalFen) })}
      </button>
      <p class="note">
        {site.say(words.terms)} <a href={site.href(policyUrl('rules'))}>{site.say(policies.rules.title)}</a> {site.say(words.and)}{' '}
        <a href={site.href(policyUrl('privacy'))}>{site.say(policies.privacy.title)}</a>
      </p>
    </section>
  );
}
