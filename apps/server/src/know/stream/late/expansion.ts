import { type Facts, type FactTable, noFacts } from '../facts.ts';
import { judgeDelay } from './lateness.ts';

/** One entry of a log, as far as it came late: where it stands, when it happened, what rows it means. */
export interface LateEntry extends EntryHead {
  facts: Facts;
  isTooLate: boolean;
}

export interface EntryHead {
  xid: string;
  seq: number;
  /** The event's name, or `behaviour` for a visitor's. */
  what: string;
  /** What it is about, where it is about one thing: the order, the return. */
  ref: string;
  happenedAt: Date;
  arrivedAt: Date;
}

/** A visitor came by a campaign. */
export interface Touch {
  visitorId: string;
  at: Date;
  campaign: string;
}

/** What a range of a log means: rows for ClickHouse, and what PostgreSQL has to remember of it. */
export interface Expansion {
  facts: Facts;
  late: LateEntry[];
  touches: Touch[];
}

export const noExpansion = (): Expansion => ({ facts: noFacts(), late: [], touches: [] });

/** Puts the rows that `add` makes into the facts, late ones too; what is too late stands aside. */
export function addJudged(into: Expansion, head: EntryHead, add: (facts: Facts) => void): void {
  const delay = judgeDelay(head.happenedAt, head.arrivedAt);
  if (delay === 'on_time') return add(into.facts);
  const facts = noFacts();
  add(facts);
  if (delay === 'late') addAll(into.facts, facts);
  into.late.push({ ...head, facts, isTooLate: delay === 'too_late' });
}

/** Adds rows that an analyst took in: they move the figures, whenever they happened. */
export function addTaken(into: Expansion, head: EntryHead, facts: Partial<Facts>): void {
  const whole = { ...noFacts(), ...facts };
  addAll(into.facts, whole);
  into.late.push({ ...head, facts: whole, isTooLate: false });
}

function addAll(into: Facts, from: Facts): void {
  for (const table of Object.keys(from) as FactTable[]) for (const row of from[table]) into[table].push(row);
}
