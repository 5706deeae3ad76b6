import { formatInstant } from '@tongshang/ui/format/time';
import { langOf } from '../lib/language.ts';
import { type RuleNames, ruleText } from '../lib/rule.ts';
import { couponTakeUrl } from '../lib/urls.ts';
import type { Site } from '../site.ts';
import type { ProductPromotions, PublicRule } from '../views.ts';
import { flash } from '../words/flash.ts';
import { productPage as words } from '../words/product-page.ts';

/** What runs for a product: each rule by its name and in a sentence; coupons with a button to take them. */
export function Offers({ site, offers, names }: { site: Site; offers: ProductPromotions; names: RuleNames }) {
  const rules = offers.items.filter(({ stage }) => stage !== 'exclusive'); // a flash price stands in the price itself
  if (rules.length + offers.coupons.length === 0) return null;
  return (
    <section class="offers" aria-labelledby="offers">
      <h2 id="offers">{site.say(words.offers)}</h2>
      <ul>
        {rules.map((rule) => (
          <li key={rule.promotionId}>
            <Rule site={site} rule={rule} names={names} />
          </li>
        ))}
        {offers.coupons.map(({ batchId, rule, left }) => (
          <li key={batchId}>
            <Rule site={site} rule={rule} names={names} />
            <form method="post" action={site.href(couponTakeUrl(batchId))}>
              <button type="submit" class="quiet small" aria-label={site.say(words.takeCouponNamed, { name: site.nameOf(rule) })}>
                {site.say(words.takeCoupon)}
              </button>{' '}
              <small>{site.say(words.couponLeft, { count: left })}</small>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Rule({ site, rule, names }: { site: Site; rule: PublicRule; names: RuleNames }) {
  const name = site.nameOf(rule);
  const text = ruleText(site, rule, names);
  return (
    <p class="rule">
      <strong lang={langOf(site.language, name)}>{name}</strong>
      {text !== '' && text !== name && <span> {text}</span>}
      {rule.endsAt !== null && <small> {site.say(flash.endsAt, { at: formatInstant(rule.endsAt) })}</small>}
    </p>
  );
}
