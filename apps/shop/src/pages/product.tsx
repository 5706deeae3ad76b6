import { formatMoney } from '@tongshang/ui/format/money';
import { formatCount, formatDecimal } from '@tongshang/ui/format/number';
import type { FlashReply, Freight } from '../http/desk.ts';
import { BuyBox, type BuyBoxProps } from '../islands/buy-box.tsx';
import { flashOf, type FlashPrice, flashPrices } from '../lib/flash.ts';
import { breadcrumbLd, productLd } from '../lib/json-ld.ts';
import { jsonForScript } from '../lib/json.ts';
import { langOf } from '../lib/language.ts';
import { cartUrl, policyUrl, productUrl } from '../lib/urls.ts';
import type { RuleNames } from '../lib/rule.ts';
import { pickVariant } from '../lib/variants.ts';
import { CardGrid } from '../parts/card.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Site } from '../site.ts';
import type { Category, Product, ProductPromotions, StoreStock, Variant } from '../views.ts';
import { cart } from '../words/cart.ts';
import { productPage as words } from '../words/product-page.ts';
import { Offers } from '../parts/offers.tsx';
import { Gallery } from './gallery.tsx';

export interface ProductPageView {
  categories: readonly Category[];
  product: Product;
  /** The variant asked for in the address. */
  sku: string | undefined;
  freight: Freight;
  flash: FlashReply;
  stores: readonly StoreStock[];
  /** What runs for it now, and coupons for it that may be taken. */
  offers: ProductPromotions;
  /** The day by which it could be there. */
  arrivesOn: string | null;
  names: RuleNames;
}

export function ProductPage({ site, view }: { site: Site; view: ProductPageView }) {
  const { product } = view;
  const chosen = pickVariant(product, view.sku);
  const flash = flashPrices(view.flash.items, product.id);
  const variant = atFlashPrice(chosen, flash);
  const name = site.nameOf(product);
  const summary = site.nameOf({ name: product.summary, nameEn: product.summaryEn });
  return (
    <Layout
      site={site}
      kind="product"
      categories={view.categories}
      current={product.category.split('/')[0]}
      crumbs={product.crumbs}
      head={{
        title: name,
        description: descriptionOf(name, summary, variant),
        canonical: productUrl(product.slug),
        kind: 'product',
        image: product.images[0] ?? null,
        jsonLd: [productLd(site, product, variant), breadcrumbLd(site, product.crumbs, { name, path: productUrl(product.slug) })],
      }}
      events={[
        {
          name: 'Product Viewed',
          properties: {
            product_id: product.id,
            sku: variant?.sku,
            category: product.category,
            price: (variant?.priceFen ?? 0) / 100,
            currency: 'CNY',
          },
        },
      ]}
    >
      <div class="product">
        <Gallery site={site} product={product} sku={variant?.sku} />
        <div class="about">
          {product.brand !== '' && (
            <p class="brand" lang={langOf(site.language, product.brand)}>
              {product.brand}
            </p>
          )}
          <h1 lang={langOf(site.language, name)}>{name}</h1>
          {summary !== '' && <p class="summary">{summary}</p>}
          <BuyBoxIsland site={site} view={view} sku={variant?.sku} flash={flash} />
          <Offers site={site} offers={view.offers} names={view.names} />
          <p class="promise">
            {view.arrivesOn !== null && <>{site.say(cart.arrives, { day: view.arrivesOn })} · </>}
            {site.say(words.returns)} · <a href={site.href(policyUrl('returns'))}>{site.say(words.returnsMore)}</a>
          </p>
        </div>
      </div>
      <Description site={site} product={product} />
      <Specs site={site} product={product} variant={variant} />
      {product.related.length > 0 && (
        <section aria-labelledby="related">
          <h2 id="related">{site.say(words.related)}</h2>
          <CardGrid site={site} cards={product.related} />
        </section>
      )}
    </Layout>
  );
}

function descriptionOf(name: string, summary: string, variant: Variant | undefined): string {
  const price = variant?.priceFen === null || variant === undefined ? '' : ` · ${formatMoney(variant.priceFen)}`;
  return `${summary === '' ? name : summary}${price}`;
}

/** What the page says it costs, to people and to machines alike. */
function atFlashPrice(variant: Variant | undefined, flash: readonly FlashPrice[]): Variant | undefined {
  const offer = flashOf(flash, variant?.sku);
  if (variant === undefined || offer === undefined) return variant;
  return { ...variant, priceFen: offer.flashFen, listFen: variant.priceFen, priceEndsAt: offer.endsAt };
}

interface BuyBoxIslandProps {
  site: Site;
  view: ProductPageView;
  sku: string | undefined;
  flash: readonly FlashPrice[];
}

function BuyBoxIsland({ site, view: { product, freight, stores }, sku, flash }: BuyBoxIslandProps) {
  const props: BuyBoxProps = {
    language: site.language,
    product: { slug: product.slug, options: product.options, variants: product.variants },
    sku,
    freight,
    flash,
    stores,
    now: site.now.toISOString(),
    urls: { product: site.href(productUrl(product.slug)), add: site.href('/cart/lines'), cart: site.href(cartUrl) },
  };
  return (
    <>
      <div data-island="buy-box">
        <BuyBox {...props} />
      </div>
      <script type="application/json" data-props="buy-box" dangerouslySetInnerHTML={{ __html: jsonForScript(props) }} />
    </>
  );
}

function Description({ site, product }: { site: Site; product: Product }) {
  const text = site.nameOf({ name: product.description, nameEn: product.descriptionEn });
  if (text === '') return null;
  return (
    <section aria-labelledby="description" class="prose">
      <h2 id="description">{site.say(words.about)}</h2>
      {text.split(/\n+/).map((paragraph, index) => (
        <p key={index}>{paragraph}</p>
      ))}
    </section>
  );
}

/** Facts as a real table; the chosen variant's own facts first. */
function Specs({ site, product, variant }: { site: Site; product: Product; variant: Variant | undefined }) {
  const rows = [
    ...(product.brand === '' ? [] : [{ name: site.say(words.brand), value: product.brand }]),
    ...(variant ? [{ name: site.say(words.skuCode), value: variant.sku }] : []),
    ...(variant?.weightGrams ? [{ name: site.say(words.weight), value: weightOf(site, variant.weightGrams) }] : []),
    ...product.specs.map((spec) => ({ name: site.nameOf(spec), value: site.valueOf(spec) })),
  ];
  return (
    <section aria-labelledby="specs">
      <h2 id="specs">{site.say(words.specs)}</h2>
      <table class="specs">
        <caption class="sr">{site.say(words.specs)}</caption>
        <thead class="sr">
          <tr>
            <th scope="col">{site.say(words.specName)}</th>
            <th scope="col">{site.say(words.specValue)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, value }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td lang={langOf(site.language, value)}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const weightOf = (site: Site, grams: number): string =>
  grams < 1000
    ? site.say(words.grams, { count: formatCount(grams) })
    : site.say(words.kilograms, { count: formatDecimal(grams / 1000, grams % 1000 === 0 ? 0 : 2) });
