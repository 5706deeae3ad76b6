import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { beginStandings, lockStandings, savePoints } from './book-points.ts';
import { decideEarnings, type Earning, earningKey } from './points.ts';
import { tiersOf } from './queries.ts';

/**
 * Books points that goods earned, each cause once a customer, and lifts the tier by the goods counted. Negative points and goods take
 * back what returned goods had earned, as far as it is there.
 */
export async function earnPoints(ctx: Ctx, rows: readonly Earning[]): Promise<void> {
  if (rows.length === 0) return;
  const customerIds = rows.map((row) => row.customerId);
  await beginStandings(ctx, customerIds);
  const standings = await lockStandings(ctx, customerIds);
  const earned = await run(
    ctx.tx,
    sql<{ customerId: string; cause: string }>`select customer_id as "customerId", cause from membership.points_ledger
      where customer_id = any(${[...new Set(customerIds)]}::uuid[]) and cause = any(${rows.map((row) => row.cause)}::text[]) and kind = 'earned'`,
  );

  const books = { standings, entries: [] };
  decideEarnings(books, { tiers: await tiersOf(ctx.tx), done: new Set(earned.map(earningKey)) }, rows);

  await savePoints(ctx, books);
}
