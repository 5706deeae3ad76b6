import { formatInstant } from '@tongshang/ui/format/time';
import { formatCount } from '@tongshang/ui/format/number';
import { couponStates } from '@tongshang/ui/words/promotion-terms';
import type { RuleNames } from '../lib/rule.ts';
import { couponsUrl, couponTakeUrl, homeUrl, myCouponsUrl, signInUrl } from '../lib/urls.ts';
import { Layout } from '../parts/layout.tsx';
import { Notice, type NoticeView } from '../parts/notice.tsx';
import { Rule } from '../parts/offers.tsx';
import type { Site } from '../site.ts';
import type { Category, CouponOffer, MyCoupon } from '../views.ts';
import { coupons as words } from '../words/member.ts';

export interface CouponCentreView {
  categories: readonly Category[];
  offers: readonly CouponOffer[];
  names: RuleNames;
  notice?: NoticeView | undefined;
  isMember: boolean;
}

/** Coupons that anybody may take, what each takes and gives, and why one cannot be taken. */
export function CouponCentrePage({ site, view }: { site: Site; view: CouponCentreView }) {
  return (
    <Layout site={site} kind="coupons" categories={view.categories} current={couponsUrl} head={{ title: site.say(words.centre) }}>
      <div class="medium">
        <h1>{site.say(words.centre)}</h1>
        {view.notice && <Notice notice={view.notice} />}
        {view.offers.length === 0 ? (
          <div class="nothing">
            <p class="big">{site.say(words.none)}</p>
            <p>{site.say(words.noneText)}</p>
          </div>
        ) : (
          <p class="note">{site.say(words.centreText)}</p>
        )}
        <ul class="tickets">
          {view.offers.map((offer) => (
            <li key={offer.batchId} class={offer.state === 'open' || offer.state === 'sign_in' ? 'ticket' : 'ticket off'}>
              <div>
                <Rule site={site} rule={{ ...offer.rule, endsAt: null }} names={view.names} />
                <p class="key">{factsOf(site, offer).join(' · ')}</p>
              </div>
              <Take site={site} offer={offer} />
            </li>
          ))}
        </ul>
        {view.isMember && (
          <p>
            <a href={site.href(myCouponsUrl)}>{site.say(words.mine)}</a>
          </p>
        )}
      </div>
    </Layout>
  );
}

const factsOf = (site: Site, { validTo, validDays, left, state }: CouponOffer): string[] => [
  validDays === null
    ? validTo === null
      ? site.say(words.always)
      : site.say(words.validTo, { at: formatInstant(validTo) })
    : site.say(words.validDays, { count: validDays }),
  ...(state === 'open' || state === 'sign_in' ? [site.say(words.left, { count: formatCount(left) })] : []),
];

function Take({ site, offer: { state, batchId, rule } }: { site: Site; offer: CouponOffer }) {
  switch (state) {
    case 'open':
      return (
        <form method="post" action={site.href(couponTakeUrl(batchId))} data-once>
          <button type="submit" class="button" aria-label={site.say(words.takeNamed, { name: site.nameOf(rule) })}>
            {site.say(words.take)}
          </button>
        </form>
      );
    case 'sign_in':
      return (
        <a class="button quiet" href={site.href(`${signInUrl}?next=coupons`)}>
          {site.say(words.signIn)}
        </a>
      );
    case 'taken':
      return <span class="state">{site.say(words.taken)}</span>;
    case 'used_up':
      return <span class="state">{site.say(words.usedUp)}</span>;
  }
}

export interface MyCouponsView {
  categories: readonly Category[];
  coupons: readonly MyCoupon[];
  names: RuleNames;
  serverTime: string;
}

const soonMs = 3 * 86_400_000;

/** Usable ones first, the one that expires next on top; then the others, each with its reason. */
export function MyCouponsPage({ site, view }: { site: Site; view: MyCouponsView }) {
  const usable = view.coupons
    .filter(({ state }) => state === 'usable')
    .toSorted((one, other) => (one.validTo ?? '9').localeCompare(other.validTo ?? '9'));
  const others = view.coupons.filter(({ state }) => state !== 'usable');
  const title = site.say(words.mine);
  return (
    <Layout site={site} kind="my-coupons" categories={view.categories} head={{ title }}>
      <div class="medium">
        <h1>{title}</h1>
        {view.coupons.length === 0 && (
          <div class="nothing">
            <p class="big">{site.say(words.mineNone)}</p>
            <p>{site.say(words.mineNoneText)}</p>
          </div>
        )}
        <Tickets site={site} title={site.say(words.usable)} coupons={usable} view={view} />
        <Tickets site={site} title={site.say(words.over)} coupons={others} view={view} />
        <p class="actions">
          <a class="button quiet" href={site.href(couponsUrl)}>
            {site.say(words.centre)}
          </a>
        </p>
      </div>
    </Layout>
  );
}

interface TicketsProps {
  site: Site;
  title: string;
  coupons: readonly MyCoupon[];
  view: MyCouponsView;
}

function Tickets({ site, title, coupons, view }: TicketsProps) {
  if (coupons.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>
        {title} <small>{coupons.length}</small>
      </h2>
      <ul class="tickets">
        {coupons.map((coupon) => (
          <li key={coupon.code} class={coupon.state === 'usable' ? 'ticket' : 'ticket off'}>
            <div>
              <Rule site={site} rule={{ ...coupon.rule, endsAt: null }} names={view.names} />
              <p class="key">
                {coupon.state === 'usable' && isSoon(coupon, view.serverTime) && <span class="tag">{site.say(words.soon)}</span>}{' '}
                {mineFacts(site, coupon).join(' · ')}
              </p>
            </div>
            {coupon.state === 'usable' ? (
              <a class="button quiet" href={site.href(homeUrl)}>
                {site.say(words.useNow)}
              </a>
            ) : (
              <span class="state">{site.say(couponStates[coupon.state])}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const isSoon = ({ validTo }: MyCoupon, now: string): boolean =>
  validTo !== null && Date.parse(validTo) - Date.parse(now) < soonMs;

const mineFacts = (site: Site, { code, state, validFrom, validTo, usesLeft, usedAt }: MyCoupon): string[] => [
  ...(state === 'not_started' ? [site.say(words.from, { at: formatInstant(validFrom) })] : []),
  validTo === null ? site.say(words.always) : site.say(words.validTo, { at: formatInstant(validTo) }),
  ...(state === 'usable' && usesLeft !== null && usesLeft > 1 ? [site.say(words.usesLeft, { count: usesLeft })] : []),
  ...(usedAt === null ? [] : [site.say(words.usedAt, { at: formatInstant(usedAt) })]),
  site.say(words.code, { code }),
];
