import { formatMoney } from '@tongshang/ui/format/money';
import { langOf } from '../lib/language.ts';
import { freight } from '../lib/freight.ts';
import { checkoutUrl, homeUrl, productUrl } from '../lib/urls.ts';
import { Layout } from '../parts/layout.tsx';
import { Amounts } from '../parts/amounts.tsx';
import { Notice, type NoticeView } from '../parts/notice.tsx';
import { Price } from '../parts/price.tsx';
import { Thumb } from '../parts/thumb.tsx';
import type { Site } from '../site.ts';
import type { Cart, CartLine, Category } from '../views.ts';
import { cart as words } from '../words/cart.ts';

export interface CartPageView {
  categories: readonly Category[];
  cart: Cart;
  notice?: NoticeView | undefined;
  /** The line just removed, so that it can be put back. */
  undo?: { sku: string; quantity: number; name: string } | undefined;
}

export function CartPage({ site, view }: { site: Site; view: CartPageView }) {
  const { cart } = view;
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
            <ul class="lines">
              {cart.lines.map((line, index) => (
                <Line key={line.sku} site={site} line={line} id={`quantity-${index + 1}`} />
              ))}
            </ul>
          </section>
          <Summary site={site} cart={cart} />
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

function Line({ site, line, id }: { site: Site; line: CartLine; id: string }) {
  const name = site.nameOf(line);
  const lineUrl = site.href(`/cart/lines/${encodeURIComponent(line.sku)}`);
  return (
    <li class="line">
      <Thumb src={line.image?.src} />
      <div class="what">
        <h3 lang={langOf(site.language, name)}>
          {line.slug === null ? name : <a href={site.href(productUrl(line.slug, line.sku))}>{name}</a>}
        </h3>
        {line.options.length > 0 && <p class="key">{line.options.map(site.valueOf).join(' · ')}</p>}
        {line.unitFen !== null && (
          <p>
            <Price say={site.say} fen={line.unitFen} listFen={line.listFen} />
          </p>
        )}
        {line.notices.map((notice) => (
          <p key={notice} class="trouble">
            {noticeWords(site, line, notice)}
          </p>
        ))}
      </div>
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
      <p class="amount">{formatMoney(line.amountFen)}</p>
      <form method="post" action={`${lineUrl}/removal`} class="removal">
        <input type="hidden" name="quantity" value={String(line.quantity)} />
        <button type="submit" class="link" aria-label={site.say(words.removeItem, { item: name })}>
          {site.say(words.remove)}
        </button>
      </form>
    </li>
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

function Summary({ site, cart }: { site: Site; cart: Cart }) {
  const savedFen = cart.lines.reduce((sum, line) => sum + savedOn(line), 0);
  return (
    <section class="summary" aria-labelledby="summary">
      <h2 id="summary">{site.say(words.summary)}</h2>
      <Amounts
        rows={[
          { name: site.say(words.goods), fen: cart.goodsFen },
          { name: site.say(words.freight), fen: cart.freightFen, zero: site.say(words.free) },
        ]}
        total={{ name: site.say(words.total), fen: cart.totalFen }}
      />
      {savedFen > 0 && (
        <p class="note good">
          {site.say(words.discount)} {formatMoney(savedFen)}
        </p>
      )}
      {cart.freeFreightGapFen > 0 && (
        <p class="note">
          {site.say(words.freeHint, { amount: formatMoney(cart.freeFreightGapFen) })}
          <progress
            aria-hidden="true"
            max={freight.freeFromFen}
            value={Math.max(0, freight.freeFromFen - cart.freeFreightGapFen)}
          />
        </p>
      )}
      <p class="note">{site.say(words.taxNote)}</p>
      {cart.isReady ? (
        <p>
          <a class="button wide" href={site.href(checkoutUrl)}>
            {site.say(words.checkOut)}
          </a>
        </p>
      ) : (
        <p class="trouble">{site.say(words.cannotCheckOut)}</p>
      )}
      <p>
        <a href={site.href(homeUrl)}>{site.say(words.keepShopping)}</a>
      </p>
    </section>
  );
}

const savedOn = (line: CartLine): number =>
  line.listFen !== null && line.unitFen !== null && line.listFen > line.unitFen
    ? (line.listFen - line.unitFen) * line.quantity
    : 0;
