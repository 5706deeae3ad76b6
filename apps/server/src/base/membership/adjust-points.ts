import { randomUUID } from 'node:crypto';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { beginStandings, lockStandings, savePoints } from './book-points.ts';
import { type Book, book } from './points.ts';
import { getStanding } from './queries.ts';

export interface AdjustPoints {
  customerId: string;
  /** Points, signed. */
  change: number;
  reason: string;
}

/** Corrects a balance, with a reason; never below nothing. Refuses `customer.not_found` and `points.insufficient`. */
export async function adjustPoints(ctx: Ctx, { customerId, change, reason }: AdjustPoints) {
  await getStanding(ctx.tx, customerId);
  await beginStandings(ctx, [customerId]);
  const books: Book = { standings: await lockStandings(ctx, [customerId]), entries: [] };
  const points = books.standings.get(customerId)?.points ?? 0;
  if (points + change < 0) refuse('points.insufficient', { points, wanted: -change });

  book(books, { customerId, kind: 'adjusted', points: change, cause: `adjustment:${randomUUID()}`, reason });

  await savePoints(ctx, books);
  return getStanding(ctx.tx, customerId);
}
