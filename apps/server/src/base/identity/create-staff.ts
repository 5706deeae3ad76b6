import { hashPassword } from 'better-auth/crypto';
import type { identity as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { staffCreated } from './events.ts';
import { type Staff, staffRow } from './queries.ts';
import { checkPost } from './staff.ts';
import { identity } from './tables.ts';

type CreateStaff = z.output<typeof contract.createStaff.body>;

/** Gives a member of staff an account. Refuses `staff.exists` when the e-mail is in use, and `staff.location_missing` for a clerk without a store. */
export async function createStaff(ctx: Ctx, { email, name, password, role, location }: CreateStaff): Promise<Staff> {
  const post = checkPost({ role, location });
  const db = identity(ctx.tx);
  const user = await db
    .insertInto('user')
    .values({
      name,
      email: email.toLowerCase(),
      email_verified: true,
      kind: 'staff',
      ...post,
      image: null,
      phone: null,
      customer_id: null,
    })
    .onConflict((oc) => oc.column('email').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (user === undefined) refuse('staff.exists', { email });
  await db
    .insertInto('account')
    .values({
      user_id: user.id,
      account_id: user.id,
      provider_id: 'credential',
      password: await hashPassword(password),
      access_token: null,
      refresh_token: null,
      id_token: null,
      access_token_expires_at: null,
      refresh_token_expires_at: null,
      scope: null,
    }) // prettier-ignore
    .execute();

  await emit(ctx, staffCreated, { staffId: user.id, ...post });
  return staffRow(user);
}
