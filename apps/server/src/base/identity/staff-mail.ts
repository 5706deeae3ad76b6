import type { Role } from '@tongshang/contract';
import type { Ctx } from '../../platform/ctx.ts';
import type { Tx } from '../../platform/db.ts';
import { identity } from './tables.ts';

export type MailLanguage = 'zh-CN' | 'en';

/** Where and in which language the house writes to somebody of the staff; undefined when there is nobody of that id. */
export async function staffMail(tx: Tx, id: string): Promise<{ email: string; language: MailLanguage } | undefined> {
  return identity(tx)
    .selectFrom('user')
    .select(['email', 'language'])
    .where('id', '=', id)
    .where('kind', '=', 'staff')
    .executeTakeFirst();
}

/** From now on the house writes to them in this language. */
export async function setStaffLanguage(ctx: Ctx, { id, language }: { id: string; language: MailLanguage }): Promise<void> {
  await identity(ctx.tx).updateTable('user').set({ language }).where('id', '=', id).where('kind', '=', 'staff').execute();
}

export interface StaffName {
  id: string;
  name: string;
  role: Role | null;
  location: string | null;
  isActive: boolean;
}

/** Everybody of the staff by name, without what only an administrator sees. */
export async function listStaffNames(tx: Tx): Promise<StaffName[]> {
  return identity(tx)
    .selectFrom('user')
    .select(['id', 'name', 'role', 'location', 'is_active as isActive'])
    .where('kind', '=', 'staff')
    .orderBy('name')
    .orderBy('id')
    .execute();
}
