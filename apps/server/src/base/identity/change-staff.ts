import type { Role } from '@tongshang/contract';
import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { staffDeactivated, staffReactivated, staffRoleSet } from './events.ts';
import { type Staff, staffRow } from './queries.ts';
import { checkPost, leavesNoAdmin } from './staff.ts';
import { identity } from './tables.ts';

/** Gives another role, from the next request on. Refuses `staff.last_admin`: the house keeps one administrator. */
export async function setStaffRole(
  ctx: Ctx,
  { id, role, location }: { id: string; role: Role; location?: string | undefined },
): Promise<Staff> {
  const post = checkPost({ role, location });
  const before = await lockStaff(ctx, id, role !== 'admin');

  const after = await identity(ctx.tx)
    .updateTable('user')
    .set({ ...post, updated_at: ctx.now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

  await emit(ctx, staffRoleSet, { staffId: id, ...post, before: { role: before.role, location: before.location } });
  return staffRow(after);
}

/** Closes an account; every session of it ends at once. Refuses `staff.last_admin`. Safe to call twice. */
export async function deactivateStaff(ctx: Ctx, { id }: { id: string }): Promise<Staff> {
  const before = await lockStaff(ctx, id, true);
  if (!before.isActive) return before;

  const db = identity(ctx.tx);
  await db.deleteFrom('session').where('user_id', '=', id).execute();
  const after = await db
    .updateTable('user')
    .set({ is_active: false, updated_at: ctx.now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

  await emit(ctx, staffDeactivated, { staffId: id });
  return staffRow(after);
}

/** Opens a closed account again, with the role it had. Safe to call twice. */
export async function reactivateStaff(ctx: Ctx, { id }: { id: string }): Promise<Staff> {
  const before = await lockStaff(ctx, id, false);
  if (before.isActive) return before;

  const after = await identity(ctx.tx)
    .updateTable('user')
    .set({ is_active: true, updated_at: ctx.now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

  await emit(ctx, staffReactivated, { staffId: id });
  return staffRow(after);
}

/** Locks the administrators and this one, in one order: two administrators cannot remove each other at once. */
async function lockStaff(ctx: Ctx, id: string, isLeaving: boolean): Promise<Staff> {
  const rows = await run(
    ctx.tx,
    sql<
      Parameters<typeof staffRow>[0]
    >`select * from identity."user" where kind = 'staff' and (id = ${id} or role = 'admin') order by id for update`,
  );
  const row = rows.find((candidate) => candidate.id === id);
  if (row === undefined) refuse('staff.not_found', { id });
  const admins = rows.filter((candidate) => candidate.role === 'admin' && candidate.is_active);
  if (isLeaving && leavesNoAdmin(admins, id)) refuse('staff.last_admin', { id });
  return staffRow(row);
}
