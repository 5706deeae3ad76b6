// How the rules tell plans apart, pure: each gives a number, the smaller the better, or abstains.
import type { Candidate, Parcel, Plan, RouteLine, RoutingRule, RuleKind, Storage } from './route.ts';

export interface Scored {
  rule: RuleKind;
  /** null: the rule abstained. */
  score: number | null;
}

interface Known {
  lines: readonly RouteLine[];
  able: readonly Candidate[];
  rules: readonly RoutingRule[];
}

export const scoresOf = (plan: Plan, known: Known): Scored[] =>
  known.rules.map((rule) => ({ rule: rule.kind, score: scoreOf(rule, plan, known) ?? null }));

/** Rule after rule: the first that knows both and finds them different decides. What a rule cannot judge comes after what it can. */
export function compare(a: readonly Scored[], b: readonly Scored[]): number {
  for (const [index, { score }] of a.entries()) {
    const [mine, yours] = [score ?? Infinity, b[index]?.score ?? Infinity];
    if (mine !== yours) return mine < yours ? -1 : 1;
  }
  return 0;
}

export const decidingRule = (best: readonly Scored[], next: readonly Scored[]): RuleKind | undefined =>
  best.find(({ score }, index) => score !== (next[index]?.score ?? null))?.rule;

function scoreOf(rule: RoutingRule, { parcels }: Plan, { lines, able }: Known): number | undefined {
  const places = parcels.map((parcel) => ({ parcel, one: able.find(({ location }) => location === parcel.location) }));
  const named = parcels.filter(({ location }) => rule.locations.includes(location)).length;
  switch (rule.kind) {
    case 'fewest_parcels':
      return parcels.reduce((count, parcel) => count + Math.max(1, weights(parcel, lines).size), 0);
    case 'distance':
      return total(places.map(({ one }) => one?.km));
    case 'cost':
      return total(places.flatMap(({ one, parcel }) => quotesOf(one, parcel, lines).map((quote) => quote?.priceFen)));
    case 'promise_date':
      return latest(
        places.flatMap(({ one, parcel }) => quotesOf(one, parcel, lines).map((quote) => dayNumber(quote?.arrivesOn))),
      );
    case 'capacity':
      return Math.max(...places.map(({ one }) => (one?.capacityLeft === undefined ? 0 : 1 / one.capacityLeft)));
    case 'stock_balance':
      return scarcest(places, lines);
    case 'priority':
      return total(places.map(({ one }) => one?.priority));
    case 'prefer':
      return rule.locations.length === 0 ? undefined : parcels.length - named;
    case 'avoid':
      return rule.locations.length === 0 ? undefined : named;
  }
}

/** A sum is known when all of its parts are; of nothing there is none. */
const total = (parts: readonly (number | undefined)[]): number | undefined =>
  parts.length === 0 || parts.includes(undefined) ? undefined : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
const latest = (parts: readonly (number | undefined)[]): number | undefined =>
  parts.length === 0 || parts.includes(undefined) ? undefined : Math.max(...parts.map((part) => part ?? 0));

const dayNumber = (day: string | undefined): number | undefined =>
  day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** Grams of a parcel by storage: what must be kept differently travels apart. */
function weights({ lines: sent }: Parcel, lines: readonly RouteLine[]): Map<Storage, number> {
  const grams = new Map<Storage, number>();
  for (const { lineNo, quantity } of sent) {
    const line = lines.find((one) => one.lineNo === lineNo);
    if (line !== undefined) grams.set(line.storage, (grams.get(line.storage) ?? 0) + line.grams * quantity);
  }
  return grams;
}

const quotesOf = (one: Candidate | undefined, parcel: Parcel, lines: readonly RouteLine[]) =>
  [...weights(parcel, lines)].map(([storage, grams]) => one?.quote(grams, storage));

/** Minus the units that the scarcest SKU has left where it is taken from: who has most left goes first. */
function scarcest(
  places: readonly { parcel: Parcel; one: Candidate | undefined }[],
  lines: readonly RouteLine[],
): number | undefined {
  const left = places.flatMap(({ parcel, one }) =>
    parcel.lines.flatMap(({ lineNo, quantity }) =>
      (lines.find((line) => line.lineNo === lineNo)?.parts ?? []).map(
        (part) => (one?.available.get(part.sku) ?? 0) - part.quantity * quantity,
      ),
    ),
  );
  return left.length === 0 ? undefined : -Math.min(...left);
}
