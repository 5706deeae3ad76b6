import type { customers as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Actor, Ctx } from '../../platform/ctx.ts';
import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { customers } from './tables.ts';

type Profile = z.input<typeof contract.Profile>;
type EditProfile = z.output<typeof contract.editProfile.body>;

/** The customer who asks; members only. */
export const memberOf = (actor: Actor): string =>
  actor.kind === 'shopper' && actor.customerId !== undefined ? actor.customerId : refuse('auth.required');

/** A member's own data. */
export async function getProfile(tx: Tx, customerId: string): Promise<Profile> {
  const row = await customers(tx)
    .selectFrom('customer')
    .select(['id as customerId', 'number', 'name', 'phone', 'email', 'language', 'created_at', 'email_proved_at'])
    .where('id', '=', customerId)
    .executeTakeFirst();
  if (row === undefined) return refuse('auth.required');
  const { created_at: since, email_proved_at: provedAt, ...profile } = row;
  return { ...profile, isEmailProved: provedAt !== null, memberSince: since.toISOString() };
}

/** Changes what is given and nothing else. The phone stays: it is what signs in. Another mail address is not proved yet. */
export async function editProfile(ctx: Ctx, customerId: string, { name, email, language }: EditProfile): Promise<Profile> {
  const change = {
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email, email_proved_at: stillProved(email) }),
    ...(language !== undefined && { language }),
  };
  if (Object.keys(change).length > 0)
    await customers(ctx.tx).updateTable('customer').set(change).where('id', '=', customerId).execute();
  return getProfile(ctx.tx, customerId);
}

const stillProved = (email: string | null) =>
  sql<Date | null>`case when lower(email) = ${email?.toLowerCase() ?? null} then email_proved_at end`;
