import { type RawBuilder, sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import type { LogPlace } from '../collection/index.ts';
import { type FeedName, stream } from './tables.ts';

/** A range of a feed's log, fixed for good: what it holds, and the token it goes to ClickHouse under. */
export interface Batch {
  feed: FeedName;
  generation: number;
  number: number;
  after: LogPlace;
  upto: LogPlace;
  entries: number;
  isInserted: boolean;
  /** When ClickHouse had it. */
  arrivedAt?: Date | null;
}

export const beginning: LogPlace = { xid: '0', seq: 0 };

export const tokenOf = ({ feed, generation, number }: Batch): string => `${feed}.${generation}.${number}`;

export async function generationNow(tx: Tx): Promise<number> {
  const { number } = await stream(tx).selectFrom('generation').select('number').executeTakeFirstOrThrow();
  return number;
}

/** The newest batch of a feed in this generation, sent or not. */
export const lastBatch = (tx: Tx, feed: FeedName): Promise<Batch | undefined> => oneBatch(tx, feed, sql`order by number desc`);

/** The oldest batch that was fixed and is not known to have arrived: a crash left it behind. */
export const openBatch = (tx: Tx, feed: FeedName): Promise<Batch | undefined> =>
  oneBatch(tx, feed, sql`and inserted_at is null order by number`);

/** The newest batch up to which everything has arrived. */
export const lastArrived = (tx: Tx, feed: FeedName): Promise<Batch | undefined> =>
  oneBatch(tx, feed, sql`and inserted_at is not null order by number desc`);

interface BatchRow {
  generation: number;
  number: number;
  afterXid: string;
  afterSeq: number;
  uptoXid: string;
  uptoSeq: number;
  entries: number;
  isInserted: boolean;
  arrivedAt: Date | null;
}

async function oneBatch(tx: Tx, feed: FeedName, which: RawBuilder<unknown>): Promise<Batch | undefined> {
  const [row] = await run(
    tx,
    sql<BatchRow>`select generation, number, after_xid::text as "afterXid", after_seq as "afterSeq", upto_xid::text as "uptoXid",
        upto_seq as "uptoSeq", entries, inserted_at is not null as "isInserted", inserted_at as "arrivedAt"
      from stream.batch where feed = ${feed} and generation = (select number from stream.generation) ${which} limit 1`,
  );
  if (row === undefined) return undefined;
  const { afterXid, afterSeq, uptoXid, uptoSeq, ...rest } = row;
  return { feed, ...rest, after: { xid: afterXid, seq: afterSeq }, upto: { xid: uptoXid, seq: uptoSeq } };
}

/** Fixes the next batch. Its number is the key: of two leaders who both think they lead, one is refused. */
export async function recordBatch(tx: Tx, batch: Batch): Promise<void> {
  await run(
    tx,
    sql`insert into stream.batch (feed, generation, number, after_xid, after_seq, upto_xid, upto_seq, entries)
      values (${batch.feed}, ${batch.generation}, ${batch.number}, ${batch.after.xid}::xid8, ${batch.after.seq},
        ${batch.upto.xid}::xid8, ${batch.upto.seq}, ${batch.entries})`,
  );
}

const batchesKept = 1_000;

/** Marks that ClickHouse has the batch, and forgets what lies so far behind that it can never be sent again. */
export async function markInserted(tx: Tx, batch: Batch, at: Date): Promise<void> {
  await stream(tx)
    .updateTable('batch')
    .set({ inserted_at: at })
    .where('feed', '=', batch.feed)
    .where('generation', '=', batch.generation)
    .where('number', '=', batch.number)
    .execute();
  if (batch.number % 100 !== 0) return;
  await stream(tx)
    .deleteFrom('batch')
    .where('feed', '=', batch.feed)
    .where((eb) => eb.or([eb('generation', '<', batch.generation), eb('number', '<', batch.number - batchesKept)]))
    .execute();
}
