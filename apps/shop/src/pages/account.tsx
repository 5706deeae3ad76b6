import { formatInstant } from '@tongshang/ui/format/time';
import { formatMoney } from '@tongshang/ui/format/money';
import { formatPhone, maskPhone } from '@tongshang/ui/format/phone';
import { orderStates } from '@tongshang/ui/words/terms';
import { langOf } from '../lib/language.ts';
import { accountUrl, addressesUrl, homeUrl, orderUrl, policyUrl, signOutUrl } from '../lib/urls.ts';
import { Layout } from '../parts/layout.tsx';
import { Notice, type NoticeView } from '../parts/notice.tsx';
import type { Site } from '../site.ts';
import type { Address, Category, MyOrders, Profile } from '../views.ts';
import { cart } from '../words/cart.ts';
import { account as words } from '../words/orders.ts';
import { policies } from '../words/policies.ts';

export interface AccountView {
  categories: readonly Category[];
  profile: Profile;
  orders: MyOrders;
  addresses: readonly Address[];
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
        <Orders site={site} orders={view.orders} />
        <div>
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
                  <form method="post" action={site.href(`${addressesUrl}/${one.id}/removal`)}>
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

function Orders({ site, orders }: { site: Site; orders: MyOrders }) {
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
