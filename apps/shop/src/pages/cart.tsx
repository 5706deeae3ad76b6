import { formatMoney } from '@tongshang/ui/format/money';
import { hintsOf, unusedOf } from '../lib/explain.ts';
import { langOf } from '../lib/language.ts';
import { homeUrl, productUrl, startCheckoutUrl, termsUrl } from '../lib/urls.ts';
import { PriceAmounts } from '../parts/amounts.tsx';
import { Layout } from '../parts/layout.tsx';
import { Notice, type NoticeView } from '../parts/notice.tsx';
import { Price } from '../parts/price.tsx';
import { CouponChooser, PointsChooser, type Savings } from '../parts/savings.tsx';
import { Thumb } from '../parts/thumb.tsx';
import { LineWhy, missText } from '../parts/why.tsx';
import type { Site } from '../site.ts';
import type { Cart, CartLine, Category } from '../views.ts';
import { cart as words } from '../words/cart.ts';
import { offers } from '../words/offers.ts';

export interface CartPageView {
  categories: readonly Category[];
  savings: Savings;
  /** The day by which it could be there. */
  arrivesOn: string | null;
  notice?: NoticeView | undefined;
  /** The line just removed, so that it can be put back. */
  undo?: { sku: string; quantity: number; name: string } | undefined;
}

export function CartPage({ site, view }: { site: Site; view: CartPageView }) {
  const { cart } = view.savings;
  return (
    <Layout site={site} kind="cart" categories={view.categories} head={{ title: site.say(words.title) }}>
      <h1>{site.say(words.title)}</h1>
      {view.notice && <Notice notice={view.notice} />}
      {view.undo && <Undo site={site} undo={view.undo} />}
      {cart.lines.length === 0 ? (
        <div class="nothing">
          <p class="big">{site.say(words.empty)}</p>
          <p>{site.say(words.emptyText)}</p>
          <p>
            <a class="button" href={site.href(homeUrl)}>
              {site.say(words.startShopping)}
            </a>
          </p>
        </div>
      ) : (
        <div class="two-columns">
          <section aria-labelledby="items">
            <h2 id="items" class="sr">
              {site.say(words.items)}
            </h2>
            <Hints site={site} cart={cart} />
            <ul class="lines">
              {cart.lines.map((line, index) => (
                <Line key={`${line.sku}-${line.isGift}`} site={site} line={line} id={`quantity-${index + 1}`} />
              ))}
            </ul>
          </section>
          <Summary site={site} savings={view.savings} arrivesOn={view.arrivesOn} />
        </div>
      )}
    </Layout>
  );
}

function Undo({ site, undo }: { site: Site; undo: NonNullable<CartPageView['undo']> }) {
  return (
    <form method="post" action={site.href('/cart/lines')} class="notice">
      <input type="hidden" name="sku" value={undo.sku} />
      <input type="hidden" name="quantity" value={String(undo.quantity)} />
      <input type="hidden" name="next" value="cart" />
      <output>{site.say(words.removed, { item: undo.name })}</output>{' '}
      <button type="submit" class="link">
        {site.say(words.undo)}
      </button>
    </form>
  );
}

/** What little more would bring: two lines at most, free freight first named by the summary. */
function Hints({ site, cart }: { site: Site; cart: Cart }) {
  const hints = hintsOf(cart).slice(0, 2);
  if (hints.length === 0) return null;
  return (
    <ul class="hints" aria-label={site.say(offers.hints)}>
      {hints.map((missed) => (
        <li key={missed.promotionId ?? missed.name}>{missText(site, missed)}</li>
      ))}
    </ul>
  );
}

function Line({ site, line, id }: { site: Site; line: CartLine; id: string }) {
  const name = site.nameOf(line);
  return (
    <li class="line">
      <Thumb src={line.image?.src} />
      <div class="what">
        <h3 lang={langOf(site.language, name)}>
          {line.slug === null ? name : <a href={site.href(productUrl(line.slug, line.sku))}>{name}</a>}
          {line.isGift && <span class="tag neutral">{site.say(offers.gift)}</span>}
        </h3>
        {line.options.length > 0 && <p class="key">{line.options.map(site.valueOf).join(' · ')}</p>}
        {line.unitFen !== null && !line.isGift && (
          <p>
            <Price say={site.say} fen={line.unitFen} listFen={line.listFen} />
          </p>
        )}
        <LineWhy site={site} line={line} />
        {line.notices.map((notice) => (
          <p key={notice} class="trouble">
            {noticeWords(site, line, notice)}
          </p>
        ))}
      </div>
      <p class="amount">
        {line.discountFen > 0 && <s>{formatMoney(line.goodsFen)}</s>} {formatMoney(line.amountFen)}
      </p>
      {line.isGift ? <p class="change key">× {line.quantity}</p> : <LineForms site={site} line={line} name={name} id={id} />}
    </li>
  );
}

