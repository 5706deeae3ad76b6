import type { identity as contract, Role } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { run, type Tx } from '../../platform/db.ts';
import { identity } from './tables.ts';

export type Staff = z.input<typeof contract.Staff>;

/** All staff, active ones first, then by name. */
export async function listStaff(tx: Tx): Promise<Staff[]> {
  const rows = await identity(tx)
    .selectFrom('user')
    .selectAll()
    .where('kind', '=', 'staff')
    .orderBy('is_active', 'desc')
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(staffRow);
}

export const staffRow = (row: {
  id: string;
  email: string;
  name: string;
  role: Role | null;
  location: string | null;
  is_active: boolean;
  created_at: Date;
}): Staff => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role ?? 'clerk',
  location: row.location,
  isActive: row.is_active,
  createdAt: row.created_at.toISOString(),
});

/** The code that the sandbox mailbox received last for an address, newest first. */
export async function listSandboxMails(tx: Tx, email: string): Promise<{ email: string; code: string; sentAt: string }[]> {
  const rows = await identity(tx)
    .selectFrom('sandbox_mail')
    .select(['email', 'code', 'sent_at'])
    .where('email', '=', email)
    .orderBy('sent_at', 'desc')
    .orderBy('id', 'desc')
    .limit(20)
    .execute();
  return rows.map(({ sent_at: at, ...row }) => ({ ...row, sentAt: at.toISOString() }));
}

/** What the sandbox phone received, newest first. */
export async function listSandboxMessages(tx: Tx, phone: string): Promise<{ phone: string; code: string; sentAt: string }[]> {
  const rows = await run(
    tx,
    sql<{ phone: string; code: string; sentAt: Date }>`select phone, code, sent_at as "sentAt" from identity.sandbox_message
      where phone = ${phone} order by sent_at desc, id desc limit 20`,
  );
  return rows.map((row) => ({ ...row, sentAt: row.sentAt.toISOString() }));
}
