import { formatCount } from '@tongshang/ui/format/number';
import { formatInstant } from '@tongshang/ui/format/time';
import { formatMoney } from '@tongshang/ui/format/money';
import type { FlashReply } from '../http/desk.ts';
import { langOf } from '../lib/language.ts';
import { flashUrl, homeUrl, productUrl } from '../lib/urls.ts';
import { Countdown } from '../parts/countdown.tsx';
import { Layout } from '../parts/layout.tsx';
import { Photo } from '../parts/picture.tsx';
import type { Site } from '../site.ts';
import type { Category, FlashItem, FlashSale } from '../views.ts';
import { flash as words } from '../words/flash.ts';
import { flashFacts } from '../words/flash-facts.ts';

export interface FlashView {
  categories: readonly Category[];
  sales: FlashReply;
}

/** Sales that run and come next. Without a script the figures are those of the moment the page was made. */
export function FlashPage({ site, view: { categories, sales } }: { site: Site; view: FlashView }) {
  const sorted = sales.items.toSorted((one, other) => Number(one.state === 'next') - Number(other.state === 'next'));
  return (
    <Layout
      site={site}
      kind="flash"
      categories={categories}
      current={flashUrl}
      head={{ title: site.say(words.title), description: site.say(words.description), canonical: flashUrl }}
    >
      <h1>{site.say(words.title)}</h1>
      {sorted.length === 0 ? (
        <div class="nothing">
          <p class="big">{site.say(words.none)}</p>
          <p>{site.say(words.noneText)}</p>
          <p>
            <a class="button" href={site.href(`${homeUrl}#reduced`)}>
              {site.say(words.reduced)}
            </a>
          </p>
        </div>
      ) : (
        <p class="note">{site.say(words.lead)}</p>
      )}
      <div data-flash={site.href(`${flashUrl}/state`)} data-reload>
        {sorted.map((sale) => (
          <Sale key={sale.promotionId} site={site} sale={sale} />
        ))}
      </div>
    </Layout>
  );
}

function Sale({ site, sale }: { site: Site; sale: FlashSale }) {
  const isRunning = sale.state === 'running';
  const until = isRunning ? sale.endsAt : sale.startsAt;
  const name = site.nameOf(sale);
  const id = `sale-${sale.promotionId}`;
  return (
    <section class={`sale ${sale.state}`} aria-labelledby={id} data-sale={sale.promotionId}>
      <div class="flash-head">
        <h2 id={id} lang={langOf(site.language, name)}>
          {name}
        </h2>
        <p class="flash-time">
          <span class={isRunning ? 'tag' : 'tag neutral'}>{site.say(isRunning ? words.running : words.next)}</span>{' '}
          {until === null ? (
            site.say(words.whileStockLasts)
          ) : (
            <span data-js>
              {site.say(isRunning ? flashFacts.endsIn : words.startsIn)} <Countdown site={site} until={until} />
            </span>
          )}
        </p>
      </div>
      <p class="note">{factsOf(site, sale).join(' · ')}</p>
      {isRunning && sale.unitsTotal !== null && sale.unitsLeft !== null && (
        <p class="flash-left">
          <output data-left-all data-text={site.say(words.leftOf, { left: '#', total: formatCount(sale.unitsTotal) })}>
            {site.say(words.leftOf, { left: formatCount(sale.unitsLeft), total: formatCount(sale.unitsTotal) })}
          </output>
          <progress aria-hidden="true" max={sale.unitsTotal} value={sale.unitsLeft} />
        </p>
      )}
      <ul class="grid">
        {sale.items.map((item) => (
          <Item key={item.sku} site={site} item={item} isRunning={isRunning} />
        ))}
      </ul>
    </section>
  );
}

function factsOf(site: Site, { state, startsAt, endsAt, unitsTotal, unitsPerCustomer }: FlashSale): string[] {
  return [
    ...(state === 'next' ? [site.say(words.startsAt, { at: formatInstant(startsAt) })] : []),
    ...(endsAt === null ? [] : [site.say(words.endsAt, { at: formatInstant(endsAt) })]),
    ...(unitsPerCustomer === null ? [] : [site.say(flashFacts.perBuyer, { count: unitsPerCustomer })]),
    ...(unitsTotal === null ? [] : [site.say(words.total, { total: formatCount(unitsTotal) })]),
  ];
}

function Item({ site, item, isRunning }: { site: Site; item: FlashItem; isRunning: boolean }) {
  const name = [site.nameOf(item), ...item.options.map(site.valueOf)].join(' · ');
  const isOut = isRunning && item.left <= 0;
  return (
    <li>
      <article class="card" data-flash-item={item.sku}>
        <div class="shot">
          <Photo site={site} picture={item.image} isSilent sizeMax={480} />
        </div>
        <h3 class="name">
          <a href={site.href(productUrl(item.slug, item.sku))} lang={langOf(site.language, site.nameOf(item))}>
            {site.nameOf(item)}
          </a>
        </h3>
        <p class="key">{item.options.map(site.valueOf).join(' · ')}</p>
        <p class="price reduced">
          <span class="now">
            <span class="sr">{site.say(flashFacts.price)} </span>
            {formatMoney(item.flashFen)}
          </span>{' '}
          <span class="was">
            <span class="sr">{site.say(flashFacts.usual)} </span>
            <s>{formatMoney(item.listFen)}</s>
          </span>
          {item.points !== null && <small> {site.say(words.points, { points: formatCount(item.points) })}</small>}
        </p>
        {isRunning && (
          <>
            <p class={isOut ? 'stock none' : 'stock'}>
              <output
                data-left={String(item.left)}
                data-text={site.say(flashFacts.left, { count: '#' })}
                data-out={site.say(words.soldOut)}
              >
                {isOut ? site.say(words.soldOut) : site.say(flashFacts.left, { count: formatCount(item.left) })}
              </output>
            </p>
            <form method="post" action={site.href('/cart/lines')} class="flash-buy">
              <input type="hidden" name="sku" value={item.sku} />
              <input type="hidden" name="quantity" value="1" />
              <button
                type="submit"
                class="button"
                name="next"
                value="checkout"
                disabled={isOut}
                aria-label={site.say(words.buyItem, { item: name })}
              >
                {site.say(words.buy)}
              </button>
            </form>
            <p class="note" data-gone hidden={!isOut}>
              {site.say(words.soldOutText)}
            </p>
          </>
        )}
        {!isRunning && <p class="note">{site.say(words.see)}</p>}
      </article>
    </li>
  );
}
