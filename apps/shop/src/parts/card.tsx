import { formatInstant } from '@tongshang/ui/format/time';
import { langOf } from '../lib/language.ts';
import { productUrl } from '../lib/urls.ts';
import type { Site } from '../site.ts';
import type { Card } from '../views.ts';
import { common } from '../words/common.ts';
import { Photo } from './picture.tsx';
import { Price } from './price.tsx';

interface Props {
  site: Site;
  card: Card;
  /** What runs for it now, in a few words each. */
  labels?: readonly string[] | undefined;
  isFirst?: boolean;
  heading?: 'h2' | 'h3';
}

/** One product of a list; the whole card is one link, and everything it says is seen without hovering. */
function ProductCard({ site, card, labels = [], isFirst = false, heading: Heading = 'h3' }: Props) {
  const name = site.nameOf(card);
  const isReduced = card.listFen !== null && card.listFen > card.priceFen;
  return (
    <article class="card">
      <div class="shot">
        <Photo site={site} picture={card.image} isFirst={isFirst} isSilent sizeMax={480} />
        {card.imageSecond && <Photo site={site} picture={card.imageSecond} isSilent sizeMax={480} />}
      </div>
      <Heading class="name">
        <a href={site.href(productUrl(card.slug))} lang={langOf(site.language, name)}>
          {name}
        </a>
      </Heading>
      <p class="key">{keyChoice(site, card)}</p>
      <p>
        <Price
          say={site.say}
          fen={card.priceFen}
          listFen={card.listFen}
          hasRange={!isReduced && card.priceMaxFen > card.priceFen}
        />
      </p>
      {isReduced && card.priceEndsAt !== null && (
        <p class="key">{site.say(common.markdownUntil, { at: formatInstant(card.priceEndsAt) })}</p>
      )}
      {labels.length > 0 && (
        <p class="labels">
          {labels.map((label) => (
            <span key={label} class="tag" lang={langOf(site.language, label)}>
              {label}
            </span>
          ))}
        </p>
      )}
      {!card.isInStock && <p class="out">{site.say(common.soldOut)}</p>}
    </article>
  );
}

/** The first thing there is to choose, as far as a line holds it: `米白 / 藏青 / 深灰 +2`. */
function keyChoice(site: Site, card: Card): string {
  const option = card.options.find(({ values }) => values.length > 1) ?? card.options[0];
  if (option === undefined) return card.brand;
  const names = option.values.map(site.valueOf);
  const more = names.length > 4 ? ` +${names.length - 4}` : '';
  return names.slice(0, 4).join(' / ') + more;
}

/** By product. */
export type Labels = ReadonlyMap<string, readonly string[]>;

export function CardGrid({
  site,
  cards,
  labels,
  hasFirst = false,
  heading,
}: {
  site: Site;
  cards: readonly Card[];
  labels?: Labels | undefined;
  hasFirst?: boolean;
  heading?: 'h2' | 'h3';
}) {
  return (
    <ul class="grid" data-grid>
      {cards.map((card, index) => (
        <li key={card.slug}>
          <ProductCard
            site={site}
            card={card}
            labels={labels?.get(card.id)}
            isFirst={hasFirst && index === 0}
            {...(heading && { heading })}
          />
        </li>
      ))}
    </ul>
  );
}
