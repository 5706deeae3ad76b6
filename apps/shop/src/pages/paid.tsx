import { formatMoney } from '@tongshang/ui/format/money';
import { formatInstant } from '@tongshang/ui/format/time';
import type { JSX } from 'preact';
import { stillFen } from '../lib/refund.ts';
import type { Word } from '../lib/say.ts';
import { orderUrl, paidUrl } from '../lib/urls.ts';
import { Countdown } from '../parts/countdown.tsx';
import { Layout } from '../parts/layout.tsx';
import { Notice } from '../parts/notice.tsx';
import type { Site } from '../site.ts';
import type { Order } from '../views.ts';
import { orders as words } from '../words/orders.ts';
import type { OrderPageView } from './order.tsx';

/** After the provider's page: waits for its notice, says so, and goes on by itself with or without JavaScript. */
export function PaidPage({ site, view }: { site: Site; view: OrderPageView }) {
  const { order, token } = view;
  // every attempt was refused: there is no notice to wait for
  const isDeclined =
    order.state === 'placed' && order.payments.length > 0 && order.payments.every(({ state }) => state === 'failed');
  const isWaiting = order.state === 'placed' && !isDeclined;
  const title = site.say(titleOf(order, { isDeclined, isWaiting }));
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
        <p class="big">{site.say(words.waitFor, { number: order.number, amount: formatMoney(stillFen(order)) })}</p>
        {isWaiting && <output>{site.say(words.waitText)}</output>}
        {isDeclined && <Declined site={site} order={order} hidden={hidden} />}
        {order.state !== 'placed' && order.state !== 'cancelled' && <p>{site.say(words.paidText, { number: order.number })}</p>}
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
          <a class={order.state === 'placed' ? 'button quiet' : 'button'} href={site.href(orderUrl(order.number, token))}>
            {site.say(words.seeOrder)}
          </a>
        </div>
      </div>
    </Layout>
  );
}

/** The order is kept: until when, and the button that tries again. */
function Declined({ site, order, hidden }: { site: Site; order: Order; hidden: JSX.Element | null }) {
  return (
    <>
      <p>{site.say(words.declinedText)}</p>
      {order.expiresAt !== null && (
        <p class="note" data-reload>
          {site.say(words.payBefore, { at: formatInstant(order.expiresAt) })}{' '}
          <span class="time-left" data-js>
            {site.say(words.timeLeft)} <Countdown site={site} until={order.expiresAt} />
          </span>
        </p>
      )}
      <form method="post" action={site.href(`${orderUrl(order.number)}/payment`)} data-once>
        {hidden}
        <button type="submit" class="button">
          {site.say(words.payAgain)}
        </button>
      </form>
    </>
  );
}

function titleOf({ state, totalFen }: Order, { isDeclined, isWaiting }: { isDeclined: boolean; isWaiting: boolean }): Word {
  if (isDeclined) return words.declinedTitle;
  if (isWaiting) return words.waitTitle;
  if (state === 'cancelled') return words.nowCancelled;
  return totalFen === 0 ? words.coveredTitle : words.paidTitle;
}
