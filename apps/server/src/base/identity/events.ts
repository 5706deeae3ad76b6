import { roles } from '@tongshang/contract';
import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

const post = { role: z.enum(roles), location: z.string().nullable() };

/** A member of staff got an account. */
export const staffCreated = eventType('identity.staff_created', z.object({ staffId: z.uuid(), ...post }));

/** A member of staff holds another role, or works at another store. */
export const staffRoleSet = eventType(
  'identity.staff_role_set',
  z.object({ staffId: z.uuid(), ...post, before: z.object(post) }),
);

/** An account was closed; its sessions ended with it. */
export const staffDeactivated = eventType('identity.staff_deactivated', z.object({ staffId: z.uuid() }));

/** A closed account was opened again. */
export const staffReactivated = eventType('identity.staff_reactivated', z.object({ staffId: z.uuid() }));
