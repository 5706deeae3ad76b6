import { formatInstant } from '@tongshang/ui/format/time';
import { formatMoney } from '@tongshang/ui/format/money';
import { formatCount } from '@tongshang/ui/format/number';
import { formatPhone } from '@tongshang/ui/format/phone';
import { refundStates } from '@tongshang/ui/words/terms';
import { langOf } from '../lib/language.ts';
import type { Word } from '../lib/say.ts';
import { orderUrl, paidUrl, policyUrl } from '../lib/urls.ts';
import { Amounts } from '../parts/amounts.tsx';
import { Layout } from '../parts/layout.tsx';
import { Notice, type NoticeView } from '../parts/notice.tsx';
import type { Site } from '../site.ts';
import type { Category, Order, OrderState } from '../views.ts';
import { orders as words } from '../words/orders.ts';

export interface OrderPageView {
  categories: readonly Category[];
  order: Order;
  /** The key in a guest's link; travels with every form of the page. */
  token: string | undefined;
  notice?: NoticeView | undefined;
  /** One intent to cancel. */
  key: string;
}

const nowWords: Readonly<Record<OrderState, Word>> = {
  placed: words.nowPlaced,
  paid: words.nowPaid,
  released: words.nowReleased,
  shipped: words.nowShipped,
  delivered: words.nowDelivered,
  cancelled: words.nowCancelled,
};

export function OrderPage({ site, view }: { site: Site; view: OrderPageView }) {
  const { order, token } = view;
  const title = site.say(words.title, { number: order.number });
  return (
    <Layout site={site} kind="order" categories={view.categories} head={{ title }}>
      <h1>{title}</h1>
      {view.notice && <Notice notice={view.notice} />}
      <div class="two-columns">
        <div>
          <Progress site={site} order={order} />
          <Actions site={site} view={view} />
          <Items site={site} order={order} />
        </div>
        <div>
          <DeliveryFacts site={site} order={order} />
          <Money site={site} order={order} />
          {token !== undefined && <p class="note">{site.say(words.keepLink)}</p>}
          <ul class="links">
            <li>
              <a href={site.href(policyUrl('returns'))}>{site.say(words.returnsHelp)}</a>
            </li>
            <li>
              <a href={site.href(policyUrl('invoices'))}>{site.say(words.invoice)}</a>
            </li>
          </ul>
        </div>
      </div>
    </Layout>
  );
}

/** Where the order stands, each step with its time. */
function Progress({ site, order }: { site: Site; order: Order }) {
  const steps: { word: Word; at: string | null }[] = [
    { word: words.placed, at: order.placedAt },
    { word: words.paid, at: order.paidAt },
    { word: words.released, at: order.releasedAt },
    { word: words.shipped, at: order.shippedAt },
    { word: words.delivered, at: order.deliveredAt },
  ];
  const shown =
    order.state === 'cancelled'
      ? [...steps.filter(({ at }) => at !== null), { word: words.cancelled, at: order.cancelledAt }]
      : steps;
  const last = shown.findLastIndex(({ at }) => at !== null);
  return (
    <section aria-labelledby="progress" class="panel">
      <h2 id="progress">
        <span class="sr">{site.say(words.progress)}: </span>
        <span data-state={order.state}>{site.say(nowWords[order.state])}</span>
      </h2>
      <ol class="steps">
        {shown.map(({ word, at }, index) => (
          <li key={word.en} class={at === null ? 'open' : 'reached'} aria-current={index === last ? 'step' : undefined}>
            <span>{site.say(word)}</span>
            {at === null ? <span class="sr"> {site.say(words.stateOpen)}</span> : <time dateTime={at}>{formatInstant(at)}</time>}
          </li>
        ))}
      </ol>
      {order.state === 'placed' && order.expiresAt !== null && (
        <p class="note">{site.say(words.payBefore, { at: formatInstant(order.expiresAt) })}</p>
      )}
    </section>
  );
}

function Actions({ site, view: { order, token, key } }: { site: Site; view: OrderPageView }) {
  const hidden = token === undefined ? null : <input type="hidden" name="token" value={token} />;
  const canCancel = order.moves.includes('cancelled');
  if (order.state !== 'placed' && !canCancel) return null;
  const action = (what: string) => site.href(`${orderUrl(order.number)}/${what}`);
  return (
    <div class="actions">
      {order.state === 'placed' && (
        <form method="post" action={action('payment')} data-once>
          {hidden}
          <button type="submit" class="button">
            {site.say(words.pay, { amount: formatMoney(order.totalFen) })}
          </button>
        </form>
      )}
      {canCancel && (
        <details class="ask">
          <summary class="button quiet">{site.say(words.cancel)}</summary>
          <form method="post" action={action('cancellation')} data-once>
            {hidden}
            <input type="hidden" name="key" value={key} />
            <p>
              <strong>{site.say(words.cancelAsk)}</strong>{' '}
              {order.paidAt === null
                ? site.say(words.cancelText)
                : site.say(words.cancelPaidText, { amount: formatMoney(order.totalFen) })}
            </p>
            <button type="submit" class="button danger">
              {site.say(words.cancel)}
            </button>
          </form>
        </details>
      )}
    </div>
  );
}

