import { formatInstant } from '@tongshang/ui/format/time';
import { formatMoney } from '@tongshang/ui/format/money';
import { formatCount } from '@tongshang/ui/format/number';
import { outcomeOf, plainCode, savedByCoupons } from '../lib/explain.ts';
import { langOf } from '../lib/language.ts';
import { couponsUrl, pointsUrl, signInUrl } from '../lib/urls.ts';
import type { Site } from '../site.ts';
import type { Cart, MyCoupon } from '../views.ts';
import { offers as words } from '../words/offers.ts';
import { described, Field } from './field.tsx';
import { reasonOf } from './why.tsx';

export interface Savings {
  cart: Cart;
  isMember: boolean;
  /** The member's usable coupons; empty for guests. */
  coupons: readonly MyCoupon[];
  /** What was typed and could not be taken. */
  trouble?: { code: string; text: string } | undefined;
  /** Where guests come back to after signing in. */
  next: 'cart' | 'checkout';
}

interface Row {
  code: string;
  name: string;
  until: string | null;
}

/** Coupons and a code, with what each gave or why not. Buttons send `do`; they stand inside a form. */
export function CouponChooser({ site, savings }: { site: Site; savings: Savings }) {
  const { cart, coupons, trouble, isMember, next } = savings;
  const savedFen = savedByCoupons(cart);
  const rows = rowsOf(site, savings);
  return (
    <details class="savings" open={trouble !== undefined || rows.some(({ code }) => isInVain(cart, code))}>
      <summary>{savedFen > 0 ? site.say(words.couponsUsed, { amount: formatMoney(savedFen) }) : site.say(words.coupons)}</summary>
      {cart.applied.some(({ couponCode }) => couponCode !== null) && coupons.length > 1 && (
        <p class="note">{site.say(words.couponBest)}</p>
      )}
      {rows.length > 0 && (
        <ul class="coupon-rows">
          {rows.map((row) => (
            <CouponRow key={row.code} site={site} cart={cart} row={row} />
          ))}
        </ul>
      )}
      {isMember && rows.length === 0 && <p class="note">{site.say(words.couponNone)}</p>}
      <Field id="code" label={site.say(words.couponCode)} trouble={trouble?.text}>
        <span class="with-button">
          <input
            {...described('code', { trouble: trouble?.text })}
            name="code"
            value={trouble?.code ?? ''}
            maxLength={40}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
          />
          <button type="submit" class="quiet" name="do" value="code" formNoValidate>
            {site.say(words.couponApply)}
          </button>
        </span>
      </Field>
      <p class="note">
        {isMember ? (
          <a href={site.href(couponsUrl)}>{site.say(words.toCouponCentre)}</a>
        ) : (
          <a href={site.href(`${signInUrl}?next=${next}`)}>{site.say(words.couponSignIn)}</a>
        )}
      </p>
    </details>
  );
}

const isInVain = (cart: Cart, code: string): boolean => {
  const outcome = outcomeOf(cart, code);
  return outcome !== undefined && 'missed' in outcome && cart.terms.couponCodes.some((one) => plainCode(one) === plainCode(code));
};

/** Codes in use first, then typed ones that give nothing, then the other coupons one has. */
function rowsOf(site: Site, { cart, coupons }: Savings): Row[] {
  const rows = new Map<string, Row>();
  const add = (code: string, name: string, until: string | null) => {
    if (!rows.has(plainCode(code))) rows.set(plainCode(code), { code, name, until });
  };
  const untilOf = (code: string): string | null =>
    coupons.find((one) => plainCode(one.code) === plainCode(code))?.validTo ?? null;
  for (const one of cart.applied) if (one.couponCode !== null) add(one.couponCode, site.nameOf(one), untilOf(one.couponCode));
  for (const code of cart.terms.couponCodes) {
    const outcome = outcomeOf(cart, code);
    add(code, outcome && 'missed' in outcome ? site.nameOf(outcome.missed) : '', untilOf(code));
  }
  for (const { code, rule, validTo } of coupons) add(code, site.nameOf(rule), validTo);
  return [...rows.values()];
}

