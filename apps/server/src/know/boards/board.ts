import type { boards as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Actor, StaffActor } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';

/** A tile as it is kept: its own question, or the id of a saved one. */
export type StoredTile = z.output<typeof contract.TileForm>;

/** Who keeps boards: a member of staff. */
export const staffOf = (actor: Actor): StaffActor => (actor.kind === 'staff' ? actor : refuse('auth.required'));

interface Kept {
  owner_id: string;
  is_shared: boolean;
}

/** Whether somebody sees it: their own and whatever is shared. */
export const maySee = (staff: StaffActor, kept: Kept): boolean => kept.owner_id === staff.id || kept.is_shared;

/** Whether somebody may change or delete it: their own, or a shared one with the right to share. */
export const mayChange = (staff: StaffActor, kept: Kept): boolean =>
  staff.permissions.has('boards.edit') &&
  (kept.owner_id === staff.id || (kept.is_shared && staff.permissions.has('boards.share')));

/** Refuses `auth.forbidden` to whoever may not share. */
export function mustShare(staff: StaffActor): void {
  if (!staff.permissions.has('boards.share')) refuse('auth.forbidden', { permission: 'boards.share' });
}

/** Tiles in reading order: top left first. Phones, exports and walls follow it. */
export const inReadingOrder = <T extends { wide: { x: number; y: number } }>(tiles: readonly T[]): T[] =>
  tiles.toSorted((a, b) => a.wide.y - b.wide.y || a.wide.x - b.wide.x);
