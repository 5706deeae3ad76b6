import type { Ctx } from '../../platform/ctx.ts';
import { lockStandings, savePoints } from './book-points.ts';
import { decideSpends, type Spend } from './points.ts';

/**
 * Pays orders with points, any number at once, in the given order: each row all or nothing. No point is spent twice, whatever runs in
 * parallel. One lock statement and one write; none when nobody spends. Answers each row; an order spends once (a second is a bug).
 */
export async function spendPoints(ctx: Ctx, rows: readonly Spend[]): Promise<('ok' | 'short')[]> {
  const spenders = rows.filter((row) => row.points > 0).map((row) => row.customerId);
  if (spenders.length === 0) return rows.map(() => 'ok');
  const books = { standings: await lockStandings(ctx, spenders), entries: [] };

  const outcomes = decideSpends(books, rows);

  await savePoints(ctx, books);
  return outcomes;
}
