import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';

interface Span {
  from: Date;
  before: Date;
}

/** How many movements there were in each business day from one instant up to another, and how many units came or went, signed. */
export const movedByDay = (tx: Tx, { from, before }: Span): Promise<{ day: string; moves: number; units: number }[]> =>
  run(
    tx,
    sql<{ day: string; moves: number; units: number }>`
      select (at at time zone 'Asia/Shanghai')::date::text as day, count(*)::int as moves, sum(quantity)::bigint as units
      from inventory.movement where at >= ${from} and at < ${before} group by 1 order by 1`,
  );

/** The movements from one instant up to another, one by one. */
export const movedBetween = (tx: Tx, { from, before }: Span): Promise<{ id: string; quantity: number }[]> =>
  run(
    tx,
    sql<{ id: string; quantity: number }>`select id, quantity from inventory.movement where at >= ${from} and at < ${before}`,
  );
