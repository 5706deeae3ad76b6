import type { stream as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import { type Ctx, system } from '../../../platform/ctx.ts';
import { inTx, run } from '../../../platform/db.ts';
import { addDays, addMs, startOfDay } from '../../../platform/time.ts';
import { factsOf, paidBetween } from '../../../sell/orders/index.ts';
import { movedBetween } from '../../../supply/inventory/index.ts';
import { batchesOf, postgresLog, rowsReceived } from '../../collection/index.ts';
import { ask } from '../analytics.ts';
import { campaignsOf } from '../campaigns.ts';
import { addBehaviour } from '../expand-behaviour.ts';
import { addMoves } from '../expand-events.ts';
import { addStep } from '../expand-orders.ts';
import { type Facts, type FactTable, noFacts } from '../facts.ts';
import { noExpansion } from '../late/expansion.ts';
import { rowOf } from '../late/buckets.ts';
import type { LoggedEvent } from '../log.ts';
import { insertFacts, type ShipParts } from '../ship-next.ts';

/** A repair of one day. Only whoever leads the stream makes one: nothing else is inserted meanwhile. */
export interface Repair {
  parts: ShipParts;
  day: string;
  before: Date;
  /** Ships what waits; what the books say that were read before is in ClickHouse afterwards, or was lost. */
  catchUp: () => Promise<void>;
  /** Names the inserts, so that a repair that is done twice is kept once. */
  token: string;
}

interface Repaired {
  ids: string[];
  repair: contract.Repair;
}

const spanOf = ({ day, before }: Repair) => ({
  from: startOfDay(day),
  before: new Date(Math.min(before.getTime(), startOfDay(addDays(day, 1)).getTime())),
});
const read = <T>({ parts }: Repair, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  inTx(parts.db, { actor: system('stream'), now: parts.clock(), isReadOnly: true }, work);

type Book = ReadonlyMap<string, readonly number[]>;

interface Compare {
  table: FactTable;
  /** The column that names a row's order, movement or message. */
  id: string;
  /** What is compared for each, in SQL and in the books. */
  figures: string;
  where: string;
  books: Book;
  /** Makes the rows of these anew. */
  rows: (ids: readonly string[]) => Promise<Facts>;
}

/**
 * Compares a day one by one and puts right what differs: rows that are wrong, doubled or unknown to the books go, and what is missing is
 * made again from the books. Names what it found.
 */
async function repairRows(repair: Repair, { table, id, figures, where, books, rows }: Compare): Promise<Repaired> {
  const { analytics } = repair.parts;
  const values = { day: repair.day, before: repair.before.getTime() };
  const there = await ask<{ id: string; figures: number[] }>(
    analytics,
    `select toString(${id}) as id, [${figures}] as figures from ${table} where ${where} group by id`,
    values,
  );
  const found = new Map(there.map((row) => [row.id, row.figures.map(Number)]));
  const isSame = (one: string): boolean => String(books.get(one)) === String(found.get(one));
  const wrong = [...found.keys()].filter((one) => !isSame(one));
  const missing = [...books.keys()].filter((one) => !isSame(one));
  const ids = [...new Set([...wrong, ...missing])].toSorted();
  if (ids.length === 0) return { ids, repair: 'none' };
  if (wrong.length > 0)
    await analytics.client.command({
      query: `delete from ${table} where ${where} and toString(${id}) in {ids:Array(String)}`,
      query_params: { ...values, ids: wrong },
    });
  const facts = await rows(missing);
  await insertFacts(analytics, { [table]: facts[table] }, `${repair.token}.${repair.day}.${table}`);
  return { ids, repair: missing.length === 0 ? 'removed' : 'sent_again' };
}

const until = "fromUnixTimestamp64Milli({before:Int64}, 'Asia/Shanghai')";

/** Puts the paid orders of a day right: their steps, or their lines. */
export async function repairOrders(repair: Repair, table: 'order_step' | 'order_line'): Promise<Repaired> {
  const aside = await read(repair, ({ tx }) =>
    run(
      tx,
      sql<{
        ref: string;
      }>`select ref from stream.late_entry where state <> 'taken' and what = 'orders.order_paid' and day = ${repair.day}`,
    ),
  );
  const except = new Set(aside.map(({ ref }) => ref));
  const paid = (await read(repair, ({ tx }) => paidBetween(tx, spanOf(repair)))).filter(({ orderId }) => !except.has(orderId));
  await repair.catchUp();
  const books: Book = new Map(
    paid.map((order) => [order.orderId, table === 'order_step' ? [1, order.totalFen] : [order.units, order.amountFen]]),
  );
  const figures = table === 'order_step' ? 'count(), sum(total_fen)' : 'sum(quantity), sum(amount_fen)';
  return repairRows(repair, {
    table,
    books,
    id: 'order_id',
    figures,
    where: `kind = 'paid' and day = {day:Date} and at < ${until}`,
    rows: (ids) => read(repair, async ({ tx }) => {
      const facts = noFacts();
      const orders = await factsOf(tx, ids);
      const visits = orders.flatMap(({ visitorId, paidAt }) => (visitorId === null || paidAt === null ? [] : [{ visitorId, at: paidAt }]));
      const campaigns = await campaignsOf(tx, visits);
      for (const order of orders) addStep(facts, order, 'paid', campaigns(order.visitorId, order.paidAt ?? order.placedAt));
      return facts;
    }),
  }); // prettier-ignore
}

/** Puts the movements of stock of a day right; what they were worth stands in the log alone. */
export async function repairMoves(repair: Repair): Promise<Repaired> {
  const moved = await read(repair, ({ tx }) => movedBetween(tx, spanOf(repair)));
  await repair.catchUp();
  return repairRows(repair, {
    table: 'stock_move',
    books: new Map(moved.map(({ id, quantity }) => [id, [1, quantity]])),
    id: 'id',
    figures: 'count(), sum(quantity)',
    where: `quantity != 0 and day = {day:Date} and at < ${until}`,
    rows: (ids) => movesOf(repair, new Set(ids)),
  });
}

async function movesOf(repair: Repair, wanted: ReadonlySet<string>): Promise<Facts> {
  const { from } = spanOf(repair);
  const told = await read(repair, ({ tx }) =>
    run(
      tx,
      sql<LoggedEvent>`select xid::text as xid, seq, name, payload, at from platform.event
        where name = 'inventory.stock_moved' and at >= ${from} and at < ${addMs(from, 86_400_000)}`,
    ),
  );
  const facts = noFacts();
  for (const event of told) addMoves(facts, event);
  return { ...facts, stock_move: facts.stock_move.filter((row) => wanted.has(String(rowOf('stock_move', row).id))) };
}

/** Puts visitors' events right that were kept on a day. */
export async function repairBehaviour(repair: Repair): Promise<Repaired> {
  const kept = await read(repair, ({ tx }) => rowsReceived(tx, spanOf(repair)));
  const expansion = noExpansion();
  addBehaviour(expansion, await batchesOf(kept, repair.parts.log ?? postgresLog));
  const rows = new Map(expansion.facts.behaviour.map((row) => [String(rowOf('behaviour', row).message_id), row]));
  await repair.catchUp();
  return repairRows(repair, {
    table: 'behaviour',
    books: new Map([...rows.keys()].map((id) => [id, [1]])),
    id: 'message_id',
    figures: 'count()',
    where: `visitor_kind != 'house' and toDate(kept_at) = {day:Date} and kept_at < ${until}`,
    rows: (ids) => Promise.resolve({ ...noFacts(), behaviour: ids.flatMap((id) => [rows.get(id) ?? []]) }),
  });
}