function LineForms({ site, line, name, id }: { site: Site; line: CartLine; name: string; id: string }) {
  const lineUrl = site.href(`/cart/lines/${encodeURIComponent(line.sku)}`);
  return (
    <>
      <form method="post" action={lineUrl} class="change">
        <label class="sr" for={id}>
          {site.say(words.quantityOf, { item: name })}
        </label>
        <input
          id={id}
          name="quantity"
          type="number"
          inputMode="numeric"
          min="1"
          max="999"
          value={String(line.quantity)}
          data-autosend
        />
        <button type="submit" class="quiet small" data-autosent>
          {site.say(words.update)}
        </button>
      </form>
      <form method="post" action={`${lineUrl}/removal`} class="removal">
        <input type="hidden" name="quantity" value={String(line.quantity)} />
        <button type="submit" class="link" aria-label={site.say(words.removeItem, { item: name })}>
          {site.say(words.remove)}
        </button>
      </form>
    </>
  );
}

function noticeWords(site: Site, line: CartLine, notice: CartLine['notices'][number]): string {
  switch (notice) {
    case 'price_up':
    case 'price_down':
      return site.say(words.priceChanged, { from: formatMoney(line.seenFen), to: formatMoney(line.unitFen) });
    case 'stock_short':
      return site.say(words.stockShort, { available: line.available });
    case 'out_of_stock':
      return site.say(words.soldOut);
    case 'not_for_sale':
      return site.say(words.notForSale);
  }
}

function Summary({ site, savings, arrivesOn }: { site: Site } & Pick<CartPageView, 'savings' | 'arrivesOn'>) {
  const { cart } = savings;
  return (
    <section class="summary" aria-labelledby="summary">
      <h2 id="summary">{site.say(words.summary)}</h2>
      <form method="post" action={site.href(termsUrl)} class="terms">
        {/* Enter in the field for a code sends the code */}
        <button type="submit" class="sr" tabIndex={-1} aria-hidden="true" name="do" value="code" />
        <CouponChooser site={site} savings={savings} />
        <PointsChooser site={site} savings={savings} />
      </form>
      <PriceAmounts site={site} price={cart} totalName={site.say(words.total)} />
      <SavedNote site={site} cart={cart} />
      {arrivesOn !== null && <p class="note">{site.say(words.arrives, { day: arrivesOn })}</p>}
      {cart.freeFreightGapFen > 0 && (
        <p class="note">
          {site.say(words.freeHint, { amount: formatMoney(cart.freeFreightGapFen) })}
          <progress
            aria-hidden="true"
            max={cart.goodsFen - cart.discountFen + cart.freeFreightGapFen}
            value={cart.goodsFen - cart.discountFen}
          />
        </p>
      )}
      {cart.isReady ? (
        <form method="post" action={site.href(startCheckoutUrl)} data-once>
          <button type="submit" class="button wide">
            {site.say(words.checkOut)}
          </button>
        </form>
      ) : (
        <p class="trouble">{site.say(words.cannotCheckOut)}</p>
      )}
      <Unused site={site} cart={cart} />
      <p>
        <a href={site.href(homeUrl)}>{site.say(words.keepShopping)}</a>
      </p>
    </section>
  );
}

/** Against the struck prices and before every rule. */
export function SavedNote({ site, cart }: { site: Site; cart: Cart }) {
  const savedFen = cart.lines.reduce((sum, line) => sum + markedDown(line), 0) + cart.discountFen;
  if (savedFen <= 0) return null;
  return <p class="note good saved">{site.say(offers.saved, { amount: formatMoney(savedFen) })}</p>;
}

const markedDown = (line: CartLine): number =>
  line.listFen !== null && line.unitFen !== null && !line.isGift && line.listFen > line.unitFen
    ? (line.listFen - line.unitFen) * line.quantity
    : 0;

/** The others, each with its reason, for whoever asks. */
function Unused({ site, cart }: { site: Site; cart: Cart }) {
  const unused = [...hintsOf(cart).slice(2), ...unusedOf(cart)];
  if (unused.length === 0) return null;
  return (
    <details class="unused">
      <summary>{site.say(offers.notUsed)}</summary>
      <ul>
        {unused.map((missed, index) => (
          <li key={index}>{missText(site, missed)}</li>
        ))}
      </ul>
    </details>
  );
}
