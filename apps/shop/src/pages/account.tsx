import { formatInstant } from '@tongshang/ui/format/time';
import { formatMoney } from '@tongshang/ui/format/money';
import { formatCount } from '@tongshang/ui/format/number';
import { formatPhone, maskPhone } from '@tongshang/ui/format/phone';
import { orderStates } from '@tongshang/ui/words/terms';
import { langOf } from '../lib/language.ts';
import {
  accountUrl, addressesUrl, couponsUrl, emailUrl, homeUrl, invoicesUrl, myCouponsUrl, orderUrl, pointsUrl, policyUrl, signOutUrl,
} from '../lib/urls.ts'; // prettier-ignore
import { Layout } from '../parts/layout.tsx';
import { Notice, type NoticeView } from '../parts/notice.tsx';
import { Thumb } from '../parts/thumb.tsx';
import type { Site } from '../site.ts';
import type { Address, Category, InvoiceProfile, MyOrders, Profile, ShownSku, Standing } from '../views.ts';
import { cart } from '../words/cart.ts';
import { coupons, points as pointWords } from '../words/member.ts';
import { email as emailWords } from '../words/email.ts';
import { account as words } from '../words/orders.ts';
import { policies } from '../words/policies.ts';

export interface AccountView {
  categories: readonly Category[];
  profile: Profile;
  orders: MyOrders;
  /** Pictures of the orders' SKUs. */
  pictures: ReadonlyMap<string, ShownSku>;
  addresses: readonly Address[];
  invoices: readonly InvoiceProfile[];
  standing: Standing;
  usableCoupons: number;
  notice?: NoticeView | undefined;
}

export function AccountPage({ site, view }: { site: Site; view: AccountView }) {
  const { profile } = view;
  return (
    <Layout site={site} kind="account" categories={view.categories} head={{ title: site.say(words.title) }}>
      <h1>{site.say(words.hello, { name: profile.name === '' ? maskPhone(profile.phone) : profile.name })}</h1>
      {view.notice && <Notice notice={view.notice} />}
      <p class="note">
        {profile.number}
        {profile.phone !== null && <> · {formatPhone(profile.phone)}</>}
      </p>
      <div class="two-columns">
        <Orders site={site} orders={view.orders} pictures={view.pictures} />
        <div>
          <section aria-labelledby="mine" class="panel">
            <h2 id="mine">{site.say(words.myThings)}</h2>
            <dl class="facts">
              <div>
                <dt>{site.say(pointWords.tier)}</dt>
                <dd>{site.nameOf(view.standing.tier)}</dd>
              </div>
              <div>
                <dt>
                  <a href={site.href(myCouponsUrl)}>{site.say(coupons.mine)}</a>
                </dt>
                <dd>{site.say(words.couponCount, { count: view.usableCoupons })}</dd>
              </div>
              <div>
                <dt>
                  <a href={site.href(pointsUrl)}>{site.say(pointWords.title)}</a>
                </dt>
                <dd>{site.say(pointWords.balance, { points: formatCount(view.standing.points) })}</dd>
              </div>
            </dl>
            <p>
              <a href={site.href(couponsUrl)}>{site.say(coupons.centre)}</a>
            </p>
          </section>
          <section aria-labelledby="addresses" class="panel">
            <h2 id="addresses">{site.say(words.addresses)}</h2>
            {view.addresses.length === 0 && <p>{site.say(words.noAddresses)}</p>}
            <ul class="plain">
              {view.addresses.map((one) => (
                <li key={one.id}>
                  {one.name} {formatPhone(one.phone)}
                  <br />
                  {one.region} {one.detail}
                  {one.isDefault && <span class="tag neutral">{site.say(words.isDefault)}</span>}
                  <form method="post" action={site.href(`${addressesUrl}/${one.id}/removal`)} class="row-actions">
                    <a
                      href={site.href(`${addressesUrl}/${one.id}`)}
                      aria-label={site.say(words.editAddressOf, { name: one.name })}
                    >
                      {site.say(words.edit)}
                    </a>{' '}
                    <button type="submit" class="link" aria-label={site.say(words.removeAddress, { name: one.name })}>
                      {site.say(words.remove)}
                    </button>
                  </form>
                </li>
              ))}
            </ul>
            <p>
              <a class="button quiet" href={site.href(addressesUrl)}>
                {site.say(words.addAddress)}
              </a>
            </p>
          </section>
          <EmailPart site={site} profile={profile} />
          <section aria-labelledby="invoices" class="panel">
            <h2 id="invoices">{site.say(words.invoices)}</h2>
            {view.invoices.length === 0 && <p>{site.say(words.noInvoices)}</p>}
            <ul class="plain">
              {view.invoices.map(({ id, data, isDefault }) => (
                <li key={id}>
                  {data.title}
                  {'taxNumber' in data && <small class="code"> {data.taxNumber}</small>}
                  {isDefault && <span class="tag neutral">{site.say(words.isDefault)}</span>}
                  <form method="post" action={site.href(`${invoicesUrl}/${id}/removal`)} class="row-actions">
                    <a href={site.href(`${invoicesUrl}/${id}`)} aria-label={site.say(words.editInvoiceOf, { name: data.title })}>
                      {site.say(words.edit)}
                    </a>{' '}
                    <button type="submit" class="link" aria-label={site.say(words.removeInvoice, { name: data.title })}>
                      {site.say(words.remove)}
                    </button>
                  </form>
                </li>
              ))}
            </ul>
            <p>
              <a class="button quiet" href={site.href(invoicesUrl)}>
                {site.say(words.addInvoice)}
              </a>
            </p>
          </section>
          <section aria-labelledby="privacy" class="panel">
            <h2 id="privacy">{site.say(words.privacy)}</h2>
            <p>
              <a href={site.href(policyUrl('privacy'))}>{site.say(policies.privacy.title)}</a>
            </p>
            <form method="post" action={site.href(signOutUrl)}>
              <button type="submit" class="button quiet">
                {site.say(words.signOut)}
              </button>
            </form>
          </section>
        </div>
      </div>
    </Layout>
  );
}

