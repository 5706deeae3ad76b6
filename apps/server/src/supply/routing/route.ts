// Where an order goes out from: the one decision, pure. Equal input gives an equal answer, in whatever order candidates come.
import type { routing as contract } from '@tongshang/contract';
import { compare, decidingRule, scoresOf, type Scored } from './rank.ts';

export type Storage = 'ambient' | 'chilled' | 'frozen';
export type RuleKind = contract.RoutingRuleKind;

export interface RoutingRule {
  kind: RuleKind;
  isOn: boolean;
  locations: readonly string[];
}

export interface Rules {
  /** In the order in which they are asked. */
  rules: readonly RoutingRule[];
  /** At most so many locations send one order. */
  parcelsMax: number;
  /** A parcel of a split order carries at least so much while there is another way, fen. */
  parcelFenMin: number;
}

export interface RouteLine {
  lineNo: number;
  sku: string;
  quantity: number;
  /** What the whole line costs, fen. */
  amountFen: number;
  storage: Storage;
  /** Of one unit, grams. */
  grams: number;
  /** What one unit is made of: itself, or a kit's components, which never travel apart. */
  parts: readonly { sku: string; quantity: number }[];
}

export interface Candidate {
  location: string;
  priority: number;
  /** To the buyer; undefined is unknown. */
  km: number | undefined;
  /** Orders that it can still send today; undefined is without limit. */
  capacityLeft: number | undefined;
  storages: readonly Storage[];
  /** Units that may be promised here, by SKU. */
  available: ReadonlyMap<string, number>;
  /** What a parcel of so many grams would cost from here, fen, and the day it would be there; undefined is unknown. */
  quote: (grams: number, storage: Storage) => { priceFen: number; arrivesOn: string } | undefined;
}

export interface ParcelLine {
  lineNo: number;
  sku: string;
  quantity: number;
}
export interface Parcel {
  location: string;
  lines: ParcelLine[];
}

export interface Plan {
  parcels: Parcel[];
}

export interface Route extends Plan {
  /** Its locations that can send no more today; the order waits for them. Empty while there is another way. */
  full: string[];
  /** The rule that told it from the next best; undefined when nothing did. */
  decidedBy: RuleKind | undefined;
  /** The best ten, the chosen one first. */
  ranking: { place: number; locations: string[]; scores: Scored[] }[];
}

/** So many locations are looked at, the best by the rules that can judge one alone; more would cost more than they bring. */
const candidatesMax = 12;
const rankedMax = 10;

/**
 * Decides where an order goes out from, or answers undefined when these locations together do not have it. Never asks a location for more
 * than is available there, nor for what it cannot keep. While the rule of capacity is on, locations that are full today are passed over
 * and asked only when there is no other way.
 */
export function route(lines: readonly RouteLine[], candidates: readonly Candidate[], rules: Rules): Route | undefined {
  const isAsked = rules.rules.some(({ kind, isOn }) => kind === 'capacity' && isOn);
  const open = isAsked ? candidates.filter((one) => one.capacityLeft !== 0) : candidates;
  return decide(lines, open, rules) ?? (open.length < candidates.length ? decide(lines, candidates, rules) : undefined);
}

function decide(lines: readonly RouteLine[], candidates: readonly Candidate[], rules: Rules): Route | undefined {
  const asked = lines.toSorted((a, b) => b.parts.length - a.parts.length || a.lineNo - b.lineNo);
  const active = rules.rules.filter((rule) => rule.isOn);
  const able = candidates
    .filter((one) => asked.some((line) => unitsOf(line, one, one.available) > 0))
    .toSorted((a, b) => compare(aloneScores(a, active), aloneScores(b, active)) || byPriority(a, b))
    .slice(0, candidatesMax);

  const all = plansFor(asked, able, { ...rules, rules: active });
  const fair = all.filter((plan) => isWorthIt(plan, lines, rules.parcelFenMin));
  const plans = (fair.length > 0 ? fair : all).map((plan) => ({ plan, scores: scoresOf(plan, { lines, able, rules: active }) }));
  const ranked = plans.toSorted((a, b) => compare(a.scores, b.scores) || byName(a.plan, b.plan, able));
  const [best, next] = ranked;
  if (best === undefined) return undefined;
  return {
    parcels: best.plan.parcels,
    full: best.plan.parcels.map(({ location }) => location).filter((code) => isFull(able, code)),
    decidedBy: next === undefined ? undefined : decidingRule(best.scores, next.scores),
    ranking: ranked
      .slice(0, rankedMax)
      .map(({ plan, scores }, index) => ({ place: index + 1, locations: plan.parcels.map(({ location }) => location), scores })),
  };
}

