import { formatMoney } from '@tongshang/ui/format/money';
import { formatCount } from '@tongshang/ui/format/number';
import { langOf } from '../lib/language.ts';
import { type CallOff, isWholeOrder, stillFen } from '../lib/refund.ts';
import { orderUrl } from '../lib/urls.ts';
import { Amounts } from '../parts/amounts.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Site } from '../site.ts';
import type { Category, Order } from '../views.ts';
import { orders as words } from '../words/orders.ts';

export interface CallOffView {
  categories: readonly Category[];
  order: Order;
  token: string | undefined;
  /** One intent to call these off. */
  key: string;
  calledOff: readonly CallOff[];
}

/** Which units, what comes back for each, and only then the button. */
export function CallOffPage({ site, view: { categories, order, token, key, calledOff } }: { site: Site; view: CallOffView }) {
  const isWhole = isWholeOrder(order, calledOff);
  const points = isWhole ? order.pointsSpent : calledOff.reduce((sum, one) => sum + one.points, 0);
  const units = calledOff.reduce((sum, { quantity }) => sum + quantity, 0);
  const shareFen = calledOff.reduce((sum, { refundFen }) => sum + refundFen, 0);
  const refundFen = isWhole ? stillFen(order) : shareFen;
  const isUnpaid = order.state === 'placed';
  const title = site.say(words.callOff);
  const back = site.href(orderUrl(order.number, token));
  const action = site.href(`${orderUrl(order.number)}/${isWhole ? 'cancellation' : 'line-cancellations'}`);
  return (
    <Layout site={site} kind="call-off" categories={categories} head={{ title }}>
      <div class="narrow">
        <h1>{title}</h1>
        {units === 0 ? (
          <p class="notice ask">{site.say(words.callOffNothing)}</p>
        ) : (
          <form method="post" action={action} class="panel" data-once>
            {token !== undefined && <input type="hidden" name="token" value={token} />}
            <input type="hidden" name="key" value={key} />
            <ul class="called-off">
              {calledOff.map(({ line, quantity, refundFen: fen }) => (
                <li key={line.lineNo}>
                  <input type="hidden" name={`line-${line.lineNo}`} value={String(quantity)} />
                  <span lang={langOf(site.language, site.nameOf(line))}>{site.nameOf(line)}</span>
                  <span class="key">× {quantity}</span>
                  <span class="amount">{formatMoney(fen)}</span>
                </li>
              ))}
            </ul>
            <Amounts
              rows={isWhole && order.freightFen > 0 ? [{ name: site.say(words.freight), fen: order.freightFen }] : []}
              total={
                isUnpaid
                  ? { name: site.say(words.toPayAfter), fen: stillFen(order) - refundFen }
                  : { name: site.say(words.refundTotal), fen: refundFen }
              }
            />
            <p class="note">
              {site.say(isWhole ? (isUnpaid ? words.callOffWholeUnpaid : words.callOffWhole) : words.callOffShare)}
            </p>
            {points > 0 && <p class="note">{site.say(words.pointsBack, { points: formatCount(points) })}</p>}
            {refundFen > 0 && !isUnpaid && <p class="note">{site.say(words.refundWay)}</p>}
            <button type="submit" class="button danger">
              {isUnpaid
                ? site.say(words.callOffUnpaid, { count: units })
                : site.say(words.callOffPaid, { count: units, amount: formatMoney(refundFen) })}
            </button>
          </form>
        )}
        <p>
          <a href={back}>{site.say(words.backToOrder)}</a>
        </p>
      </div>
    </Layout>
  );
}