function EmailPart({ site, profile }: { site: Site; profile: Profile }) {
  return (
    <section aria-labelledby="email" class="panel">
      <h2 id="email">{site.say(emailWords.title)}</h2>
      <p>
        {profile.email ?? site.say(emailWords.none)}
        {profile.email !== null && (
          <span class="tag neutral">{site.say(profile.isEmailProved ? emailWords.proved : emailWords.notProved)}</span>
        )}
      </p>
      <p>
        <a class="button quiet" href={site.href(emailUrl)}>
          {site.say(emailAct(profile))}
        </a>
      </p>
    </section>
  );
}

const emailAct = ({ email, isEmailProved }: Profile) =>
  email === null ? emailWords.add : isEmailProved ? emailWords.change : emailWords.prove;

function Orders({ site, orders, pictures }: { site: Site; orders: MyOrders; pictures: AccountView['pictures'] }) {
  return (
    <section aria-labelledby="orders">
      <h2 id="orders">{site.say(words.orders)}</h2>
      {orders.items.length === 0 && (
        <div class="nothing">
          <p class="big">{site.say(words.noOrders)}</p>
          <p>{site.say(words.noOrdersText)}</p>
          <p>
            <a class="button" href={site.href(homeUrl)}>
              {site.say(cart.startShopping)}
            </a>
          </p>
        </div>
      )}
      <ul class="orders">
        {orders.items.map((order) => {
          const name = order.lines[0] === undefined ? '' : site.nameOf(order.lines[0]);
          return (
            <li key={order.id} class="panel">
              <h3>
                <a href={site.href(orderUrl(order.number))}>{order.number}</a>
              </h3>
              <p>
                <span class={`dot ${orderStates[order.state].tone}`} aria-hidden="true" />
                {site.say(orderStates[order.state])} · <time dateTime={order.placedAt}>{formatInstant(order.placedAt)}</time>
              </p>
              <div class="order-pictures">
                {order.lines.slice(0, 4).map((line) => (
                  <Thumb key={line.lineNo} src={pictures.get(line.sku)?.image?.src} />
                ))}
              </div>
              <p>
                <span lang={langOf(site.language, name)}>{name}</span>
                {order.lines.length > 1 && <> · {site.say(words.orderItems, { count: order.lines.length })}</>}
              </p>
              <p class="amount">{formatMoney(order.totalFen)}</p>
            </li>
          );
        })}
      </ul>
      {orders.next !== null && (
        <p>
          <a class="button quiet" href={site.href(`${accountUrl}?after=${encodeURIComponent(orders.next)}`)}>
            {site.say(words.moreOrders)}
          </a>
        </p>
      )}
    </section>
  );
}
