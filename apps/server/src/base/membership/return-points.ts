import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { lockStandings, savePoints } from './book-points.ts';
import { decideReturns, type Return } from './points.ts';

/**
 * Gives points back that orders spent: exactly once an order and cause, however often and however parallel it is called, and never more
 * than the order spent. Answers for each row how many points came back by it.
 */
export async function returnPoints(ctx: Ctx, rows: readonly Return[]): Promise<number[]> {
  if (rows.length === 0) return [];
  const standings = await lockStandings(
    ctx,
    rows.map((row) => row.customerId),
  );
  const entries = await run(
    ctx.tx,
    sql<{ orderId: string; kind: 'spent' | 'returned'; points: number; cause: string }>`
      select order_id as "orderId", kind, points, cause from membership.points_ledger
      where order_id = any(${[...new Set(rows.map((row) => row.orderId))]}::uuid[]) and kind in ('spent', 'returned')`,
  );
  const left = new Map<string, number>();
  for (const { orderId, points } of entries) left.set(orderId, (left.get(orderId) ?? 0) - points);
  const done = new Set(entries.filter((entry) => entry.kind === 'returned').map((entry) => entry.cause));

  const books = { standings, entries: [] };
  const returned = decideReturns(books, { left, done }, rows);

  await savePoints(ctx, books);
  return returned;
}
