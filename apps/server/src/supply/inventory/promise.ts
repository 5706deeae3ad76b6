// What can be promised, pure: many orders decided one after another on the same levels.
import { type OpenAhead, type OpenEarmark, takeEarmarks } from './limits.ts';
import { availableFor, byPlace, type Level, levelKey, type Shortage, shortagesOf, type Wanted } from './stock.ts';

export interface TurnLine extends Wanted {
  lineNo: number;
  /** The day that the buyer was told: when nothing is there, units that come by then will do. */
  aheadOn?: string | undefined;
}

export interface EarmarkUse {
  earmarkId: string;
  quantity: number;
}

export interface Turn {
  channel: string;
  lines: readonly TurnLine[];
  /** Promised units that go back if, and only if, this turn succeeds. */
  givesBack: readonly (Wanted & { uses?: readonly EarmarkUse[] })[];
}

/** By the position of the turn. */
export interface Outcome {
  shortages: Shortage[][];
  /** By how much `promised` changes at each place in the end. */
  changes: Wanted[];
  uses: (EarmarkUse & { turn: number; lineNo: number })[];
  ahead: (Wanted & { turn: number; lineNo: number; fromDay: string })[];
}

/** Decides turns one after another on the same levels: each gets every line, or nothing. The given levels stay as they are. */
export function promiseInTurn(levels: ReadonlyMap<string, Level>, turns: readonly Turn[], day: string): Outcome {
  const now = new Map(levels);
  const outcome: Outcome = { shortages: [], changes: [], uses: [], ahead: [] };
  for (const [index, turn] of turns.entries()) {
    const tried = tryTurn(now, turn, day);
    outcome.shortages.push(tried.short);
    if (tried.short.length > 0) continue;
    for (const [key, level] of tried.touched) now.set(key, level);
    outcome.uses.push(...tried.uses.map((use) => ({ ...use, turn: index })));
    outcome.ahead.push(...tried.ahead.map((line) => ({ ...line, turn: index })));
  }
  outcome.changes = [...now.values()]
    .flatMap(({ sku, location, promised }) => {
      const quantity = promised - (levels.get(levelKey({ sku, location }))?.promised ?? 0);
      return quantity === 0 ? [] : [{ sku, location, quantity }];
    })
    .toSorted(byPlace);
  return outcome;
}

interface Tried {
  short: Shortage[];
  touched: Map<string, Level>;
  uses: (EarmarkUse & { lineNo: number })[];
  ahead: (Wanted & { lineNo: number; fromDay: string })[];
}

/** One turn on levels that it does not change: what it touched comes back beside the answer. */
function tryTurn(now: ReadonlyMap<string, Level>, { channel, lines, givesBack }: Turn, day: string): Tried {
  const tried: Tried = { short: [], touched: new Map(), uses: [], ahead: [] };
  const levelAt = (key: string) => tried.touched.get(key) ?? now.get(key);
  const put = (level: Level) => void tried.touched.set(levelKey(level), level);
  const seller = { channel, day };
  for (const { uses = [], ...place } of givesBack) {
    const level = levelAt(levelKey(place));
    if (level !== undefined) put(withUses({ ...level, promised: level.promised - place.quantity }, uses, 1));
  }
  const take = (line: TurnLine) => {
    const level = levelAt(levelKey(line));
    if (level === undefined) return;
    const uses = takeEarmarks(level.limits?.earmarks ?? [], channel, line.quantity);
    put(withUses({ ...level, promised: level.promised + line.quantity }, uses, -1));
    tried.uses.push(...uses.map((use) => ({ ...use, lineNo: line.lineNo })));
  };

  const strict = lines.filter(({ aheadOn }) => aheadOn === undefined);
  tried.short = shortagesOf(levelAt, strict, seller);
  if (tried.short.length > 0) return tried;
  for (const line of strict) take(line);
  for (const line of lines) {
    if (line.aheadOn === undefined) continue;
    const { lineNo, sku, location, quantity, aheadOn } = line;
    const level = levelAt(levelKey(line));
    const available = level === undefined ? 0 : availableFor(level, seller);
    const offer = level?.limits?.ahead.find((one) => one.fromDay <= aheadOn && one.left >= quantity);
    if (available >= quantity) take(line);
    else if (level === undefined || offer === undefined) tried.short.push({ sku, location, quantity, available });
    else {
      put(withAhead(level, offer, quantity));
      tried.ahead.push({ lineNo, sku, location, quantity, fromDay: offer.fromDay });
    }
  }
  return tried;
}

function withUses(level: Level, uses: readonly EarmarkUse[], sign: 1 | -1): Level {
  if (level.limits === undefined || uses.length === 0) return level;
  const used = new Map(uses.map(({ earmarkId, quantity }) => [earmarkId, quantity]));
  const earmarks = level.limits.earmarks.map((one): OpenEarmark => ({ ...one, left: one.left + sign * (used.get(one.id) ?? 0) }));
  return { ...level, limits: { ...level.limits, earmarks } };
}

function withAhead(level: Level, offer: OpenAhead, quantity: number): Level {
  if (level.limits === undefined) return level;
  const ahead = level.limits.ahead.map((one) => (one === offer ? { ...one, left: one.left - quantity } : one));
  return { ...level, limits: { ...level.limits, ahead, waiting: level.limits.waiting + quantity } };
}
