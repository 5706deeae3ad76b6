import type { ComponentChildren } from 'preact';
import { jsonForScript } from '../lib/json.ts';
import { accountUrl, cartUrl, categoryUrl, couponsUrl, flashUrl, homeUrl, policyUrl, searchUrl } from '../lib/urls.ts';
import { hrefIn, type Site } from '../site.ts';
import type { Category, Crumb } from '../views.ts';
import { common } from '../words/common.ts';
import { flash } from '../words/flash.ts';
import { coupons } from '../words/member.ts';
import { policies, policyNames } from '../words/policies.ts';
import { Head, type PageHead } from './head.tsx';
import { CartIcon, PersonIcon, SearchIcon } from './icons.tsx';
import { makeKept } from './kept.ts';

export interface BehaviourEvent {
  name: string;
  properties: Record<string, unknown>;
}

interface Props {
  site: Site;
  head: PageHead;
  categories: readonly Category[];
  /** Which top category is open. */
  current?: string | undefined;
  searchText?: string | undefined;
  crumbs?: readonly Crumb[];
  /** What this page view says to analytics beyond "page". */
  events?: readonly BehaviourEvent[];
  /** Names the page kind for analytics and styles. */
  kind: string;
  children: ComponentChildren;
}

/** The whole document around a page: head, header, main, footer. */
export function Layout({ site, head, categories, current, searchText, crumbs, events = [], kind, children }: Props) {
  return (
    <html lang={site.language} class={`page-${kind}`}>
      <Head site={site} head={head} />
      <body data-kind={kind} data-key={site.writeKey}>
        <a class="skip" href="#main">
          {site.say(common.skip)}
        </a>
        <Header site={site} categories={categories} current={current} searchText={searchText} />
        <main id="main" tabIndex={-1}>
          {crumbs !== undefined && <Breadcrumb site={site} crumbs={crumbs} />}
          {children}
        </main>
        <footer
          class="foot"
          dangerouslySetInnerHTML={feet(common, `${site.language} ${site.brand}`, () => (
            <Foot site={site} />
          ))}
        />
        {events.length > 0 && (
          <script type="application/json" id="events" dangerouslySetInnerHTML={{ __html: jsonForScript(events) }} />
        )}
      </body>
    </html>
  );
}

function Header({ site, categories, current, searchText }: Pick<Props, 'site' | 'categories' | 'current' | 'searchText'>) {
  const top = categories.filter(({ parent }) => parent === null);
  return (
    <header class="top">
      <div class="bar">
        <a class="logo" href={site.href(homeUrl)}>
          <img src="/favicon.svg" alt="" width="32" height="32" />
          <span>{site.brand}</span>
        </a>
        <search>
          <form class="search" action={site.href(searchUrl)} data-suggest={site.href('/suggest')}>
            <label class="sr" for="q">
              {site.say(common.searchLabel)}
            </label>
            <input
              id="q"
              name="q"
              type="search"
              value={searchText ?? ''}
              placeholder={site.say(common.searchHint)}
              maxLength={100}
              autocomplete="off"
              enterkeyhint="search"
            />
            <button type="submit" class="icon-button">
              <SearchIcon />
              <span class="sr">{site.say(common.search)}</span>
            </button>
          </form>
        </search>
        <ul class="tools">
          <li>
            <a
              href={hrefIn(site.language === 'en' ? 'zh-CN' : 'en', site.path)}
              hreflang={site.language === 'en' ? 'zh-CN' : 'en'}
              lang={site.language === 'en' ? 'zh-CN' : 'en'}
              rel="alternate"
              class="text-tool"
            >
              {site.say(common.otherLanguage)}
            </a>
          </li>
          <li>
            <a href={site.href(accountUrl)} class="icon-button">
              <PersonIcon />
              <span class="sr">{site.say(common.account)}</span>
            </a>
          </li>
          <li>
            <a href={site.href(cartUrl)} class="icon-button cart-link">
              <CartIcon />
              <span class="sr">{site.say(common.cart)}</span>
              <span class="count" data-cart-count hidden />
            </a>
          </li>
        </ul>
      </div>
      {top.length > 0 && (
        <nav
          class="sections"
          aria-label={site.say(common.mainMenu)}
          dangerouslySetInnerHTML={menus(categories, `${site.language} ${current ?? ''}`, () => (
            <Menu site={site} top={top} current={current} />
          ))}
        />
      )}
    </header>
  );
}

const menus = makeKept();
const feet = makeKept();

function Menu({ site, top, current }: { site: Site; top: readonly Category[]; current: string | undefined }) {
  return (
    <ul>
      {[
        { url: flashUrl, word: flash.title },
        { url: couponsUrl, word: coupons.centre },
      ].map(({ url, word }) => (
        <li key={url}>
          <a href={site.href(url)} aria-current={url === current ? 'true' : undefined}>
            {site.say(word)}
          </a>
        </li>
      ))}
      {top.map((category) => (
        <li key={category.code}>
          <a href={site.href(categoryUrl(category.code))} aria-current={category.code === current ? 'true' : undefined}>
            {site.nameOf(category)}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Breadcrumb({ site, crumbs }: { site: Site; crumbs: readonly Crumb[] }) {
  return (
    <nav class="crumbs" aria-label={site.say(common.breadcrumb)}>
      <ol>
        <li>
          <a href={site.href(homeUrl)}>{site.say(common.home)}</a>
        </li>
        {crumbs.map((crumb) => (
          <li key={crumb.code}>
            <a href={site.href(categoryUrl(crumb.code))}>{site.nameOf(crumb)}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Foot({ site }: { site: Site }) {
  return (
    <>
      <nav aria-label={site.say(common.help)}>
        <ul>
          {policyNames.map((name) => (
            <li key={name}>
              <a href={site.href(policyUrl(name))}>{site.say(policies[name].title)}</a>
            </li>
          ))}
        </ul>
      </nav>
      <p class="theme" data-theme-switch hidden>
        <label>
          {site.say(common.theme)}{' '}
          <select>
            <option value="">{site.say(common.themeSystem)}</option>
            <option value="light">{site.say(common.themeLight)}</option>
            <option value="dark">{site.say(common.themeDark)}</option>
          </select>
        </label>
      </p>
      <p>
        {site.brand} · {site.say(common.brandLine)}
      </p>
      <p>{site.say(common.footNote)}</p>
    </>
  );
}
