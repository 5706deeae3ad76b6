import * as z from 'zod';
import { Phone } from './customers.ts';
import { endpoint } from './endpoint.ts';
import { permissions, roles } from './permissions.ts';
import { Id, Instant, LocationCode } from './values.ts';

export const RoleName = z.enum(roles);

export const Staff = z.object({
  id: Id,
  email: z.email(),
  name: z.string(),
  role: RoleName,
  /** The one store a clerk is limited to. */
  location: LocationCode.nullable(),
  isActive: z.boolean(),
  createdAt: Instant,
});

/** Who asks, as the server sees it. */
export const Me = z.object({
  kind: z.enum(['staff', 'member', 'guest']),
  id: z.string(),
  name: z.string(),
  role: RoleName.nullable(),
  permissions: z.array(z.enum(permissions)),
  location: LocationCode.nullable(),
});

export const getMe = endpoint({
  method: 'GET',
  path: '/me',
  summary: 'Who I am and what I may',
  access: 'public',
  reply: Me,
  errors: [],
});

export const listStaff = endpoint({
  method: 'GET',
  path: '/staff',
  summary: 'Staff with roles',
  access: { permission: 'identity.view' },
  reply: z.object({ items: z.array(Staff) }),
  errors: [],
});

const Email = z.email().trim().toLowerCase().max(200);
/** A clerk works in one store; other roles have none. */
const Post = { role: RoleName, location: LocationCode.optional() };

export const createStaff = endpoint({
  method: 'POST',
  path: '/staff',
  summary: 'Add a staff member',
  access: { permission: 'identity.edit' },
  body: z.object({ email: Email, name: z.string().trim().min(1).max(50), password: z.string().min(10).max(128), ...Post }),
  reply: Staff,
  errors: ['staff.exists', 'staff.location_missing'],
  idempotent: true,
});

export const setStaffRole = endpoint({
  method: 'PUT',
  path: '/staff/:id/role',
  summary: 'Give another role; it takes effect with the next request',
  access: { permission: 'identity.edit' },
  params: z.object({ id: Id }),
  body: z.object(Post),
  reply: Staff,
  errors: ['staff.not_found', 'staff.location_missing', 'staff.last_admin'],
});

export const deactivateStaff = endpoint({
  method: 'POST',
  path: '/staff/:id/deactivation',
  summary: 'Close an account; every session of it ends at once',
  access: { permission: 'identity.edit' },
  params: z.object({ id: Id }),
  reply: Staff,
  errors: ['staff.not_found', 'staff.last_admin'],
});

export const reactivateStaff = endpoint({
  method: 'DELETE',
  path: '/staff/:id/deactivation',
  summary: 'Open a closed account again',
  access: { permission: 'identity.edit' },
  params: z.object({ id: Id }),
  reply: Staff,
  errors: ['staff.not_found'],
});

export const requestPhoneCode = endpoint({
  method: 'POST',
  path: '/shop/phone-codes',
  summary: 'Send a sign-in code to a phone',
  access: 'shopper',
  body: z.object({ phone: Phone }),
  reply: z.object({ expiresInSeconds: z.int(), resendInSeconds: z.int() }),
  errors: ['request.too_many', 'sms.unavailable'],
});

export const listDemoSignIns = endpoint({
  method: 'GET',
  path: '/demo/sign-ins',
  summary: 'A sign-in of each role; only in the demo',
  access: 'public',
  reply: z.object({ items: z.array(z.object({ role: RoleName, name: z.string(), email: z.string(), password: z.string() })) }),
  errors: ['page.not_found'],
});

export const listSandboxMessages = endpoint({
  method: 'GET',
  path: '/demo/messages',
  summary: 'Text messages that the sandbox phone received; only in the demo',
  access: 'public',
  query: z.object({ phone: Phone }),
  reply: z.object({ items: z.array(z.object({ phone: z.string(), code: z.string(), sentAt: Instant })) }),
  errors: ['page.not_found'],
});

export const listSandboxMails = endpoint({
  method: 'GET',
  path: '/demo/mails',
  summary: 'Codes that the sandbox mailbox received; only in the demo, and only where no mail server is set',
  access: 'public',
  query: z.object({ email: Email }),
  reply: z.object({ items: z.array(z.object({ email: z.string(), code: z.string(), sentAt: Instant })) }),
  errors: ['page.not_found'],
});

const signedIn = z.object({ user: z.object({ name: z.string() }) });

/**
 * Answered by the identity handler at `/api/auth/*`, which sets the cookies; not by a route of the house. Same wire, same problems.
 */
export const auth = {
  signInStaff: endpoint({
    method: 'POST',
    path: '/auth/staff/sign-in/email',
    summary: 'Staff sign in with e-mail and password',
    access: 'public',
    body: z.object({ email: Email, password: z.string().min(1).max(128) }),
    reply: signedIn,
    errors: ['auth.wrong_credentials', 'request.too_many'],
  }),
  signOutStaff: endpoint({
    method: 'POST',
    path: '/auth/staff/sign-out',
    summary: 'Staff sign out',
    access: 'public',
    reply: z.object({}),
    errors: [],
  }),
  signInShopper: endpoint({
    method: 'POST',
    path: '/auth/shop/sign-in/phone-code',
    summary: 'A shopper signs in with a phone and the code it received; the first time makes a member',
    access: 'public',
    body: z.object({ phone: Phone, code: z.string().regex(/^\d{6}$/) }),
    reply: signedIn,
    errors: ['auth.code_wrong', 'auth.code_expired', 'request.too_many'],
  }),
  signOutShopper: endpoint({
    method: 'POST',
    path: '/auth/shop/sign-out',
    summary: 'A shopper signs out',
    access: 'public',
    reply: z.object({}),
    errors: [],
  }),
} as const;
