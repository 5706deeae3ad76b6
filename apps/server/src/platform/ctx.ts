import type { Permission, Role } from '@tongshang/contract';
import type { Tx } from './db.ts';

export interface StaffActor {
  kind: 'staff';
  id: string;
  name: string;
  role: Role;
  permissions: ReadonlySet<Permission>;
  /** The one store that a clerk's rows are limited to; undefined sees all. */
  location: string | undefined;
}

/** A visitor of the shop; a member once `customerId` is known. */
export interface ShopperActor {
  kind: 'shopper';
  visitorId: string;
  customerId: string | undefined;
  name: string;
}

/** The house itself: a rule, a job, an import. `name` says which. */
export interface SystemActor {
  kind: 'system';
  name: string;
}

export type Actor = StaffActor | ShopperActor | SystemActor;

/** What every use case gets: the open transaction, who asks, what time it is. Three fields, for ever. */
export interface Ctx {
  tx: Tx;
  actor: Actor;
  now: Date;
}

/** How an actor is named on timelines and events: without personal data beyond a staff member's own name. */
export function actorLabel(actor: Actor): { kind: Actor['kind']; id: string; name: string } {
  switch (actor.kind) {
    case 'staff':
      return { kind: 'staff', id: actor.id, name: actor.name };
    case 'shopper':
      return { kind: 'shopper', id: actor.customerId ?? actor.visitorId, name: actor.customerId ? 'member' : 'guest' };
    case 'system':
      return { kind: 'system', id: actor.name, name: actor.name };
  }
}

export const system = (name: string): SystemActor => ({ kind: 'system', name });
