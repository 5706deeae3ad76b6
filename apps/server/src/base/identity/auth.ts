import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import type pg from 'pg';
import * as z from 'zod';
import type { CodeAnswer } from './use-phone-code.ts';

export type Kind = 'staff' | 'shopper';

export interface AuthParts {
  pool: pg.Pool;
  origin: string;
  key: string;
}

const daySeconds = 86_400;
/** How long a session may be believed without asking the database. Rights are read fresh on every call all the same. */
const cacheSeconds = 60;
/** Sign-ins from one address in a minute; an account has a limit of its own, see sign-in-limit.ts. */
const perAddress = { window: 60, max: 30 };

/** Staff sign in with e-mail and password; nobody can sign up. */
export const buildStaffAuth = (parts: AuthParts) =>
  betterAuth({
    ...common(parts, 'staff'),
    basePath: '/api/auth/staff',
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10 },
    session: { ...cached, expiresIn: 7 * daySeconds, updateAge: daySeconds },
    advanced: { ...advanced(parts), cookiePrefix: 'ts_staff' },
  });

/** Shoppers sign in with a phone and the code it received. `answerCode` decides; this only opens the session. */
export const buildShopAuth = (parts: AuthParts, answerCode: (input: { phone: string; code: string }) => Promise<CodeAnswer>) =>
  betterAuth({
    ...common(parts, 'shopper'),
    basePath: '/api/auth/shop',
    session: { ...cached, expiresIn: 90 * daySeconds, updateAge: daySeconds },
    advanced: { ...advanced(parts), cookiePrefix: 'ts_shop' },
    plugins: [{ id: 'phone-code', endpoints: { signInPhoneCode: signInPhoneCode(answerCode) } }],
  });

const signInPhoneCode = (answerCode: (input: { phone: string; code: string }) => Promise<CodeAnswer>) =>
  createAuthEndpoint(
    '/sign-in/phone-code',
    { method: 'POST', body: z.object({ phone: z.string().regex(/^1[3-9]\d{9}$/), code: z.string().regex(/^\d{6}$/) }) },
    async (ctx) => {
      const answer = await answerCode(ctx.body);
      if (answer.outcome !== 'right') {
        const code = answer.outcome === 'wrong' ? 'auth.code_wrong' : 'auth.code_expired';
        throw new APIError('UNAUTHORIZED', { code, message: code });
      }
      const user = await ctx.context.internalAdapter.findUserById(answer.userId);
      const session = await ctx.context.internalAdapter.createSession(answer.userId);
      if (user === null) throw new APIError('UNAUTHORIZED', { code: 'auth.code_expired', message: 'no user' });
      await setSessionCookie(ctx, { session, user });
      return ctx.json({ user: { name: user.name } });
    },
  );

const cached = { cookieCache: { enabled: true, maxAge: cacheSeconds }, ...sessionNames() };

const advanced = ({ origin }: AuthParts) => ({
  useSecureCookies: origin.startsWith('https:'),
  disableOriginCheck: false,
  disableCSRFCheck: false,
  ipAddress: { ipAddressHeaders: ['x-ts-client-address'] },
  database: { generateId: 'uuid' as const },
});

/** What both have in common. Tables are made by our migrations, never by better-auth. */
function common({ pool, origin, key }: AuthParts, kind: Kind) {
  return {
    appName: 'Tongshang',
    baseURL: origin,
    trustedOrigins: [origin],
    secret: key,
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'rate_limit',
      fields: { lastRequest: 'last_request' },
      window: 60,
      max: 600,
      customRules: { '/sign-in/*': perAddress },
    },
    user: {
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        kind: { type: 'string', input: false },
        customerId: { type: 'string', required: false, input: false, fieldName: 'customer_id' },
        isActive: { type: 'boolean', required: false, input: false, fieldName: 'is_active' },
      },
    },
    account: {
      fields: {
        userId: 'user_id', accountId: 'account_id', providerId: 'provider_id', accessToken: 'access_token', refreshToken: 'refresh_token',
        idToken: 'id_token', accessTokenExpiresAt: 'access_token_expires_at', refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at', updatedAt: 'updated_at',
      }, // prettier-ignore
    },
    verification: { fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' } },
    databaseHooks: { session: { create: { before: async ({ userId }: { userId: string }) => isOpen(pool, userId, kind) } } },
  } satisfies BetterAuthOptions;
}

function sessionNames() {
  const fields = {
    userId: 'user_id',
    expiresAt: 'expires_at',
    ipAddress: 'ip_address',
    userAgent: 'user_agent',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  };
  return { fields };
}

/** No session for a closed account, and none of the other kind: a shopper can never sign in as staff. */
async function isOpen(pool: pg.Pool, userId: string, kind: Kind): Promise<boolean> {
  const { rows } = await pool.query<{ ok: boolean }>('select is_active and kind = $2 as ok from identity."user" where id = $1', [
    userId,
    kind,
  ]);
  return rows[0]?.ok ?? false;
}
