import { dayOf } from '@tongshang/ui/format/time';
import type { Site } from '../site.ts';
import type { Card, Crumb, Product, Variant } from '../views.ts';
import { common } from '../words/common.ts';
import { categoryUrl, homeUrl, productUrl, searchUrl } from './urls.ts';

// schema.org data. Everything in it is also on the page, in the same words and figures; a test compares them.

const amount = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
const absolute = (site: Site, src: string): string => (/^https?:/.test(src) ? src : site.origin + src);

export function breadcrumbLd(site: Site, crumbs: readonly Crumb[], last?: { name: string; path: string }): object {
  const places = [
    { name: site.say(common.home), path: homeUrl },
    ...crumbs.map((crumb) => ({ name: site.nameOf(crumb), path: categoryUrl(crumb.code) })),
    ...(last ? [last] : []),
  ];
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: places.map(({ name, path }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: site.origin + site.href(path),
    })),
  };
}

const availability = (isAvailable: boolean): string => `https://schema.org/${isAvailable ? 'InStock' : 'OutOfStock'}`;

/** The product with the offer of the variant that the page shows. */
export function productLd(site: Site, product: Product, variant: Variant | undefined): object {
  const url = site.origin + site.href(productUrl(product.slug));
  const summary = site.nameOf({ name: product.summary, nameEn: product.summaryEn });
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: site.nameOf(product),
    ...(summary !== '' && { description: summary }),
    ...(product.brand !== '' && { brand: { '@type': 'Brand', name: product.brand } }),
    ...(product.images.length > 0 && { image: product.images.map(({ src }) => absolute(site, src)) }),
    url,
    ...(variant && {
      sku: variant.sku,
      ...(variant.priceFen !== null && {
        offers: {
          '@type': 'Offer',
          price: amount(variant.priceFen),
          priceCurrency: 'CNY',
          availability: availability(variant.available > 0 && variant.disabledReason === null),
          itemCondition: 'https://schema.org/NewCondition',
          url: url,
          ...(variant.priceEndsAt !== null && { priceValidUntil: dayOf(variant.priceEndsAt) }),
        },
      }),
    }),
  };
}

export const listLd = (site: Site, cards: readonly Card[]): object => ({
  '@context': 'https://schema.org',
  '@type': 'ItemList',
  itemListElement: cards.map((card, index) => ({
    '@type': 'ListItem',
    position: index + 1,
    name: site.nameOf(card),
    url: site.origin + site.href(productUrl(card.slug)),
  })),
});

export const shopLd = (site: Site): object => ({
  '@context': 'https://schema.org',
  '@graph': [
    {
      '@type': 'Organization',
      name: site.brand,
      url: site.origin + site.href(homeUrl),
      logo: `${site.origin}/shop-assets/icon-512.png`,
    },
    {
      '@type': 'WebSite',
      name: site.brand,
      url: site.origin + site.href(homeUrl),
      inLanguage: site.language,
      potentialAction: {
        '@type': 'SearchAction',
        target: { '@type': 'EntryPoint', urlTemplate: `${site.origin}${site.href(searchUrl)}?q={search_term_string}` },
        'query-input': 'required name=search_term_string',
      },
    },
  ],
});
