import { formatMoney } from '@tongshang/ui/format/money';
import type { ComponentChildren } from 'preact';
import { isNarrowed, listQuery, type ListState, toggle, withoutFilters, yuan } from '../lib/list-state.ts';
import type { Site } from '../site.ts';
import type { Facets } from '../views.ts';
import { lists } from '../words/lists.ts';
import { productPage as product } from '../words/product-page.ts';
import type { ListLink, ListView } from './list.tsx';

interface Props {
  site: Site;
  view: ListView;
  linkTo: ListLink;
}

const shownMax = 12;

/** Every way to narrow the list, as plain links with counts: works without JavaScript and by keyboard. */
export function Filters({ site, view, linkTo, action }: Props & { action: string }) {
  const { state, list } = view;
  const { facets } = list;
  return (
    <aside class="filters" aria-labelledby="filters">
      <h2 id="filters" class="sr">
        {site.say(lists.filters)}
      </h2>
      <details>
        <summary>{site.say(lists.filters)}</summary>
        <ul class="facet one">
          <FacetLink
            href={linkTo({ ...state, isInStock: !state.isInStock, page: 1 })}
            isOn={state.isInStock}
            count={facets.inStock}
          >
            {site.say(lists.inStock)}
          </FacetLink>
        </ul>
        {facets.options.map((facet) => (
          <OptionFacet key={facet.name} site={site} facet={facet} state={state} linkTo={linkTo} />
        ))}
        {facets.brands.length > 1 && (
          <Facet title={site.say(product.brand)}>
            {facets.brands.slice(0, shownMax).map(({ value, count }) => (
              <FacetLink
                key={value}
                href={linkTo(toggle(state, 'brands', value))}
                isOn={state.brands.includes(value)}
                count={count}
              >
                {value}
              </FacetLink>
            ))}
          </Facet>
        )}
        <Facet title={site.say(lists.priceRange)}>
          {facets.prices.map(({ fromFen, toFen, count }) => {
            const isOn = state.minFen === fromFen && state.maxFen === (toFen ?? undefined);
            const next = isOn ? { minFen: undefined, maxFen: undefined } : { minFen: fromFen, maxFen: toFen ?? undefined };
            return (
              <FacetLink key={fromFen} href={linkTo({ ...state, ...next, page: 1 })} isOn={isOn} count={count}>
                {rangeWords(site, fromFen === 0 ? undefined : fromFen, toFen ?? undefined)}
              </FacetLink>
            );
          })}
        </Facet>
        <PriceForm site={site} state={state} action={action} />
      </details>
    </aside>
  );
}

function OptionFacet({
  site,
  facet,
  state,
  linkTo,
}: {
  site: Site;
  facet: Facets['options'][number];
  state: ListState;
  linkTo: ListLink;
}) {
  return (
    <Facet title={site.nameOf(facet)}>
      {facet.values.slice(0, shownMax * 2).map((choice) => {
        const token = `${facet.name}:${choice.value}`;
        return (
          <FacetLink
            key={token}
            href={linkTo(toggle(state, 'options', token))}
            isOn={state.options.includes(token)}
            count={choice.count}
          >
            {site.valueOf(choice)}
          </FacetLink>
        );
      })}
    </Facet>
  );
}

function Facet({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="facet">
      <h3>{title}</h3>
      <ul>{children}</ul>
    </div>
  );
}

function FacetLink({ href, isOn, count, children }: { href: string; isOn: boolean; count: number; children: ComponentChildren }) {
  return (
    <li>
      <a href={href} rel="nofollow" aria-current={isOn ? 'true' : undefined}>
        <span class="box" aria-hidden="true" />
        {children} <span class="count">{count}</span>
      </a>
    </li>
  );
}

/** A price range of one's own; the other filters travel along. */
function PriceForm({ site, state, action }: { site: Site; state: ListState; action: string }) {
  const others = new URLSearchParams(listQuery({ ...state, minFen: undefined, maxFen: undefined, page: 1 }));
  return (
    <form class="price-form" action={action}>
      {[...others].map(([name, value]) => (
        <input key={name + value} type="hidden" name={name} value={value} />
      ))}
      <label>
        <span class="sr">{site.say(lists.priceMin)}</span>
        <input
          name="min"
          inputMode="decimal"
          autocomplete="off"
          value={state.minFen === undefined ? '' : yuan(state.minFen)}
          placeholder={site.say(lists.priceMin)}
        />
      </label>
      <span aria-hidden="true">–</span>
      <label>
        <span class="sr">{site.say(lists.priceMax)}</span>
        <input
          name="max"
          inputMode="decimal"
          autocomplete="off"
          value={state.maxFen === undefined ? '' : yuan(state.maxFen)}
          placeholder={site.say(lists.priceMax)}
        />
      </label>
      <button type="submit" class="quiet">
        {site.say(lists.applyPrice)}
      </button>
    </form>
  );
}

function rangeWords(site: Site, minFen: number | undefined, maxFen: number | undefined): string {
  if (minFen === undefined) return site.say(lists.priceAtMost, { max: formatMoney(maxFen) });
  if (maxFen === undefined) return site.say(lists.priceAtLeast, { min: formatMoney(minFen) });
  return site.say(lists.priceFromTo, { min: formatMoney(minFen), max: formatMoney(maxFen) });
}

/** What is narrowed now, each with a way out. */
export function Chips({ site, view: { state, list }, linkTo }: Props) {
  if (!isNarrowed(state)) return null;
  const chips = [
    ...state.options.map((token) => ({
      label: optionLabel(site, list.facets, token),
      href: linkTo(toggle(state, 'options', token)),
    })),
    ...state.brands.map((brand) => ({ label: brand, href: linkTo(toggle(state, 'brands', brand)) })),
    ...(state.minFen !== undefined || state.maxFen !== undefined
      ? [
          {
            label: rangeWords(site, state.minFen, state.maxFen),
            href: linkTo({ ...state, minFen: undefined, maxFen: undefined, page: 1 }),
          },
        ]
      : []),
    ...(state.isInStock ? [{ label: site.say(lists.inStock), href: linkTo({ ...state, isInStock: false, page: 1 }) }] : []),
  ];
  return (
    <nav class="chips" aria-label={site.say(lists.chosen)}>
      <ul>
        {chips.map(({ label, href }) => (
          <li key={label}>
            <a href={href} rel="nofollow">
              <span class="sr">{site.say(lists.removeFilter, { label })}</span>
              <span aria-hidden="true">{label} ×</span>
            </a>
          </li>
        ))}
        <li>
          <a href={linkTo(withoutFilters(state))} class="clear" rel="nofollow">
            {site.say(lists.clearAll)}
          </a>
        </li>
      </ul>
    </nav>
  );
}

function optionLabel(site: Site, facets: Facets, token: string): string {
  const at = token.indexOf(':');
  const [name, value] = [token.slice(0, at), token.slice(at + 1)];
  const choice = facets.options.find((facet) => facet.name === name)?.values.find((one) => one.value === value);
  return choice ? site.valueOf(choice) : value;
}
