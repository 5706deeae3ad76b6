import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run, type Tx } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { useMailCode } from '../identity/index.ts';
import { emailConflict, emailProved } from './events.ts';
import { customers } from './tables.ts';

export type EmailAnswer = { outcome: 'proved' | 'wrong' | 'spent' | 'taken' };

/**
 * Tries the code that a member's mail received: a right one makes the address theirs, proved. An address that another member has proved
 * stays theirs: the two are never made one, and the conflict is told. Answers and never refuses: what it counted and told must commit.
 */
export async function proveEmail(ctx: Ctx, given: { customerId: string; code: string; secret: string }): Promise<EmailAnswer> {
  const answer = await useMailCode(ctx, given);
  if (answer.outcome !== 'right') return answer;
  const { customerId } = given;
  const { email } = answer;
  await run(ctx.tx, sql`select pg_advisory_xact_lock(hashtextextended('customers.email:' || ${email}, 0))`); // two members at once
  const [other] = await run(
    ctx.tx,
    sql<{ id: string }>`select id from customers.customer
      where lower(email) = ${email} and email_proved_at is not null and id <> ${customerId}`,
  );
  if (other !== undefined) {
    await emit(ctx, emailConflict, { customerId, otherCustomerId: other.id });
    return { outcome: 'taken' };
  }
  await customers(ctx.tx).updateTable('customer').set({ email, email_proved_at: ctx.now }).where('id', '=', customerId).execute();
  await emit(ctx, emailProved, { customerId });
  return { outcome: 'proved' };
}

/** The mail address that a customer has proved to be theirs, in small letters; undefined for everybody else. */
export async function provedEmailOf(tx: Tx, customerId: string): Promise<string | undefined> {
  const row = await customers(tx)
    .selectFrom('customer')
    .select('email')
    .where('id', '=', customerId)
    .where('email_proved_at', 'is not', null)
    .executeTakeFirst();
  return row?.email?.toLowerCase();
}
