// Whether a promotion's conditions hold for this buyer and cart, and if not, what is missing.
import type { Condition, ConditionTree, LineFilter, MissReason } from '@tongshang/contract';
import type { Miss } from './run.ts';
import { countAt, meantBy, type Seen, sumAt } from './seen.ts';

/** Undefined when the tree holds; else what to tell the buyer. */
export function findMiss(tree: ConditionTree, seen: Seen): Miss | undefined {
  if ('is' in tree) return missOf(tree, seen);
  if ('all' in tree) return hardest(tree.all.map((one) => findMiss(one, seen)));
  if ('any' in tree) return easiest(tree.any.map((one) => findMiss(one, seen)));
  return findMiss(tree.not, seen) === undefined ? { reason: reasonOf(tree.not) } : undefined;
}

/** How often a tree's amounts and quantities are reached; undefined when it names none. */
export function timesReached(tree: ConditionTree, seen: Seen): number | undefined {
  if ('all' in tree) return edge(tree.all, seen, Math.min);
  if ('any' in tree) return edge(tree.any, seen, Math.max);
  if ('not' in tree) return undefined;
  if (tree.is === 'amount') return Math.floor(sumAt(seen.goods, meantBy(seen, tree.of)) / tree.minFen);
  if (tree.is === 'quantity') return Math.floor(countAt(seen, meantBy(seen, tree.of)) / tree.min);
  return undefined;
}

function edge(trees: readonly ConditionTree[], seen: Seen, pick: (...times: number[]) => number): number | undefined {
  const times = trees.map((tree) => timesReached(tree, seen)).filter((one) => one !== undefined);
  return times.length === 0 ? undefined : pick(...times);
}

/** From what no shopping can mend to what one more unit mends. */
const hardness: Partial<Record<MissReason, number>> = {
  not_for_channel: 8, not_now: 7, not_for_customer: 6, members_only: 5, not_first_order: 4, no_matching_line: 3, line_is_exclusive: 3,
  payment_method: 2, quantity_short: 1, amount_short: 0,
}; // prettier-ignore
const hardnessOf = ({ reason, missingFen = 0, missingUnits = 0 }: Miss): number =>
  (hardness[reason] ?? 0) + (missingFen + missingUnits) / Number.MAX_SAFE_INTEGER; // of two alike the one that lacks more

/** All must hold: the buyer is told what is hardest to mend. */
function hardest(misses: readonly (Miss | undefined)[]): Miss | undefined {
  let found: Miss | undefined;
  for (const miss of misses)
    if (miss !== undefined && (found === undefined || hardnessOf(miss) > hardnessOf(found))) found = miss;
  return found;
}

/** Any will do: the buyer is told what is easiest to mend. */
function easiest(misses: readonly (Miss | undefined)[]): Miss | undefined {
  let found: Miss | undefined;
  for (const miss of misses) {
    if (miss === undefined) return undefined;
    if (found === undefined || hardnessOf(miss) < hardnessOf(found)) found = miss;
  }
  return found;
}

const forMembers: Miss = { reason: 'members_only' };
const when = (holds: boolean, reason: MissReason): Miss | undefined => (holds ? undefined : { reason });

function missOf(condition: Condition, seen: Seen): Miss | undefined {
  const { buyer, channel, paymentMethod, at } = seen.run.request;
  const isGuest = buyer.customerId === undefined;
  switch (condition.is) {
    case 'channel':
      return when(condition.in.includes(channel), 'not_for_channel');
    case 'member':
      return when(!isGuest, 'members_only');
    case 'tier':
      return isGuest ? forMembers : when(buyer.tier !== undefined && condition.in.includes(buyer.tier), 'not_for_customer');
    case 'segment':
      return isGuest
        ? forMembers
        : when(
            buyer.segments.some((one) => condition.in.includes(one)),
            'not_for_customer',
          );
    case 'customer':
      return isGuest ? forMembers : when(condition.in.includes(buyer.customerId ?? ''), 'not_for_customer');
    case 'first_order':
      return when(buyer.isFirstOrder, 'not_first_order');
    case 'time':
      return when(isWithin(condition, at), 'not_now');
    case 'payment_method':
      return when(paymentMethod !== undefined && condition.in.includes(paymentMethod), 'payment_method');
    case 'amount':
      return missAmount(seen, condition.of, condition.minFen);
    case 'quantity':
      return missQuantity(seen, condition.of, condition.min);
  }
}

function missAmount(seen: Seen, filter: LineFilter, minFen: number): Miss | undefined {
  const meant = meantBy(seen, filter);
  const missingFen = minFen - sumAt(seen.goods, meant);
  if (missingFen <= 0) return undefined;
  return { reason: meant.length > 0 ? 'amount_short' : reasonOfNone(seen, filter), missingFen };
}

function missQuantity(seen: Seen, filter: LineFilter, min: number): Miss | undefined {
  const meant = meantBy(seen, filter);
  const missingUnits = min - countAt(seen, meant);
  if (missingUnits <= 0) return undefined;
  return { reason: meant.length > 0 ? 'quantity_short' : reasonOfNone(seen, filter), missingUnits };
}

/** Why a filter means nothing here: there is no such line, or it is sold at an exclusive price. */
export const reasonOfNone = (seen: Seen, filter: LineFilter): MissReason =>
  meantBy(seen, filter, seen.exclusive).length > 0 ? 'line_is_exclusive' : 'no_matching_line';

const reasons: Readonly<Record<Condition['is'], MissReason>> = {
  channel: 'not_for_channel', tier: 'not_for_customer', segment: 'not_for_customer', customer: 'not_for_customer', member: 'not_for_customer',
  first_order: 'not_for_customer', time: 'not_now', payment_method: 'payment_method', amount: 'nothing_to_take_off', quantity: 'nothing_to_take_off',
}; // prettier-ignore

/** What a negated tree that holds is about: its first leaf. */
function reasonOf(tree: ConditionTree): MissReason {
  if ('is' in tree) return reasons[tree.is];
  if ('not' in tree) return reasonOf(tree.not);
  const first = 'all' in tree ? tree.all[0] : tree.any[0];
  return first === undefined ? 'nothing_to_take_off' : reasonOf(first);
}

const minuteMs = 60_000;
const zoneMs = 8 * 60 * minuteMs; // Asia/Shanghai, without summer time
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** Half-open hours [from, to) of the business zone; a `to` before `from` runs over midnight. The weekday is that of the instant. */
function isWithin({ weekdays, from = '00:00', to = '24:00' }: Extract<Condition, { is: 'time' }>, at: Date): boolean {
  const minutes = Math.floor((at.getTime() + zoneMs) / minuteMs);
  const day = Math.floor(minutes / 1440);
  const weekday = ((((day + 3) % 7) + 7) % 7) + 1; // 1970-01-01 was a Thursday, 4
  if (weekdays !== undefined && !weekdays.includes(weekday)) return false;
  const now = minutes - day * 1440;
  const [start, end] = [minutesOf(from), minutesOf(to)];
  return start < end ? start <= now && now < end : now >= start || now < end;
}
