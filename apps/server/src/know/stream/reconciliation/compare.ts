import type { stream as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import { system } from '../../../platform/ctx.ts';
import { inTx, run, type Tx } from '../../../platform/db.ts';
import { addDays, addMs, dayOf, startOfDay } from '../../../platform/time.ts';
import { paidByDay } from '../../../sell/orders/index.ts';
import { movedByDay } from '../../../supply/inventory/index.ts';
import { keptByHour } from '../../collection/index.ts';
import { ask } from '../analytics.ts';
import type { ShipParts } from '../ship-next.ts';
import { allSums, compareSums } from './sums.ts';

/** Business days, and the instant up to which everything is compared. */
export interface Span {
  from: string;
  to: string;
  before: Date;
}

export interface Suspect {
  what: contract.CheckName;
  day: string;
  measure: string;
  expected: number;
  found: number;
}

/** day → figure → value */
type Days = Map<string, Record<string, number>>;
type Checked = Pick<Suspect, 'what'> & { expected: Days; found: Days };

/** Compares the books in PostgreSQL with the facts in ClickHouse, and the facts with their sums, by counts and sums a business day. */
export async function compareBooks(parts: ShipParts, span: Span): Promise<{ checks: number; suspects: Suspect[] }> {
  const books = await inTx(parts.db, { actor: system('stream'), now: parts.clock(), isReadOnly: true }, ({ tx }) =>
    readBooks(tx, span),
  );
  const facts = await readFacts(parts, span);
  const told = [
    { what: 'orders', expected: books.orders, found: facts.orders },
    { what: 'order_lines', expected: books.lines, found: facts.lines },
    { what: 'stock_moves', expected: books.moves, found: facts.moves },
    { what: 'behaviour', expected: books.events, found: facts.events },
  ] as const satisfies readonly Checked[];
  const pairs: Suspect[] = told.flatMap(pairUp);
  for (const sums of allSums) {
    const from = sums.isBrief ? later(span.from, addDays(dayOf(parts.clock()), -briefDays)) : span.from;
    if (from > span.to) continue;
    for (const { day, figure, expected, found } of await compareSums(parts.analytics, sums, { from, to: span.to }))
      pairs.push({ what: sums.what, day, measure: figure, expected, found });
  }
  return { checks: pairs.length, suspects: pairs.filter(({ expected, found }) => expected !== found) };
}

/** Of the 14 days that a minute is kept the last may be half gone. */
const briefDays = 12;
const later = (one: string, other: string): string => (one > other ? one : other);

function pairUp({ what, expected, found }: Checked): Suspect[] {
  const days = [...new Set([...expected.keys(), ...found.keys()])].toSorted();
  return days.flatMap((day) => {
    const [wanted, there] = [expected.get(day) ?? {}, found.get(day) ?? {}];
    return [...new Set([...Object.keys(wanted), ...Object.keys(there)])].map((measure) => ({
      what,
      day,
      measure,
      expected: wanted[measure] ?? 0,
      found: there[measure] ?? 0,
    }));
  });
}

async function readBooks(tx: Tx, span: Span): Promise<Record<'orders' | 'lines' | 'moves' | 'events', Days>> {
  const between = { from: startOfDay(span.from), before: endOf(span) };
  const except = await standingAside(tx, between.before);
  const paid = await paidByDay(tx, { ...between, except: except.orders });
  const moved = await movedByDay(tx, between);
  const kept = await keptByHour(tx, between);
  const events: Days = new Map();
  for (const { hour, events: n } of kept) addTo(events, dayOf(hour), { count: n });
  for (const { day, entries } of except.behaviour)
    if (day >= span.from && day <= span.to) addTo(events, day, { count: -entries });
  return {
    orders: new Map(paid.map(({ day, orders, totalFen }) => [day, { count: orders, distinct: orders, amount_fen: totalFen }])),
    lines: new Map(paid.map(({ day, units, amountFen }) => [day, { units, amount_fen: amountFen }])),
    moves: new Map(moved.map(({ day, moves, units }) => [day, { count: moves, units }])),
    events,
  };
}

const endOf = ({ to, before }: Span): Date => new Date(Math.min(before.getTime(), startOfDay(addDays(to, 1)).getTime()));

function addTo(days: Days, day: string, more: Record<string, number>): void {
  const row = days.get(day) ?? {};
  for (const [name, value] of Object.entries(more)) row[name] = (row[name] ?? 0) + value;
  days.set(day, row);
}

/** What the late ledger keeps out of the figures: paid orders by id, visitors' events by the day they arrived. */
async function standingAside(tx: Tx, before: Date): Promise<{ orders: string[]; behaviour: { day: string; entries: number }[] }> {
  const rows = await run(
    tx,
    sql<{ what: string; ref: string; day: string; entries: number }>`
      select what, ref, (arrived_at at time zone 'Asia/Shanghai')::date::text as day, entries from stream.late_entry
      where state <> 'taken' and what in ('orders.order_paid', 'behaviour') and arrived_at < ${before}`,
  );
  return {
    orders: rows.filter(({ what }) => what !== 'behaviour').map(({ ref }) => ref),
    behaviour: rows.filter(({ what }) => what === 'behaviour'),
  };
}

async function readFacts({ analytics }: ShipParts, span: Span): Promise<Record<'orders' | 'lines' | 'moves' | 'events', Days>> {
  const values = { from: span.from, to: span.to, start: startOfDay(span.from).getTime(), before: endOf(span).getTime() };
  const until = "fromUnixTimestamp64Milli({before:Int64}, 'Asia/Shanghai')";
  const read = async (query: string): Promise<Days> => {
    const rows = await ask<{ day: string } & Record<string, number>>(analytics, query, values);
    return new Map(rows.map(({ day, ...figures }) => [String(day), figures as Record<string, number>]));
  };
  const days = `day between {from:Date} and {to:Date} and at < ${until} group by day`;
  return {
    // one lost and another doubled count the same: they are counted distinct too
    orders: await read(
      `select day, count() as count, uniqExact(order_id) as distinct, sum(total_fen) as amount_fen from order_step where kind = 'paid' and ${days}`,
    ),
    lines: await read(
      `select day, sum(quantity) as units, sum(amount_fen) as amount_fen from order_line where kind = 'paid' and ${days}`,
    ),
    moves: await read(`select day, count() as count, sum(quantity) as units from stock_move where quantity != 0 and ${days}`),
    // an event is counted on the day it was kept: when it happened may lie before
    events: await read(
      `select toDate(kept_at) as day, count() as count from behaviour
       where visitor_kind != 'house' and kept_at >= fromUnixTimestamp64Milli({start:Int64}, 'Asia/Shanghai') and kept_at < ${until} group by day`,
    ),
  };
}

/** Compared up to here: whatever was decided two minutes ago is committed, and waits in the log at worst. */
export const comparedUpTo = (now: Date): Date => addMs(now, -120_000);
