import { formatMoney } from '@tongshang/ui/format/money';
import { langOf } from '../lib/language.ts';
import { canCallOff, unitsLeft } from '../lib/refund.ts';
import { orderUrl, productUrl } from '../lib/urls.ts';
import { Thumb } from '../parts/thumb.tsx';
import { LineWhy } from '../parts/why.tsx';
import type { Site } from '../site.ts';
import type { Order, OrderLine } from '../views.ts';
import { cart } from '../words/cart.ts';
import { offers } from '../words/offers.ts';
import { orders as words } from '../words/orders.ts';
import type { OrderPageView } from './order.tsx';

interface Props {
  site: Site;
  view: OrderPageView;
}

/** What was bought, as it was sold, with the picture and page it has today; parcel by parcel when there are several. */
export function Items({ site, view }: Props) {
  const { order } = view;
  const isSplit = order.parcels.length > 1;
  return (
    <section aria-labelledby="items" class="panel">
      <h2 id="items">{site.say(words.items)}</h2>
      {isSplit ? (
        order.parcels.map(({ parcelNo, recipient }) => (
          <div key={parcelNo} class="parcel-lines">
            <h3>{site.say(words.parcel, { number: parcelNo })}</h3>
            <p class="key">
              {recipient.name} · {recipient.region} {recipient.address}
            </p>
            <Lines site={site} view={view} lines={order.lines.filter((line) => line.parcelNo === parcelNo)} />
          </div>
        ))
      ) : (
        <Lines site={site} view={view} lines={order.lines} />
      )}
      {canCallOff(order) && <CallOffForm site={site} view={view} />}
    </section>
  );
}

function Lines({ site, view, lines }: Props & { lines: readonly OrderLine[] }) {
  return (
    <ul class="order-lines">
      {lines.map((line) => {
        const name = site.nameOf(line);
        const shown = view.pictures.get(line.sku);
        return (
          <li key={line.lineNo}>
            <Thumb src={shown?.image?.src} />
            <div class="what">
              <h3 lang={langOf(site.language, name)}>
                {shown?.slug ? <a href={site.href(productUrl(shown.slug, line.sku))}>{name}</a> : name}
                {line.isGift && <span class="tag neutral">{site.say(offers.gift)}</span>}
              </h3>
              <p class="key">{[...(shown?.options ?? []).map(site.valueOf), line.sku].join(' · ')}</p>
              <p class="key">
                {formatMoney(line.unitFen)} × {line.quantity}
              </p>
              <KitParts site={site} view={view} line={line} />
              {!line.isGift && <LineWhy site={site} line={line} />}
              {line.cancelledQuantity > 0 && (
                <p class="trouble">
                  {site.say(words.lineCancelled, { count: line.cancelledQuantity, amount: formatMoney(line.cancelledFen) })}
                </p>
              )}
            </div>
            <p class="amount">
              {line.discountFen > 0 && !line.isGift && <s>{formatMoney(line.unitFen * line.quantity)}</s>}{' '}
              {formatMoney(line.amountFen)}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

/** What a kit was made of when it was sold. */
function KitParts({ site, view, line }: Props & { line: OrderLine }) {
  if (line.components === null) return null;
  const parts = line.components.map(({ sku, quantity }) => {
    const shown = view.pictures.get(sku);
    return `${shown ? site.nameOf(shown) : sku} × ${quantity}`;
  });
  return <p class="key">{site.say(words.kitOf, { parts: parts.join(site.say(cart.listComma)) })}</p>;
}

/** First which units; the refund is shown on the next page, before anything happens. */
function CallOffForm({ site, view: { order, token } }: Props) {
  return (
    <details class="call-off">
      <summary>{site.say(words.callOff)}</summary>
      <form method="get" action={site.href(`${orderUrl(order.number)}/changes`)}>
        {token !== undefined && <input type="hidden" name="token" value={token} />}
        <ul>
          {order.lines
            .filter((line) => !line.isGift && unitsLeft(line) > 0)
            .map((line) => (
              <li key={line.lineNo}>
                <label for={`line-${line.lineNo}`}>
                  {site.say(words.callOffUnits, { item: site.nameOf(line), count: unitsLeft(line) })}
                </label>
                <input
                  id={`line-${line.lineNo}`}
                  name={`line-${line.lineNo}`}
                  type="number"
                  inputMode="numeric"
                  min="0"
                  max={String(unitsLeft(line))}
                  value="0"
                />
              </li>
            ))}
        </ul>
        <button type="submit" class="button quiet">
          {site.say(order.state === 'placed' ? words.callOffSeeUnpaid : words.callOffSee)}
        </button>
      </form>
    </details>
  );
}

/** Every SKU that the page shows: of the lines and of the kits among them. */
export const orderSkus = ({ lines, substitutions }: Pick<Order, 'lines' | 'substitutions'>): string[] => [
  ...new Set([
    ...lines.flatMap(({ sku, components }) => [sku, ...(components ?? []).map((part) => part.sku)]),
    ...substitutions.map(({ substituteSku }) => substituteSku),
  ]),
];
