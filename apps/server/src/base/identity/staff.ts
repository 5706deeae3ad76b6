// The rules of staff, pure: a clerk stands in one store, everybody else in none.
import type { Role } from '@tongshang/contract';
import { refuse } from '../../platform/fail.ts';

export interface Post {
  role: Role;
  location: string | null;
}

/** The post as it is stored. Refuses `staff.location_missing` for a clerk without a store. */
export function checkPost({ role, location }: { role: Role; location?: string | undefined }): Post {
  if (role !== 'clerk') return { role, location: null };
  return location === undefined ? refuse('staff.location_missing', { role }) : { role, location };
}

/** The house must keep one active administrator: would it, if this one left? */
export const leavesNoAdmin = (activeAdmins: readonly { id: string }[], leaving: string): boolean =>
  activeAdmins.every((admin) => admin.id === leaving) && activeAdmins.length > 0;
