// Who wants what, when, and what becomes of it: drawn before anything runs, so that every policy meets the same people.
import { createRandom, type Random } from '../../apps/server/src/demo/random.ts';
import { addDays, startOfDay } from '../../apps/server/src/platform/time.ts';

/** A SKU that people may want. */
export interface Wanted {
  sku: string;
  /** What they type to find it. */
  words: string;
  /** Units a day, relative to the other SKUs, on a business day. */
  unitsOn: (day: string) => number;
}

export interface Person {
  name: string;
  phone: string;
  region: string;
  address: string;
}

/** One person's visit with all that chance decides about it. */
export interface Visit {
  /** 1, 2, 3 … over the whole run. */
  number: number;
  at: Date;
  person: Person;
  lines: readonly { sku: string; quantity: number; words: string }[];
  /** Looks, and leaves. */
  isLooker: boolean;
  pays: 'at_once' | 'after_a_decline' | 'never' | 'too_late';
  /** Signs in first: earns points, and spends those that are there. */
  isMember: boolean;
  /** The street is missing: a person has to ask. */
  hasShortAddress: boolean;
  /** Calls the order off before it is sent. */
  changesMind: boolean;
  /** What stands in the order's note. */
  note: string | undefined;
  /** The store where the buyer would come for it, if everything lies there, and after how many days; undefined of days: never. */
  collects: { at: string; afterDays: number | undefined } | undefined;
  /** Days between the promised day and the carrier's: −1 is a day early. */
  carrierDelay: number;
  /** Nobody is at home at the first try. */
  isMissedAtDoor: boolean;
  /** Why a store would not send it, if it were asked to. */
  storeRefuses: 'no_staff' | 'not_found' | 'damaged' | undefined;
  /** What comes back, and how long after it was delivered; undefined for most. */
  returns: { afterDays: number; line: number; isSellable: boolean; reason: 'unwanted' | 'defective' | 'damaged' } | undefined;
}

/** Monday to Sunday, and hour by hour from midnight: how a day's visits lie, in business time. */
export const weekdayTimes = [0.92, 0.9, 0.92, 0.96, 1.06, 1.16, 1.08];
const hourTimes = [1.4, 0.7, 0.3, 0.2, 0.2, 0.3, 0.8, 1.8, 3, 4.2, 5, 5.2, 5.4, 5, 4.6, 4.6, 4.6, 4.8, 5, 5.8, 7.2, 7.6, 6, 3];

export interface DemandPlan {
  seed: number;
  /** The first business day. */
  from: string;
  days: number;
  /** On an average day of the four weeks from `from`. */
  ordersPerDay: number;
  skus: readonly Wanted[];
  people: readonly Person[];
}

const referenceDays = 28;

/** The visits of each day, in the order of their coming. The same plan makes the same visits; a longer one begins with the same days. */
export function makeDemand(plan: DemandPlan): Visit[][] {
  const { from, days, skus } = plan;
  const totalOn = (day: string) => weekdayTimes[weekdayOf(day)] ?? 1;
  const average =
    Array.from({ length: referenceDays }, (_, i) => totalOn(addDays(from, i))).reduce((a, b) => a + b, 0) / referenceDays;
  const seasonAt = (day: string) => skus.reduce((sum, one) => sum + one.unitsOn(day), 0);
  const season =
    Array.from({ length: referenceDays }, (_, i) => seasonAt(addDays(from, i))).reduce((a, b) => a + b, 0) / referenceDays;
  let number = 0;
  return Array.from({ length: days }, (_, index) => {
    const day = addDays(from, index);
    const random = createRandom(plan.seed * 1009 + index);
    const mean = (plan.ordersPerDay * totalOn(day) * seasonAt(day)) / (average * season);
    const choices = skus.map((item) => ({ item, weight: item.unitsOn(day) }));
    const visits = Array.from({ length: random.poisson(mean / (1 - lookerShare)) }, () => makeVisit(plan, day, choices, random));
    return visits.toSorted((a, b) => a.at.getTime() - b.at.getTime()).map((visit) => ({ ...visit, number: (number += 1) }));
  });
}

const lookerShare = 0.25;
const pickupStores = ['S01', 'S02', 'S03'];
const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

function makeVisit(
  { people }: DemandPlan,
  day: string,
  choices: readonly { item: Wanted; weight: number }[],
  random: Random,
): Omit<Visit, 'number'> {
  const hour = random.weighted(hourTimes.map((weight, item) => ({ item, weight })));
  const at = new Date(startOfDay(day).getTime() + hour * 3_600_000 + Math.floor(random.next() * 3_600_000));
  const lineCount = Math.min(6, 1 + random.poisson(0.9));
  const picked = new Map(Array.from({ length: lineCount }, () => random.weighted(choices)).map((one) => [one.sku, one]));
  const lines = [...picked.values()].map(({ sku, words }) => ({
    sku,
    words,
    quantity: random.weighted([{ item: 1, weight: 80 }, { item: 2, weight: 15 }, { item: 3, weight: 5 }]), // prettier-ignore
  }));
  return { at, person: random.pick(people), lines, ...drawFate(random, lines.length) };
}

/** What becomes of a visit; every draw is made each time, so that one fate does not shift the next. */
export function drawFate(random: Random, lineCount: number): Omit<Visit, 'number' | 'at' | 'person' | 'lines'> {
  const draw = () => random.next();
  const [looks, pays, address, mind, comesBack, signsIn] = [draw(), draw(), draw(), draw(), draw(), draw()];
  const [writes, collects, missed, refuses] = [draw(), draw(), draw(), draw()];
  const carrierDelay = random.weighted([{ item: -1, weight: 20 }, { item: 0, weight: 72 }, { item: 1, weight: 6 }, { item: 3, weight: 2 }]); // prettier-ignore
  const place = { at: random.pick(pickupStores), afterDays: random.weighted([{ item: 0, weight: 30 }, { item: 1, weight: 40 }, { item: 3, weight: 20 }, { item: undefined, weight: 10 }]) }; // prettier-ignore
  const refusal = random.weighted([{ item: 'no_staff' as const, weight: 50 }, { item: 'not_found' as const, weight: 30 }, { item: 'damaged' as const, weight: 20 }]); // prettier-ignore
  const returns = {
    afterDays: random.between(1, 6),
    line: random.between(0, lineCount - 1),
    isSellable: random.next() < 0.8,
    reason: random.weighted([{ item: 'unwanted' as const, weight: 70 }, { item: 'defective' as const, weight: 15 }, { item: 'damaged' as const, weight: 15 }]), // prettier-ignore
  };
  return {
    isLooker: looks < lookerShare,
    pays: pays < 0.94 ? 'at_once' : pays < 0.96 ? 'after_a_decline' : pays < 0.995 ? 'never' : 'too_late',
    isMember: signsIn < 0.3,
    hasShortAddress: address < 0.015,
    changesMind: mind < 0.012,
    note: writes < 0.005 ? '请开公司发票，抬头稍后发' : writes < 0.03 ? '放门口就好' : undefined,
    collects: collects < 0.06 ? place : undefined,
    carrierDelay,
    isMissedAtDoor: missed < 0.08,
    storeRefuses: refuses < 0.08 ? refusal : undefined,
    returns: comesBack < 0.05 ? returns : undefined,
  };
}