function Items({ site, order }: { site: Site; order: Order }) {
  return (
    <section aria-labelledby="items" class="panel">
      <h2 id="items">{site.say(words.items)}</h2>
      <table class="items">
        <caption class="sr">{site.say(words.items)}</caption>
        <thead>
          <tr>
            <th scope="col">{site.say(words.item)}</th>
            <th scope="col" class="unit">
              {site.say(words.unit)}
            </th>
            <th scope="col">{site.say(words.quantity)}</th>
            <th scope="col">{site.say(words.amount)}</th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => {
            const name = site.nameOf(line);
            return (
              <tr key={line.lineNo}>
                <th scope="row">
                  <span lang={langOf(site.language, name)}>{name}</span>
                  <small>{line.sku}</small>
                </th>
                <td class="unit">{formatMoney(line.unitFen)}</td>
                <td>{formatCount(line.quantity)}</td>
                <td>{formatMoney(line.amountFen)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function DeliveryFacts({ site, order }: { site: Site; order: Order }) {
  const { recipient } = order;
  if (recipient === null) return null;
  const facts = [
    { name: site.say(words.recipient), value: `${recipient.name} ${formatPhone(recipient.phone)}` },
    { name: site.say(words.address), value: `${recipient.region} ${recipient.address}` },
    ...(order.note === null || order.note === '' ? [] : [{ name: site.say(words.note), value: order.note }]),
    ...(order.carrier === null ? [] : [{ name: site.say(words.carrier), value: order.carrier }]),
    ...(order.trackingNumber === null ? [] : [{ name: site.say(words.tracking), value: order.trackingNumber }]),
  ];
  return (
    <section aria-labelledby="delivery" class="panel">
      <h2 id="delivery">{site.say(words.delivery)}</h2>
      <dl class="facts">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Money({ site, order }: { site: Site; order: Order }) {
  const refunds = order.payments.flatMap((payment) => payment.refunds);
  return (
    <section aria-labelledby="amounts" class="panel">
      <h2 id="amounts">{site.say(words.amounts)}</h2>
      <Amounts
        rows={[
          { name: site.say(words.goods), fen: order.goodsFen },
          { name: site.say(words.freight), fen: order.freightFen },
          ...(order.discountFen === 0 ? [] : [{ name: site.say(words.discount), fen: -order.discountFen }]),
        ]}
        total={{ name: site.say(words.total), fen: order.totalFen }}
      />
      {refunds.length > 0 && (
        <>
          <h3>{site.say(words.refunds)}</h3>
          <ul class="refunds">
            {refunds.map((refund) => (
              <li key={refund.id}>
                {formatMoney(refund.amountFen)} · {site.say(refundStates[refund.state])} ·{' '}
                {formatInstant(refund.doneAt ?? refund.requestedAt)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** After the provider's page: waits for its notice, says so, and goes on by itself with or without JavaScript. */
export function PaidPage({ site, view }: { site: Site; view: OrderPageView }) {
  const { order, token } = view;
  const isWaiting = order.state === 'placed';
  const title = site.say(isWaiting ? words.waitTitle : order.state === 'cancelled' ? words.nowCancelled : words.paidTitle);
  const hidden = token === undefined ? null : <input type="hidden" name="token" value={token} />;
  return (
    <Layout site={site} kind="paid" categories={view.categories} head={{ title, ...(isWaiting && { refreshSeconds: 3 }) }}>
      <div
        class="narrow center"
        data-poll={isWaiting ? site.href(`${paidUrl(order.number)}/state`) : undefined}
        data-token={token}
      >
        <h1>{title}</h1>
        {view.notice && <Notice notice={view.notice} />}
        <p class="big">{site.say(words.waitFor, { number: order.number, amount: formatMoney(order.totalFen) })}</p>
        {isWaiting && <output>{site.say(words.waitText)}</output>}
        {!isWaiting && order.state !== 'cancelled' && <p>{site.say(words.paidText, { number: order.number })}</p>}
        <div class="actions">
          {isWaiting && (
            <>
              <form method="post" action={site.href(`${paidUrl(order.number)}/check`)} data-once>
                {hidden}
                <button type="submit" class="button">
                  {site.say(words.iPaid)}
                </button>
              </form>
              <form method="post" action={site.href(`${orderUrl(order.number)}/payment`)} data-once>
                {hidden}
                <button type="submit" class="button quiet">
                  {site.say(words.payAgain)}
                </button>
              </form>
            </>
          )}
          <a class={isWaiting ? 'button quiet' : 'button'} href={site.href(orderUrl(order.number, token))}>
            {site.say(words.seeOrder)}
          </a>
        </div>
      </div>
    </Layout>
  );
}
