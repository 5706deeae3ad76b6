import type { identity as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Actor } from '../../platform/ctx.ts';

/** An actor as they see themselves. */
export function meOf(actor: Actor): z.input<typeof contract.Me> {
  const nobody = { role: null, permissions: [], location: null };
  switch (actor.kind) {
    case 'staff':
      return {
        kind: 'staff',
        id: actor.id,
        name: actor.name,
        role: actor.role,
        permissions: [...actor.permissions],
        location: actor.location ?? null,
      };
    case 'shopper':
      return {
        kind: actor.customerId === undefined ? 'guest' : 'member',
        id: actor.customerId ?? actor.visitorId,
        name: actor.name,
        ...nobody,
      };
    case 'system':
      return { kind: 'guest', id: actor.name, name: actor.name, ...nobody };
  }
}
