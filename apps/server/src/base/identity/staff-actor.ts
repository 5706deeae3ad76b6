import { permissionsOf } from '@tongshang/contract';
import type { StaffActor } from '../../platform/ctx.ts';
import type { Tx } from '../../platform/db.ts';
import { identity } from './tables.ts';

/** Somebody of the staff with the rights of now, for work that goes on after they asked for it; undefined once the account is closed. */
export async function staffActor(tx: Tx, id: string): Promise<StaffActor | undefined> {
  const row = await identity(tx)
    .selectFrom('user')
    .select(['name', 'role', 'location'])
    .where('id', '=', id)
    .where('kind', '=', 'staff')
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (row === undefined || row.role === null) return undefined;
  const { name, role, location } = row;
  return { kind: 'staff', id, name, role, permissions: new Set(permissionsOf[role]), location: location ?? undefined };
}
