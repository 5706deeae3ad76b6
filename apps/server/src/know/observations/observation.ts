import { observations as contract } from '@tongshang/contract';
import { addDays, daysBetween } from '../../platform/time.ts';

export type Fault = contract.ObservationFault;
type Observable = (typeof contract.observables)[number];
export type Combines = Observable['combines'];

const byName: ReadonlyMap<string, Observable> = new Map(contract.observables.map((one) => [one.name, one]));

export function observableOf(name: contract.ObservableName): Observable {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`nobody observes ${name}`);
  return found;
}

/** A figure that somebody brings: its key (name, days, channel, campaign) and what it says. */
export type Brought = contract.ObservationInput & { to: string };

/** What is wrong with a figure by itself. `today` is the business day: nobody knows tomorrow's figures. */
export function judge({ name, from, to, campaign, value, source }: Brought, today: string): Fault[] {
  const faults: Fault[] = judgeValue(name, value);
  if (to < from) faults.push({ code: 'period.backwards', field: 'to', value: to });
  else if (daysBetween(from, to) >= contract.observationLimits.daysMax)
    faults.push({ code: 'period.too_long', field: 'to', value: to });
  if (to > today) faults.push({ code: 'date.in_future', field: 'to', value: to });
  if (source === '') faults.push({ code: 'cell.missing', field: 'source', value: null });
  if (observableOf(name).needsCampaign && campaign === '') faults.push({ code: 'cell.missing', field: 'campaign', value: null });
  return faults;
}

export function judgeValue(name: contract.ObservableName, value: number): Fault[] {
  const { isWhole, minimum, maximum } = observableOf(name);
  const fault = (code: Fault['code']): Fault[] => [{ code, field: 'value', value: String(value) }];
  if (!Number.isFinite(value)) return fault('number.invalid');
  if (value < minimum || value > maximum) return fault('number.out_of_range');
  if (isWhole && !Number.isInteger(value)) return fault('number.not_whole');
  return isWhole || tenThousandths(value) / unitsInOne === Number(value.toPrecision(15)) ? [] : fault('number.too_precise');
}

const unitsInOne = 10_000;
const tenThousandths = (value: number): number => Math.round(value * unitsInOne);

/** A figure that is there already, on the same line (name, channel, campaign). */
export interface Known {
  id: string;
  from: string;
  to: string;
  version: number;
  value: number;
  cases: number | null;
  source: string;
  note: string | null;
  isWithdrawn: boolean;
}

export type Decision = { kind: 'new' } | { kind: 'newer'; of: Known } | { kind: 'unchanged' } | { kind: 'bad'; fault: Fault };

/** What becomes of figures of one line, in their order: days that another figure covers would count twice. */
export function decide(brought: readonly Brought[], known: readonly Known[]): Decision[] {
  const taken = known.filter(({ isWithdrawn }) => !isWithdrawn).map(({ from, to }) => ({ from, to }));
  const seen = new Map<string, number>();
  return brought.map((one, index) => {
    const key = `${one.from} ${one.to}`;
    const before = seen.get(key);
    if (before !== undefined) return bad('row.repeated', String(before));
    seen.set(key, index);
    const other = taken.find(({ from, to }) => from <= one.to && to >= one.from && (from !== one.from || to !== one.to));
    if (other !== undefined) return bad('period.overlaps', other.from === other.to ? other.from : `${other.from} – ${other.to}`);
    const same = known.find(({ from, to }) => from === one.from && to === one.to);
    if (same !== undefined && saysTheSame(one, same)) return { kind: 'unchanged' };
    taken.push({ from: one.from, to: one.to });
    return same === undefined ? { kind: 'new' } : { kind: 'newer', of: same };
  });
}

const bad = (code: Fault['code'], value: string): Decision => ({ kind: 'bad', fault: { code, field: 'from', value } });

const saysTheSame = (one: Brought, known: Known): boolean =>
  !known.isWithdrawn &&
  known.value === one.value &&
  known.cases === (one.cases ?? null) &&
  known.source === one.source &&
  known.note === (one.note ?? null);

export interface DayPart {
  day: string;
  /** flow: the day's part; mean: value × cases; level: the value. At most four decimals. */
  amount: number;
  /** What the amount is divided by, of a mean. */
  cases: number;
}

/**
 * A figure as figures of its days. The parts of a flow add up to it exactly, in whole units; the cases of a mean add up to its cases, and
 * each day weighs one where nobody counted them. The rest that does not divide goes to the first days.
 */
export function dayParts(figure: {
  combines: Combines;
  from: string;
  to: string;
  value: number;
  cases: number | null;
}): DayPart[] {
  const { combines, from, to, value } = figure;
  const days = daysBetween(from, to) + 1;
  const cases = spread(figure.cases ?? days, days);
  const values = combines === 'flow' ? spread(value, days) : [];
  return cases.map((count, index) => ({
    day: addDays(from, index),
    amount:
      combines === 'flow' ? (values[index] ?? 0) : combines === 'level' ? value : (tenThousandths(value) * count) / unitsInOne,
    cases: count,
  }));
}

function spread(whole: number, parts: number): number[] {
  const each = Math.floor(whole / parts);
  const rest = whole - each * parts;
  return Array.from({ length: parts }, (_, index) => each + (index < rest ? 1 : 0));
}
