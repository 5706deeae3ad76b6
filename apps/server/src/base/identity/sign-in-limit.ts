import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';

const triesMax = 10;
const windowMs = 15 * 60_000;

/** Counts a try to sign in to one account, from whatever address; false when it has had its ten in a quarter of an hour. */
export async function mayTrySignIn(ctx: Ctx, email: string): Promise<boolean> {
  const now = ctx.now.getTime();
  const [row] = await run(
    ctx.tx,
    sql<{ count: number }>`insert into identity.rate_limit as l (key, count, last_request) values (${keyOf(email)}, 1, ${now})
      on conflict (key) do update set
        count = case when l.last_request <= ${now - windowMs} then 1 else l.count + 1 end,
        last_request = case when l.last_request <= ${now - windowMs} then ${now} else l.last_request end
      returning count`,
  );
  return (row?.count ?? 0) <= triesMax;
}

/** A right password wipes the count. */
export async function forgetTries(ctx: Ctx, email: string): Promise<void> {
  await run(ctx.tx, sql`delete from identity.rate_limit where key = ${keyOf(email)}`);
}

const keyOf = (email: string): string => `account|${email.trim().toLowerCase()}`;
