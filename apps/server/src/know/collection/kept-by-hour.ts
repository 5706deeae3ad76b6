import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import { type BatchRow, rowsWhere } from './queries.ts';

interface Span {
  from: Date;
  before: Date;
}

/** How many events were kept in each hour from one instant up to another; hours in which none was are left out. */
export const keptByHour = (tx: Tx, { from, before }: Span): Promise<{ hour: Date; events: number }[]> =>
  run(
    tx,
    sql<{ hour: Date; events: number }>`select date_trunc('hour', received_at) as hour, sum(event_count)::int as events
      from collection.batch where received_at >= ${from} and received_at < ${before} group by 1 order by 1`,
  );

/** The rows of the batches that were received from one instant up to another, in log order. */
export const rowsReceived = (tx: Tx, { from, before }: Span): Promise<BatchRow[]> =>
  rowsWhere(tx, sql`received_at >= ${from} and received_at < ${before}`);
