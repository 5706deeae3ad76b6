import { jsonForScript } from '../lib/json.ts';
import { hrefIn, type Site } from '../site.ts';
import { common } from '../words/common.ts';

export interface PageHead {
  /** Without the name of the shop. */
  title: string;
  description?: string;
  /** The one address of this content, without language; absent when the page is not for search engines. */
  canonical?: string;
  /** Search engines leave it out but follow its links. */
  isHidden?: boolean;
  image?: { src: string; width: number; height: number } | null;
  kind?: 'website' | 'product';
  jsonLd?: readonly object[];
  /** Seconds after which a browser without JavaScript asks again. */
  refreshSeconds?: number;
  previous?: string | undefined;
  next?: string | undefined;
}

const absolute = (site: Site, src: string): string => (/^https?:/.test(src) ? src : site.origin + src);

export function Head({ site, head }: { site: Site; head: PageHead }) {
  const title = head.title === '' ? site.brand : site.say(common.titleTail, { page: head.title, brand: site.brand });
  const { canonical, image } = head;
  return (
    <head>
      <meta charset="utf-8" />
      <title>{title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      {head.description !== undefined && <meta name="description" content={head.description} />}
      {(head.isHidden || canonical === undefined) && <meta name="robots" content="noindex, follow" />}
      {canonical !== undefined && <Addresses site={site} canonical={canonical} />}
      {head.previous !== undefined && <link rel="prev" href={head.previous} />}
      {head.next !== undefined && <link rel="next" href={head.next} />}
      <meta property="og:title" content={head.title === '' ? site.brand : head.title} />
      <meta property="og:site_name" content={site.brand} />
      <meta property="og:type" content={head.kind ?? 'website'} />
      <meta property="og:locale" content={site.language === 'en' ? 'en_US' : 'zh_CN'} />
      {head.description !== undefined && <meta property="og:description" content={head.description} />}
      {canonical !== undefined && <meta property="og:url" content={site.origin + site.href(canonical)} />}
      {image && <meta property="og:image" content={absolute(site, image.src)} />}
      <meta name="color-scheme" content="light dark" />
      <link rel="stylesheet" href={site.assets.urlOf('style')} />
      <script src={site.assets.urlOf('theme')} />
      <script type="module" src={site.assets.urlOf('main')} />
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      <link rel="apple-touch-icon" href="/shop-assets/icon-192.png" />
      <link rel="manifest" href={site.href('/manifest.webmanifest')} />
      {head.refreshSeconds !== undefined && (
        <noscript>
          <meta http-equiv="refresh" content={String(head.refreshSeconds)} />
        </noscript>
      )}
      {head.jsonLd?.map((data, index) => (
        <script key={index} type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonForScript(data) }} />
      ))}
    </head>
  );
}

function Addresses({ site, canonical }: { site: Site; canonical: string }) {
  return (
    <>
      <link rel="canonical" href={site.origin + site.href(canonical)} />
      <link rel="alternate" hreflang="zh-CN" href={site.origin + hrefIn('zh-CN', canonical)} />
      <link rel="alternate" hreflang="en" href={site.origin + hrefIn('en', canonical)} />
      <link rel="alternate" hreflang="x-default" href={site.origin + hrefIn('zh-CN', canonical)} />
    </>
  );
}
