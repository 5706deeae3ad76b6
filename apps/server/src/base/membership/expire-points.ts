import { sql } from 'kysely';
import * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { run, type Tx } from '../../platform/db.ts';
import { job, jobType } from '../../platform/jobs.ts';
import { lockStandings, savePoints } from './book-points.ts';
import { endedYear, type LedgerRow, pointsByYear } from './expiry.ts';
import { type Book, book } from './points.ts';

export const expirePointsType = jobType('membership/expire-points', z.object({}));

const atOnce = 200;

/** Every day: takes the points whose year has ended, some customers a transaction; run twice, or by two workers, it takes them once. */
export const expirePointsJob = job(expirePointsType, async ({ inTx }) => {
  while ((await inTx((ctx) => expirePoints(ctx, atOnce))) > 0);
});

/**
 * Takes what is left of ended years from some customers, each year with an entry of its own in the ledger. Answers how many customers
 * were looked at; 0 when nobody is left.
 */
export async function expirePoints(ctx: Ctx, limit: number): Promise<number> {
  const year = endedYear(ctx.now);
  const due = await run(
    ctx.tx,
    sql<{ customerId: string }>`select customer_id as "customerId" from membership.standing
      where points > 0 and expired_through < ${year} order by customer_id limit ${limit} for no key update skip locked`,
  );
  if (due.length === 0) return 0;
  const customerIds = due.map(({ customerId }) => customerId);
  const books: Book = { standings: await lockStandings(ctx, customerIds), entries: [] };
  const ledgers = await ledgersOf(ctx.tx, customerIds);
  for (const customerId of customerIds)
    for (const [of, points] of pointsByYear(ledgers.get(customerId) ?? []))
      if (of <= year) book(books, { customerId, kind: 'expired', points: -points, cause: `year:${of}` });
  await savePoints(ctx, books);
  await run(
    ctx.tx,
    sql`update membership.standing set expired_through = ${year} where customer_id = any(${customerIds}::uuid[])`,
  );
  return due.length;
}

/** Every change of these customers' points, oldest first. */
export async function ledgersOf(tx: Tx, customerIds: readonly string[]): Promise<Map<string, LedgerRow[]>> {
  const rows = await run(
    tx,
    sql<LedgerRow & { customerId: string }>`select customer_id as "customerId", kind, points, order_id as "orderId", cause, at
      from membership.points_ledger where customer_id = any(${[...customerIds]}::uuid[]) order by customer_id, at, id`,
  );
  return Map.groupBy(rows, ({ customerId }) => customerId);
}
