import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run, type Tx } from '../../platform/db.ts';
import { collection } from './tables.ts';

const weekMs = 7 * 86_400_000;
const weekOf = (at: Date): number => Math.floor(at.getTime() / weekMs);

/**
 * Claims messages by their keys and answers those that were taken before, by this or another server, in this week or the week before:
 * one sent again within 7 days is known. Keys are claimed in one order; a claim that another transaction holds is waited for. A transaction
 * that plans by key (`byKey`) must be open: a week holds as many keys as there were messages.
 */
export async function claimMessages(ctx: Ctx, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const week = weekOf(ctx.now);
  const list = keys.join(','); // one text: an array of thousands is dear to write out
  const { numAffectedRows } = await sql`insert into collection.seen (week, key)
    select ${week}::int, given.key from unnest(string_to_array(${list}, ',')::uuid[]) as given (key)
    where not exists (select from collection.seen before where before.week = ${week - 1}::int and before.key = given.key)
    order by given.key on conflict do nothing`.execute(collection(ctx.tx));
  if (numAffectedRows === BigInt(keys.length)) return new Set(); // nearly always: nothing came twice

  const rows = await run(
    ctx.tx,
    sql<{ key: string }>`select replace(key::text, '-', '') as key from collection.seen
      where week in (${week}::int, ${week - 1}::int) and key = any (string_to_array(${list}, ',')::uuid[])
        and (week < ${week}::int or xmin <> pg_current_xact_id()::xid)`,
  );
  return new Set(rows.map(({ key }) => key));
}

/** The tables of this week and the next; weeks that nobody can ask for any more go. Safe to run at any time. */
export const keepSeenWeeks = (tx: Tx, now: Date): Promise<unknown> =>
  run(tx, sql`select collection.keep_seen_weeks(${weekOf(now)}::int)`);
