import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { addMs } from '../../platform/time.ts';
import { mailCodeLifeMs, sendsPerDayMax, waitBeforeSend } from './phone-code.ts';
import { hashCode, keyFor } from './secrets.ts';
import { identity } from './tables.ts';

/**
 * Makes a code that proves an address to be a customer's, and keeps only its hash; the caller sends the code. Any code of theirs before it
 * is spent. Refuses `request.too_many` with the seconds to wait: one a minute, ten a day, for the customer and for the address.
 */
export async function requestMailCode(
  ctx: Ctx,
  { customerId, email, secret }: { customerId: string; email: string; secret: string },
): Promise<{ code: string }> {
  for (const name of [`address:${email}`, `customer:${customerId}`])
    // in this order everywhere
    await run(ctx.tx, sql`select pg_advisory_xact_lock(hashtextextended('identity.mail:' || ${name}, 0))`);
  const sent = await run(
    ctx.tx,
    sql<{ at: Date }>`select sent_at as at from identity.mail_code
      where (email = ${email} or customer_id = ${customerId}) and sent_at > ${addMs(ctx.now, -86_400_000)}
      order by sent_at desc limit ${sendsPerDayMax}`,
  );
  const waitSeconds = waitBeforeSend(
    sent.map((row) => row.at),
    ctx.now,
  );
  if (waitSeconds > 0) refuse('request.too_many', { retryInSeconds: waitSeconds });

  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await identity(ctx.tx)
    .insertInto('mail_code')
    .values({
      customer_id: customerId,
      email,
      code_hash: hashCode(keyFor(secret, 'mail-code'), `${customerId}:${email}`, code),
      sent_at: ctx.now,
      expires_at: addMs(ctx.now, mailCodeLifeMs),
      used_at: null,
    })
    .execute();
  return { code };
}
