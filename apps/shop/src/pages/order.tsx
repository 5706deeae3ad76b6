import { formatInstant } from '@tongshang/ui/format/time';
import { formatMoney } from '@tongshang/ui/format/money';
import { formatPhone } from '@tongshang/ui/format/phone';
import { stillFen } from '../lib/refund.ts';
import type { Word } from '../lib/say.ts';
import { orderUrl, policyUrl } from '../lib/urls.ts';
import { Countdown } from '../parts/countdown.tsx';
import { Layout } from '../parts/layout.tsx';
import { Notice, type NoticeView } from '../parts/notice.tsx';
import type { Site } from '../site.ts';
import type { Category, Order, OrderState, ShownSku } from '../views.ts';
import { orders as words } from '../words/orders.ts';
import { Asked } from './order-asked.tsx';
import { Items } from './order-lines.tsx';
import { InvoiceFacts, Money } from './order-money.tsx';
import { Timeline } from './order-timeline.tsx';

export interface OrderPageView {
  categories: readonly Category[];
  order: Order;
  /** The key in a guest's link; travels with every form of the page. */
  token: string | undefined;
  notice?: NoticeView | undefined;
  /** How its SKUs look today. */
  pictures: ReadonlyMap<string, ShownSku>;
  /** One intent to cancel. */
  key: string;
}

const nowWords: Readonly<Record<OrderState, Word>> = {
  placed: words.nowPlaced,
  paid: words.nowPaid,
  released: words.nowReleased,
  partly_shipped: words.nowPartlyShipped,
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
          <Asked site={site} view={view} />
          <Actions site={site} view={view} />
          <Items site={site} view={view} />
          <Timeline site={site} order={order} />
        </div>
        <div>
          <DeliveryFacts site={site} order={order} />
          <Money site={site} order={order} />
          <InvoiceFacts site={site} invoice={order.invoice} />
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
        <p class="note" data-reload>
          {site.say(words.payBefore, { at: formatInstant(order.expiresAt) })}{' '}
          <span class="time-left" data-js>
            {site.say(words.timeLeft)} <Countdown site={site} until={order.expiresAt} />
          </span>
        </p>
      )}
    </section>
  );
}

function Actions({ site, view: { order, token, key } }: { site: Site; view: OrderPageView }) {
  const hidden = token === undefined ? null : <input type="hidden" name="token" value={token} />;
  const canCancel = order.moves.includes('cancelled');
  const action = (what: string) => site.href(`${orderUrl(order.number)}/${what}`);
  return (
    <div class="actions">
      {order.state === 'placed' && (
        <form method="post" action={action('payment')} data-once>
          {hidden}
          <button type="submit" class="button">
            {site.say(words.pay, { amount: formatMoney(stillFen(order)) })}
          </button>
        </form>
      )}
      {order.state !== 'placed' && (
        <form method="post" action={action('repetition')} data-once>
          {hidden}
          <button type="submit" class="button quiet">
            {site.say(words.buyAgain)}
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
                : site.say(words.cancelPaidText, { amount: formatMoney(stillFen(order)) })}
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

function DeliveryFacts({ site, order }: { site: Site; order: Order }) {
  const { recipient } = order;
  if (recipient === null) return null;
  const facts = [
    { name: site.say(words.recipient), value: `${recipient.name} ${formatPhone(recipient.phone)}` },
    { name: site.say(words.address), value: `${recipient.region} ${recipient.address}` },
    ...(order.note === null || order.note === '' ? [] : [{ name: site.say(words.note), value: order.note }]),
    ...(order.promisedOn === null ? [] : [{ name: site.say(words.promised), value: order.promisedOn }]),
    ...order.fulfilments.flatMap(({ pickupCode }) =>
      pickupCode === null ? [] : [{ name: site.say(words.pickupCode), value: pickupCode }],
    ),
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