function CouponRow({ site, cart, row: { code, name, until } }: { site: Site; cart: Cart; row: Row }) {
  const outcome = outcomeOf(cart, code);
  const isApplied = outcome !== undefined && 'applied' in outcome;
  const isAsked = cart.terms.couponCodes.some((one) => plainCode(one) === plainCode(code));
  const title = name === '' ? code : name;
  return (
    <li class={isApplied ? 'in-use' : undefined}>
      <span class="what">
        <strong lang={langOf(site.language, title)}>{title}</strong>
        <small>
          {name !== '' && <span class="code">{code}</span>}
          {until !== null && <> · {site.say(words.couponUntil, { at: formatInstant(until) })}</>}
        </small>
        {outcome && 'applied' in outcome && (
          <small class="good">
            {outcome.applied.amountFen > 0
              ? site.say(words.couponGave, { amount: formatMoney(outcome.applied.amountFen) })
              : site.say(words.couponGaveFreight)}
          </small>
        )}
        {outcome && 'missed' in outcome && <small class="trouble">{missedCode(site, outcome.missed)}</small>}
      </span>
      {isAsked ? (
        <button
          type="submit"
          class="link"
          name="do"
          value={`drop:${code}`}
          formNoValidate
          aria-label={site.say(words.couponDropNamed, { name: title })}
        >
          {site.say(words.couponDrop)}
        </button>
      ) : (
        !isApplied && (
          <button
            type="submit"
            class="quiet small"
            name="do"
            value={`coupon:${code}`}
            formNoValidate
            aria-label={site.say(words.couponUseNamed, { name: title })}
          >
            {site.say(words.couponUse)}
          </button>
        )
      )}
    </li>
  );
}

const missedCode = (site: Site, missed: Cart['missed'][number]): string => {
  if (missed.missingFen) return site.say(words.moreAmount, { amount: formatMoney(missed.missingFen), name: site.nameOf(missed) });
  if (missed.missingUnits) return site.say(words.moreUnits, { count: missed.missingUnits, name: site.nameOf(missed) });
  return reasonOf(site, missed);
};

/** Points as money, for members. */
export function PointsChooser({ site, savings: { cart, isMember } }: { site: Site; savings: Savings }) {
  if (!isMember) return null;
  const { pointsAvailable, pointsSpent, pointsFen } = cart;
  return (
    <details class="savings" open={pointsSpent > 0}>
      <summary>{site.say(words.pointsTitle)}</summary>
      {pointsAvailable === 0 ? (
        <p class="note">{site.say(words.pointsNone)}</p>
      ) : (
        <>
          <p class="note">
            {site.say(words.pointsHave, { points: formatCount(pointsAvailable) })}{' '}
            {pointsSpent > 0 && (
              <strong class="good">
                {site.say(words.pointsUsed, { points: formatCount(pointsSpent), amount: formatMoney(pointsFen) })}
              </strong>
            )}
          </p>
          <Field id="points" label={site.say(words.pointsField)}>
            <span class="with-button">
              <input
                {...described('points', {})}
                name="points"
                type="number"
                inputMode="numeric"
                min="0"
                max={String(pointsAvailable)}
                value={pointsSpent > 0 ? String(pointsSpent) : ''}
              />
              <button type="submit" class="quiet" name="do" value="points" formNoValidate>
                {site.say(words.pointsApply)}
              </button>
            </span>
          </Field>
          <p class="actions">
            <button type="submit" class="link" name="do" value="points-all" formNoValidate>
              {site.say(words.pointsAll)}
            </button>
            {pointsSpent > 0 && (
              <button type="submit" class="link" name="do" value="points-none" formNoValidate>
                {site.say(words.pointsDrop)}
              </button>
            )}
            <a href={site.href(pointsUrl)}>{site.say(words.pointsLedger)}</a>
          </p>
        </>
      )}
    </details>
  );
}
