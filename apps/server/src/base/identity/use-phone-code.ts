import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { type IssuedCode, isSpent } from './phone-code.ts';
import { hashCode, isSame } from './secrets.ts';

export type CodeAnswer = { outcome: 'right'; userId: string; name: string } | { outcome: 'wrong' | 'spent' };

/**
 * Tries a code: a right one is used up and answers the shopper it signs in, made when new. A wrong one counts, and the count must
 * commit: so this answers and never refuses. Two requests with the same right code: exactly one gets in.
 */
export async function usePhoneCode(
  ctx: Ctx,
  { phone, code, key }: { phone: string; code: string; key: string },
): Promise<CodeAnswer> {
  const [issued] = await run(
    ctx.tx,
    sql<
      IssuedCode & { id: string; codeHash: string }
    >`select id, code_hash as "codeHash", attempts, expires_at as "expiresAt", used_at as "usedAt"
      from identity.phone_code where phone = ${phone} order by sent_at desc, id desc limit 1 for update`,
  );
  if (issued === undefined || isSpent(issued, ctx.now)) return { outcome: 'spent' };

  const isRight = isSame(issued.codeHash, hashCode(key, phone, code));
  await run(
    ctx.tx,
    sql`update identity.phone_code set attempts = attempts + 1, used_at = ${isRight ? ctx.now : null} where id = ${issued.id}`,
  );
  if (!isRight) return { outcome: 'wrong' };

  const [user] = await run(
    ctx.tx,
    sql<{ userId: string; name: string; isActive: boolean }>`
      insert into identity."user" as u (name, email, kind, phone, created_at, updated_at)
      values (${`会员${phone.slice(-4)}`}, ${`${phone}@phone.invalid`}, 'shopper', ${phone}, ${ctx.now}, ${ctx.now})
      on conflict (phone) do update set updated_at = excluded.updated_at
      returning u.id as "userId", u.name, u.is_active as "isActive"`,
  );
  return user?.isActive ? { outcome: 'right', userId: user.userId, name: user.name } : { outcome: 'spent' };
}
