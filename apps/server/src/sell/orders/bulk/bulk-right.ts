import type { orders as contract } from '@tongshang/contract';
import type { Actor, StaffActor } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';

type BulkAction = (typeof contract.bulkActions)[number];
const rightFor = { release: 'orders.release', cancel: 'orders.cancel' } as const;

export const hasBulkRight = (actor: Actor, action: BulkAction): actor is StaffActor =>
  actor.kind === 'staff' && actor.permissions.has(rightFor[action]);

/** What an actor may not do to one order they may not do to many. Refuses `auth.forbidden`. */
export const checkBulkRight = (actor: Actor, action: BulkAction): StaffActor =>
  hasBulkRight(actor, action) ? actor : refuse('auth.forbidden', { permission: rightFor[action] });
