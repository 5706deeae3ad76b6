import type { orders, PriceBreakdown, ReplyOf } from '@tongshang/contract';
import { missReasons } from '@tongshang/ui';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { useRefusal } from '../../parts/error-state.tsx';

type Quote = ReplyOf<typeof orders.quoteOrder>;

/** Why a line cannot be sold as it stands. */
export function LineProblem({ sku, problems }: { sku: string; problems: Quote['problems'] }) {
  const words = useWords();
  const say = useRefusal();
  const { count } = useFormat();
  const problem = problems.find((one) => one.sku === sku);
  if (!problem) return null;
  return (
    <span className="error-note" role="alert">
      {problem.code === 'stock.insufficient' && problem.available !== null
        ? words('newOrder.short', { available: count(problem.available) })
        : say(problem.code, { sku })}
    </span>
  );
}

const shownMax = 5;

/** Offers that gave nothing and what they lack: coupons that were typed first, then what a little more would bring. */
export function MissedOffers({ price }: { price: Pick<PriceBreakdown, 'missed' | 'applied'> }) {
  const words = useWords();
  const name = useName();
  const term = useTerm();
  const { money } = useFormat();
  const coupons = price.missed.filter(({ couponCode }) => couponCode !== null);
  const near = price.missed.filter(
    ({ couponCode, reason }) => couponCode === null && (reason === 'amount_short' || reason === 'quantity_short'),
  );
  const higher = price.applied.filter(({ nextFen, nextUnits }) => nextFen !== undefined || nextUnits !== undefined);
  const more = (fen: number | undefined, units: number | undefined): string => {
    if (fen !== undefined) return words('newOrder.moreFen', { amount: money(fen) });
    return units === undefined ? '' : words('newOrder.moreUnits', { count: units });
  };
  if (coupons.length + near.length + higher.length === 0) return null;
  return (
    <ul className="plain-list missed">
      {coupons.map(({ couponCode, name: rule, nameEn, reason, missingFen, missingUnits }) => (
        <li key={couponCode} className="bad-text">
          <code>{couponCode}</code> {rule !== '' && `${name({ name: rule, nameEn })} · `}
          {term(missReasons, reason)} {more(missingFen, missingUnits)}
        </li>
      ))}
      {near.slice(0, shownMax).map((one) => (
        <li key={one.promotionId}>
          {name(one)} · {more(one.missingFen, one.missingUnits) || term(missReasons, one.reason)}
        </li>
      ))}
      {higher.slice(0, shownMax).map((one) => (
        <li key={`${one.promotionId} ${one.couponCode ?? ''}`}>
          {words('newOrder.nextStep', { name: name(one), more: more(one.nextFen, one.nextUnits) })}
        </li>
      ))}
    </ul>
  );
}
