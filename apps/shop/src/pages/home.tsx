import { formatInstant } from '@tongshang/ui/format/time';
import { formatMoney } from '@tongshang/ui/format/money';
import type { FlashReply, Freight } from '../http/desk.ts';
import { shopLd } from '../lib/json-ld.ts';
import { categoryUrl, homeUrl } from '../lib/urls.ts';
import { CardGrid, type Labels } from '../parts/card.tsx';
import { Layout } from '../parts/layout.tsx';
import { FlashTeaser } from '../parts/flash-teaser.tsx';
import { Photo } from '../parts/picture.tsx';
import type { Site } from '../site.ts';
import type { Card, Category, Picture } from '../views.ts';
import { lists } from '../words/lists.ts';

export interface HomeView {
  categories: readonly Category[];
  /** A picture for each top category that has one. */
  pictures: ReadonlyMap<string, Picture>;
  /** Products whose price is marked down now; `endsAt` when all of it ends at one known time. */
  reduced: { items: readonly Card[]; endsAt: string | null };
  newest: readonly Card[];
  freight: Freight;
  labels: Labels;
  flash: FlashReply;
  popular: readonly Card[];
}

export function HomePage({ site, view }: { site: Site; view: HomeView }) {
  const top = view.categories.filter(({ parent, count }) => parent === null && count > 0);
  const hero = view.popular.find(({ image }) => image !== null)?.image ?? null;
  return (
    <Layout
      site={site}
      kind="home"
      categories={view.categories}
      head={{
        title: site.say(lists.homeTitle),
        description: site.say(lists.homeDescription, { brand: site.brand, freeFrom: formatMoney(view.freight.freeFromFen) }),
        canonical: homeUrl,
        image: hero,
        jsonLd: [shopLd(site)],
      }}
    >
      <section class="hero" aria-labelledby="hero">
        <div>
          <h1 id="hero">{site.say(lists.heroTitle)}</h1>
          <p>{site.say(lists.heroText)}</p>
          <p>
            <a class="button" href="#newest">
              {site.say(lists.heroButton)}
            </a>
          </p>
        </div>
        {hero && (
          <div class="hero-shot">
            <Photo site={site} picture={hero} isFirst isSilent sizeMax={640} />
          </div>
        )}
      </section>
      <section aria-labelledby="categories">
        <h2 id="categories">{site.say(lists.byCategory)}</h2>
        <ul class="tiles">
          {top.map((category) => (
            <li key={category.code} class="tile">
              {view.pictures.has(category.code) && (
                <div class="shot">
                  <Photo site={site} picture={view.pictures.get(category.code) ?? null} isSilent sizeMax={320} />
                </div>
              )}
              <h3 class="name">
                <a href={site.href(categoryUrl(category.code))}>{site.nameOf(category)}</a>
              </h3>
              <p class="key">{site.say(lists.itemCount, { count: category.count })}</p>
              <ul class="sub">
                {view.categories
                  .filter(({ parent, count }) => parent === category.code && count > 0)
                  .slice(0, 6)
                  .map((child) => (
                    <li key={child.code}>
                      <a href={site.href(categoryUrl(child.code))}>{site.nameOf(child)}</a>
                    </li>
                  ))}
              </ul>
            </li>
          ))}
        </ul>
      </section>
      <FlashTeaser site={site} flash={view.flash} />
      {view.reduced.items.length > 0 && (
        <section aria-labelledby="reduced">
          <h2 id="reduced">{site.say(lists.running)}</h2>
          {view.reduced.endsAt !== null && (
            <p class="note">{site.say(lists.endsAt, { at: formatInstant(view.reduced.endsAt) })}</p>
          )}
          <CardGrid site={site} cards={view.reduced.items} labels={view.labels} />
        </section>
      )}
      <Shelf site={site} id="newest" title={site.say(lists.newest)} cards={view.newest} labels={view.labels} />
      <Shelf site={site} id="popular" title={site.say(lists.popular)} cards={view.popular} labels={view.labels} />
    </Layout>
  );
}

interface ShelfProps {
  site: Site;
  id: string;
  title: string;
  cards: readonly Card[];
  labels: Labels;
}

function Shelf({ site, id, title, cards, labels }: ShelfProps) {
  if (cards.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <CardGrid site={site} cards={cards} labels={labels} />
    </section>
  );
}
