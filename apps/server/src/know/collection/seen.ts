import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run, type Tx } from '../../platform/db.ts';

const weekMs = 7 * 86_400_000;
export const weekOf = (at: Date): number => Math.floor(at.getTime() / weekMs);

/**
 * Claims messages by their keys and answers those that were taken before, by this or another server, in this week or the week before:
 * one sent again within 7 days is known. Keys are claimed in one order; a claim that another transaction holds is waited for. A transaction
 * that plans by key (`byKey`) must be open: a week holds as many keys as there were messages.
 */
export async function claimMessages(ctx: Ctx, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const week = weekOf(ctx.now);
  const rows = await run(
    ctx.tx,
    sql<{ key: string }>`with given as materialized (select key from unnest(${keys}::uuid[]) as key order by key),
      fresh as (
        insert into collection.seen (week, key) select ${week}::int, key from given
        where not exists (select from collection.seen before where before.week = ${week - 1}::int and before.key = given.key)
        on conflict do nothing returning key
      )
      select replace(known.key::text, '-', '') as key from (select key from given except select key from fresh) as known`,
  );
  return new Set(rows.map(({ key }) => key));
}

/** The tables of this week and the next; weeks that nobody can ask for any more go. Safe to run at any time. */
export const keepSeenWeeks = (tx: Tx, now: Date): Promise<unknown> =>
  run(tx, sql`select collection.keep_seen_weeks(${weekOf(now)}::int)`);
