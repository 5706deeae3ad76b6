// One offer on the working copy: may it count, do its conditions hold, what does it take. Decides; changes nothing.
import { shareOf } from '../../../platform/money.ts';
import { findMiss } from './conditions.ts';
import { isNotBelowEveryday, type Limit, type Verdict, weigh } from './effects.ts';
import type { Offer } from './request.ts';
import type { Run, Take } from './run.ts';
import { lookFor, meantBy, type Seen } from './seen.ts';
import { everydayFen } from './unit-prices.ts';

export function judge(run: Run, offer: Offer): Verdict {
  if (offer.closed !== undefined) return { reason: offer.closed };
  const limit = limitOf(run, offer);
  if (limit === undefined) return { reason: 'used_up' };
  const seen = lookFor(run, offer);
  const miss = findMiss(offer.when, seen);
  if (miss !== undefined) return isForOtherGoods(seen, offer, limit) ? { reason: 'no_matching_line' } : miss;

  const verdict = run.stage === 'freight' ? offFreight(seen, offer, limit) : offGoods(seen, offer, limit);
  if ('reason' in verdict) return verdict;
  const givesSomething = verdict.gift !== undefined || verdict.isPromise === true || verdict.takes.some((taken) => taken > 0);
  return givesSomething ? verdict : { reason: beatsNothing(seen) ? 'nothing_to_take_off' : 'beaten' };
}

/** Nobody is told to sign in for an offer on goods that are not in the cart. */
function isForOtherGoods(seen: Seen, offer: Offer, limit: Limit): boolean {
  if (seen.run.stage === 'freight') return false;
  const verdict = weigh(seen, offer, limit);
  return 'reason' in verdict && verdict.reason === 'no_matching_line';
}

/** What the promotion's budget and limits leave after what this cart already draws; undefined when nothing is left. */
function limitOf(run: Run, { promotionId, left }: Offer): Limit | undefined {
  const used = run.used.get(promotionId);
  const limit = {
    amountFen: (left.amountFen ?? Infinity) - (used?.amountFen ?? 0),
    units: (left.units ?? Infinity) - (used?.units ?? 0),
  };
  const uses = (left.uses ?? Infinity) - (used?.uses ?? 0);
  return limit.amountFen <= 0 || limit.units <= 0 || uses <= 0 ? undefined : limit;
}

function offGoods(seen: Seen, offer: Offer, limit: Limit): Verdict {
  const isExclusive = seen.run.stage === 'exclusive';
  if (offer.then.gives === 'points_price' && !isExclusive) return { reason: 'nothing_to_take_off' };
  const verdict = weigh(seen, offer, limit);
  if (!isExclusive || 'reason' in verdict || verdict.unitsOf !== undefined) return verdict;
  const takes = verdict.takes.map((taken, index) =>
    isNotBelowEveryday(seen, index, seen.pieces[index]?.count ?? 0, taken) ? 0 : taken,
  );
  return { ...verdict, takes };
}

/** In the stage freight a promotion lowers the freight of the parcels in which a line it means travels. */
function offFreight(seen: Seen, { then: effect }: Offer, limit: Limit): Verdict {
  const { amounts, parcels } = seen.run;
  if (effect.gives === 'free_freight') return wholeParcels(amounts, limit.amountFen);
  if (effect.gives !== 'amount' && effect.gives !== 'percent') return { reason: 'nothing_to_take_off' };
  const meant = new Set(meantBy(seen, effect.of).map((index) => seen.pieces[index]?.cell.parcel));
  let left = Math.min(limit.amountFen, effect.gives === 'amount' ? effect.fen : (effect.capFen ?? Infinity));
  const takes = amounts.map((fee, nth) => {
    if (!meant.has(parcels[nth])) return 0;
    const taken = Math.min(effect.gives === 'amount' ? fee : shareOf(fee, effect.bp), left);
    left -= taken;
    return taken;
  });
  return { takes, units: 0 };
}

/** Frees parcels one after the other while the budget holds a whole fee. */
export function wholeParcels(amounts: readonly number[], budgetFen: number): Take {
  let left = budgetFen;
  const takes = amounts.map((fee) => {
    if (fee > left) return 0;
    left -= fee;
    return fee;
  });
  return { takes, units: 0 };
}

const beatsNothing = ({ run, pieces, open }: Seen): boolean =>
  run.stage !== 'exclusive' ||
  open.every((index) => {
    const prices = pieces[index]?.cell.prices;
    return prices === undefined || everydayFen(prices) === prices.unitFen;
  });
