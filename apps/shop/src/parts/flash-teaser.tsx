import { formatMoney } from '@tongshang/ui/format/money';
import { formatInstant } from '@tongshang/ui/format/time';
import type { FlashReply } from '../http/desk.ts';
import { langOf } from '../lib/language.ts';
import { flashUrl, productUrl } from '../lib/urls.ts';
import type { Site } from '../site.ts';
import { flash as words } from '../words/flash.ts';
import { flashFacts } from '../words/flash-facts.ts';
import { Countdown } from './countdown.tsx';
import { Photo } from './picture.tsx';

/** The sale that runs now, else the next one, on the home page; nothing when there is none. */
export function FlashTeaser({ site, flash }: { site: Site; flash: FlashReply }) {
  const sale = flash.items.find(({ state }) => state === 'running') ?? flash.items[0];
  if (sale === undefined || sale.items.length === 0) return null;
  const isRunning = sale.state === 'running';
  const until = isRunning ? sale.endsAt : sale.startsAt;
  return (
    <section aria-labelledby="flash" class="flash-teaser" data-reload>
      <div class="flash-head">
        <h2 id="flash">
          {site.say(words.title)} · <span lang={langOf(site.language, site.nameOf(sale))}>{site.nameOf(sale)}</span>
        </h2>
        <p>
          {until === null ? (
            site.say(words.whileStockLasts)
          ) : (
            <>
              <span data-js>
                {site.say(isRunning ? flashFacts.endsIn : words.startsIn)} <Countdown site={site} until={until} />
              </span>
              <span data-nojs>{site.say(isRunning ? words.endsAt : words.startsAt, { at: formatInstant(until) })}</span>
            </>
          )}{' '}
          <a href={site.href(flashUrl)}>{site.say(words.all)}</a>
        </p>
      </div>
      <ul class="flash-row">
        {sale.items.slice(0, 6).map((item) => {
          const name = site.nameOf(item);
          return (
            <li key={item.sku} class="card">
              <div class="shot">
                <Photo site={site} picture={item.image} isSilent sizeMax={240} />
              </div>
              <h3 class="name">
                <a href={site.href(productUrl(item.slug, item.sku))} lang={langOf(site.language, name)}>
                  {name}
                </a>
              </h3>
              <p class="price reduced">
                <span class="now">
                  <span class="sr">{site.say(flashFacts.price)} </span>
                  {formatMoney(item.flashFen)}
                </span>{' '}
                <span class="was">
                  <span class="sr">{site.say(flashFacts.usual)} </span>
                  <s>{formatMoney(item.listFen)}</s>
                </span>
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
