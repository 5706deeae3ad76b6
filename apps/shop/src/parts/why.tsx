import { formatMoney } from '@tongshang/ui/format/money';
import { formatCount } from '@tongshang/ui/format/number';
import { missReasons, priceStages } from '@tongshang/ui/words/promotion-terms';
import { type DiscountRow, discountRows } from '../lib/explain.ts';
import { langOf } from '../lib/language.ts';
import type { Site } from '../site.ts';
import type { CartLine, Missed, OrderLine } from '../views.ts';
import { offers as words } from '../words/offers.ts';

/** The rule that took something off, as its buyer reads it. */
export function ruleName(site: Site, row: Pick<DiscountRow, 'stage' | 'couponCode' | 'name' | 'nameEn' | 'points'>): string {
  if (row.stage === 'points') return site.say(words.points, { points: formatCount(row.points) });
  const name = row.name === '' && row.nameEn === '' ? site.say(priceStages[row.stage]) : site.nameOf(row);
  return row.couponCode === null ? name : site.say(words.withCode, { name, code: row.couponCode });
}

/** Under a line: which rule gave what. Nothing when the line is at its plain price. */
export function LineWhy({ site, line }: { site: Site; line: Pick<CartLine | OrderLine, 'adjustments' | 'isGift'> }) {
  const rows = discountRows([line]);
  if (line.isGift) return <p class="why-gift">{site.say(words.giftText)}</p>;
  if (rows.length === 0) return null;
  return (
    <ul class="why" aria-label={site.say(words.why)}>
      {rows.map((row) => {
        const name = ruleName(site, { ...row, couponCode: null }); // the code stands with the amounts
        return (
          <li key={row.key}>
            <span lang={langOf(site.language, name)}>{name}</span> <span class="minus">{formatMoney(-row.amountFen)}</span>
          </li>
        );
      })}
    </ul>
  );
}

export const reasonOf = (site: Site, missed: Missed): string => site.say(missReasons[missed.reason]);

/** “再买 ¥40 可享…”, or why it gave nothing. */
export function missText(site: Site, missed: Missed): string {
  const name = site.nameOf(missed);
  if (missed.missingFen !== undefined && missed.missingFen > 0)
    return site.say(words.moreAmount, { amount: formatMoney(missed.missingFen), name });
  if (missed.missingUnits !== undefined && missed.missingUnits > 0)
    return site.say(words.moreUnits, { count: missed.missingUnits, name });
  if (missed.reason === 'members_only') return site.say(words.membersOnly, { name });
  return site.say(words.notUsedLine, { name, reason: reasonOf(site, missed) });
}
