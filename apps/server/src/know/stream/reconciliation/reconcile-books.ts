import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { stream as contract } from '@tongshang/contract';
import { type Ctx, system } from '../../../platform/ctx.ts';
import { inTx, json, run } from '../../../platform/db.ts';
import { emit } from '../../../platform/events.ts';
import { addDays, dayOf } from '../../../platform/time.ts';
import { oldestBatchAfter } from '../../collection/index.ts';
import { beginning, lastArrived } from '../batches.ts';
import { reconciled } from '../events.ts';
import { buildFeeds } from '../feeds.ts';
import { oldestAfter } from '../log.ts';
import { openNameBook } from '../name-book.ts';
import { type ShipParts, shipNext } from '../ship-next.ts';
import { stream } from '../tables.ts';
import { compareBooks, comparedUpTo, type Span, type Suspect } from './compare.ts';
import { type Repair, repairBehaviour, repairMoves, repairOrders } from './repair.ts';
import { allSums, rebuildSums } from './sums.ts';

export interface Asked {
  id: string;
  span: Span;
}

export interface Compared extends Asked {
  checks: number;
  suspects: readonly Suspect[];
}

export interface Difference extends Suspect {
  foundAfter: number | null;
  ids: string[];
  repair: contract.Repair;
}

/** The comparison that somebody asked for and nobody has done yet. */
export async function askedFor({ db, clock }: ShipParts): Promise<Asked | undefined> {
  const row = await inTx(db, { actor: system('stream'), now: clock(), isReadOnly: true }, ({ tx }) =>
    stream(tx)
      .selectFrom('reconciliation')
      .select(['id', sql<string>`from_day::text`.as('from'), sql<string>`to_day::text`.as('to')])
      .where('outcome', '=', 'running')
      .executeTakeFirst(),
  );
  return row === undefined ? undefined : { id: row.id, span: { from: row.from, to: row.to, before: comparedUpTo(clock()) } };
}

/** The first half, which may run beside the shipping: what looks different. An import under way looks different too, until it has arrived. */
export const compareAsked = async (parts: ShipParts, asked: Asked): Promise<Compared> => ({
  ...asked,
  ...(await compareBooks(parts, asked.span)),
});

/**
 * The second half, which is done while nothing is shipped: looks at what looked different again, one by one and with everything shipped
 * that waits; repairs what is really different, and writes down what it was. Told twice it has one effect.
 */
export async function settleCompared(parts: ShipParts, compared: Compared): Promise<contract.Outcome> {
  const { differences, outcome } = await settle(parts, compared);
  const who = { actor: system('stream'), now: parts.clock() };
  await inTx(parts.db, who, (ctx) => writeDown(ctx, compared, outcome, differences));
  return outcome;
}

async function settle(parts: ShipParts, compared: Compared): Promise<{ differences: Difference[]; outcome: contract.Outcome }> {
  if (compared.suspects.length === 0) return { differences: [], outcome: 'equal' };
  try {
    const differences = await repairDays(parts, compared);
    const left = differences.filter(({ expected, foundAfter }) => foundAfter !== expected).length;
    return { differences, outcome: differences.length === 0 ? 'equal' : left === 0 ? 'repaired' : 'unrepaired' };
  } catch (error) {
    if (!(error instanceof StillBehind)) throw error;
    return {
      differences: compared.suspects.map((one) => ({ ...one, foundAfter: null, ids: [], repair: 'none' })),
      outcome: 'postponed',
    };
  }
}

/** Something holds the log back: what is missing may be on its way. */
class StillBehind extends Error {}

async function repairDays(parts: ShipParts, { id, span, suspects }: Compared): Promise<Difference[]> {
  const repaired = new Map<string, { ids: string[]; repair: contract.Repair }>();
  const days = [...new Set(suspects.map(({ day }) => day))].toSorted();
  for (const day of days) {
    const repair: Repair = { parts, day, before: span.before, catchUp: () => catchUp(parts), token: `repair.${id}` };
    const isSuspect = (what: contract.CheckName): boolean => suspects.some((one) => one.day === day && one.what === what);
    if (isSuspect('orders')) repaired.set(`orders ${day}`, await repairOrders(repair, 'order_step'));
    if (isSuspect('order_lines')) repaired.set(`order_lines ${day}`, await repairOrders(repair, 'order_line'));
    if (isSuspect('stock_moves')) repaired.set(`stock_moves ${day}`, await repairMoves(repair));
    if (isSuspect('behaviour')) repaired.set(`behaviour ${day}`, await repairBehaviour(repair));
  }
  await catchUp(parts);
  const { suspects: sumsLeft } = await compareBooks(parts, span); // rows that were put right may have been in the sums, or not
  for (const sums of allSums) {
    const wrong = new Set(sumsLeft.filter(({ measure }) => measure.startsWith(`${sums.table}.`)).map(({ day }) => day));
    for (const day of wrong) await rebuildSums(parts.analytics, sums, day);
  }
  const { suspects: left } = await compareBooks(parts, span);
  const isThere = new Map([...sumsLeft, ...suspects].map((one) => [nameOf(one), one]));
  return [...isThere.values()].flatMap((one) => {
    const after = left.find((other) => nameOf(other) === nameOf(one));
    const isSum = one.what.endsWith('_sums');
    const done = isSum ? { ids: [], repair: 'rebuilt' as const } : (repaired.get(`${one.what} ${one.day}`) ?? nothing);
    const isPassed = !isSum && done.ids.length === 0 && after === undefined; // it was on its way
    return isPassed ? [] : [{ ...one, ...done, foundAfter: after === undefined ? one.expected : after.found }];
  });
}

