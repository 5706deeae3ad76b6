import type { Actor, StaffActor } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';

/** Who keeps views: a member of staff. */
export const staffOf = (actor: Actor): StaffActor => (actor.kind === 'staff' ? actor : refuse('auth.required'));

/** Whether somebody sees a view: their own and whatever is shared. */
export const maySee = (staff: StaffActor, view: { owner_id: string; is_shared: boolean }): boolean =>
  view.owner_id === staff.id || view.is_shared;

/** Whether somebody may change or delete a view: their own, or a shared one with the right to share. */
export const mayChange = (staff: StaffActor, view: { owner_id: string; is_shared: boolean }): boolean =>
  view.owner_id === staff.id || (view.is_shared && staff.permissions.has('views.share'));
