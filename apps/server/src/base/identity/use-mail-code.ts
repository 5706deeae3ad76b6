import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { type IssuedCode, isSpent } from './phone-code.ts';
import { hashCode, isSame, keyFor } from './secrets.ts';

export type MailCodeAnswer = { outcome: 'right'; email: string } | { outcome: 'wrong' | 'spent' };

/**
 * Tries a customer's newest code: a right one is used up and answers the address that it proves. A wrong one counts, and the count must
 * commit: so this answers and never refuses.
 */
export async function useMailCode(
  ctx: Ctx,
  { customerId, code, secret }: { customerId: string; code: string; secret: string },
): Promise<MailCodeAnswer> {
  const [issued] = await run(
    ctx.tx,
    sql<
      IssuedCode & { id: string; email: string; codeHash: string }
    >`select id, email, code_hash as "codeHash", attempts, expires_at as "expiresAt", used_at as "usedAt"
      from identity.mail_code where customer_id = ${customerId} order by sent_at desc, id desc limit 1 for update`,
  );
  if (issued === undefined || isSpent(issued, ctx.now)) return { outcome: 'spent' };
  const hash = hashCode(keyFor(secret, 'mail-code'), `${customerId}:${issued.email}`, code);
  const isRight = isSame(issued.codeHash, hash);
  await run(
    ctx.tx,
    sql`update identity.mail_code set attempts = attempts + 1, used_at = ${isRight ? ctx.now : null} where id = ${issued.id}`,
  );
  return isRight ? { outcome: 'right', email: issued.email } : { outcome: 'wrong' };
}