const isFull = (able: readonly Candidate[], code: string): boolean =>
  able.some(({ location, capacityLeft }) => location === code && capacityLeft === 0);

const byPriority = (a: Candidate, b: Candidate): number => a.priority - b.priority || (a.location < b.location ? -1 : 1);

/** What a location alone says to the rules, as far as they can judge one without a parcel. */
const aloneScores = (one: Candidate, rules: readonly RoutingRule[]): Scored[] =>
  scoresOf({ parcels: [{ location: one.location, lines: [] }] }, { lines: [], able: [one], rules });

/** The last word, so that no two plans are ever equal: the locations as they were sorted. */
function byName(a: Plan, b: Plan, able: readonly Candidate[]): number {
  if (a.parcels.length !== b.parcels.length) return a.parcels.length - b.parcels.length;
  const place = (plan: Plan) => plan.parcels.map(({ location }) => able.findIndex((one) => one.location === location));
  const [left, right] = [place(a).toSorted((x, y) => x - y), place(b).toSorted((x, y) => x - y)];
  return left.map((at, index) => at - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** Every way to send the lines from one, two or three of these locations in which each of them sends something. */
function plansFor(lines: readonly RouteLine[], able: readonly Candidate[], { rules, parcelsMax, parcelFenMin }: Rules): Plan[] {
  const isFewestFirst = rules[0]?.kind === 'fewest_parcels';
  const plans: Plan[] = [];
  for (let size = 1; size <= Math.min(parcelsMax, able.length); size++) {
    for (const some of combinations(able, size)) {
      const plan = assign(lines, some);
      if (plan?.parcels.length === size) plans.push(plan);
    }
    const isEnough = plans.some((plan) => isWorthIt(plan, lines, parcelFenMin));
    if (isFewestFirst && isEnough) break; // more parcels cannot win any more
  }
  return plans;
}

function* combinations<T>(all: readonly T[], size: number, from = 0): Generator<T[]> {
  if (size === 0) return yield [];
  for (let index = from; index <= all.length - size; index++)
    for (const rest of combinations(all, size - 1, index + 1)) yield [all[index] as T, ...rest];
}

/** Units of a line that this location can still send. */
const unitsOf = (line: RouteLine, { storages }: Candidate, left: ReadonlyMap<string, number>): number =>
  storages.includes(line.storage)
    ? Math.min(...line.parts.map(({ sku, quantity }) => Math.floor((left.get(sku) ?? 0) / quantity)))
    : 0;

/** Gives each line to the first of these locations that has all of it, else to as many as it takes; a kit is never divided. */
function assign(lines: readonly RouteLine[], some: readonly Candidate[]): Plan | undefined {
  const parcels = some.map((one) => ({ one, left: new Map(one.available), lines: [] as ParcelLine[] }));
  const take = (parcel: (typeof parcels)[number], line: RouteLine, quantity: number) => {
    for (const part of line.parts) parcel.left.set(part.sku, (parcel.left.get(part.sku) ?? 0) - part.quantity * quantity);
    parcel.lines.push({ lineNo: line.lineNo, sku: line.sku, quantity });
  };
  for (const line of lines) {
    const whole = parcels.find(({ one, left }) => unitsOf(line, one, left) >= line.quantity);
    if (whole !== undefined) {
      take(whole, line, line.quantity);
      continue;
    }
    if (line.parts.length !== 1 || line.parts[0]?.sku !== line.sku) return undefined;
    let rest = line.quantity;
    for (const parcel of parcels) {
      const units = Math.min(rest, unitsOf(line, parcel.one, parcel.left));
      if (units > 0) take(parcel, line, units);
      rest -= units;
    }
    if (rest > 0) return undefined;
  }
  return {
    parcels: parcels
      .filter((parcel) => parcel.lines.length > 0)
      .map((parcel) => ({ location: parcel.one.location, lines: parcel.lines.toSorted((a, b) => a.lineNo - b.lineNo) })),
  };
}

/** Whether each parcel of a split order is worth sending. */
function isWorthIt({ parcels }: Plan, lines: readonly RouteLine[], parcelFenMin: number): boolean {
  if (parcels.length < 2 || parcelFenMin === 0) return true;
  return parcels.every((parcel) => worthOf(parcel, lines) >= parcelFenMin);
}

const worthOf = (parcel: Parcel, lines: readonly RouteLine[]): number =>
  parcel.lines.reduce((sum, { lineNo, quantity }) => {
    const line = lines.find((one) => one.lineNo === lineNo);
    return line === undefined ? sum : sum + Math.floor((line.amountFen * quantity) / line.quantity);
  }, 0);