const nothing = { ids: [], repair: 'none' as const };
const nameOf = ({ what, day, measure }: Suspect): string => `${what} ${day} ${measure}`;

/** An open transaction anywhere holds the log back; most are over soon. */
const patienceMs = 10_000;
const againMs = 50;

/** Ships everything that was recorded before it was called. Throws `StillBehind` when an open transaction holds the log back for long. */
async function catchUp(parts: ShipParts): Promise<void> {
  const who = { actor: system('stream'), now: parts.clock(), isReadOnly: true };
  const [begun] = await inTx(parts.db, who, ({ tx }) => run(tx, sql<{ at: Date }>`select clock_timestamp() as at`));
  const feeds = buildFeeds(
    openNameBook(() => parts.clock().getTime()),
    parts.log,
  );
  const isBehind = async (): Promise<boolean> => {
    const waiting = await inTx(parts.db, who, async ({ tx }) => [
      await oldestAfter(tx, (await lastArrived(tx, 'events'))?.upto ?? beginning),
      await oldestBatchAfter(tx, (await lastArrived(tx, 'behaviour'))?.upto ?? beginning),
    ]);
    return begun !== undefined && waiting.some((at) => at !== undefined && at < begun.at);
  };
  for (const end = performance.now() + patienceMs; ; await sleep(againMs)) {
    for (const feed of feeds) while ((await shipNext(parts, feed)) > 0) continue;
    if (!(await isBehind())) return;
    if (performance.now() > end) throw new StillBehind();
  }
}

const idsNamed = 20;

async function writeDown(
  ctx: Ctx,
  { id, checks }: Compared,
  outcome: contract.Outcome,
  differences: readonly Difference[],
): Promise<void> {
  const done = await stream(ctx.tx)
    .updateTable('reconciliation')
    .set({ outcome, checks, finished_at: ctx.now })
    .where('id', '=', id)
    .where('outcome', '=', 'running')
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) return; // somebody else wrote it down
  const rows = differences.map((one) => ({ ...one, ids: one.ids.slice(0, idsNamed) }));
  await run(
    ctx.tx,
    sql`insert into stream.difference (reconciliation_id, row_no, what, day, measure, expected, found, found_after, ids, repair)
      select ${id}, row_no, what, day, measure, expected, found, found_after, coalesce(array(select jsonb_array_elements_text(ids)), '{}'), repair
      from rows from (jsonb_to_recordset(${json(rows)}) as (what text, day date, measure text, expected bigint, found bigint, "foundAfter" bigint,
        ids jsonb, repair text)) with ordinality as r (what, day, measure, expected, found, found_after, ids, repair, row_no)`,
  );
  const left = differences.filter(({ expected, foundAfter }) => foundAfter !== expected).length;
  await emit(ctx, reconciled, { id, outcome, checks, differences: differences.length, left });
}

/** Asks for a comparison of the last business days, and does it at once. For commands and tests, while no stream runs. */
export async function reconcileNow(parts: ShipParts, days: number): Promise<contract.Outcome> {
  const now = parts.clock();
  const to = dayOf(now);
  await inTx(parts.db, { actor: system('stream'), now }, (ctx) =>
    askForComparison(ctx, { from: addDays(to, 1 - days), to, askedBy: 'stream' }),
  );
  const asked = await askedFor(parts);
  if (asked === undefined) throw new Error('nobody asked for a comparison');
  return settleCompared(parts, await compareAsked(parts, asked));
}

/** Writes down that a comparison is wanted; undefined while one is under way. */
export async function askForComparison(
  ctx: Ctx,
  { from, to, askedBy }: { from: string; to: string; askedBy: string },
): Promise<string | undefined> {
  const row = await stream(ctx.tx)
    .insertInto('reconciliation')
    .values({ started_at: ctx.now, finished_at: null, asked_by: askedBy, from_day: from, to_day: to })
    .onConflict((conflict) => conflict.doNothing()) // one at a time
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}
