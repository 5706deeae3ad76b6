import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { addMs } from '../../platform/time.ts';
import { codeLifeMs, sendsPerDayMax, waitBeforeSend } from './phone-code.ts';
import { hashCode } from './secrets.ts';
import { identity } from './tables.ts';

/**
 * Makes a sign-in code for a phone and keeps only its hash; the caller sends the code. Any code before it is spent.
 * Refuses `request.too_many` with the seconds to wait: one a minute, ten a day.
 */
export async function requestPhoneCode(ctx: Ctx, { phone, key }: { phone: string; key: string }): Promise<{ code: string }> {
  await run(ctx.tx, sql`select pg_advisory_xact_lock(hashtextextended('identity.phone:' || ${phone}, 0))`); // two presses at once
  const sent = await run(
    ctx.tx,
    sql<{ at: Date }>`select sent_at as at from identity.phone_code
      where phone = ${phone} and sent_at > ${addMs(ctx.now, -86_400_000)} order by sent_at desc limit ${sendsPerDayMax}`,
  );
  const waitSeconds = waitBeforeSend(
    sent.map((row) => row.at),
    ctx.now,
  );
  if (waitSeconds > 0) refuse('request.too_many', { retryInSeconds: waitSeconds });

  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await identity(ctx.tx)
    .insertInto('phone_code')
    .values({
      phone,
      code_hash: hashCode(key, phone, code),
      sent_at: ctx.now,
      expires_at: addMs(ctx.now, codeLifeMs),
      used_at: null,
    })
    .execute();
  return { code };
}
