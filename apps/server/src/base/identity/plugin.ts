import { randomUUID } from 'node:crypto';
import { errorStatus, type ErrorCode, permissionsOf, type Role } from '@tongshang/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import pg from 'pg';
import { type Actor, type Ctx, type ShopperActor, system } from '../../platform/ctx.ts';
import { type Db, inTx } from '../../platform/db.ts';
import { Refusal } from '../../platform/fail.ts';
import { type Clock, machineClock } from '../../platform/time.ts';
import { buildShopAuth, buildStaffAuth } from './auth.ts';
import { keyFor, sign, unsign, uuidFrom } from './secrets.ts';
import { forgetTries, mayTrySignIn } from './sign-in-limit.ts';
import { surfaceOf } from './surface.ts';
import { type CodeAnswer, usePhoneCode } from './use-phone-code.ts';

export interface IdentityConfig {
  shopOrigin: string;
  consoleOrigin: string;
  secret: string;
}

export interface IdentityOptions {
  /** Makes the signed-in shopper a customer, in the transaction that used the code. */
  ensureMember: (ctx: Ctx, member: { userId: string; phone: string }) => Promise<string>;
  clock?: Clock;
}

export interface Identity {
  /** Answers /api/auth/*: sign-in, sign-out and who-am-I of better-auth, with the house's problems. */
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
  /** Binds the handler. */
  plugin: (app: FastifyInstance) => Promise<void>;
  /** Who asks. The console's cookie counts on the console's origin, the shop's on the shop's; whoever has none is a guest. */
  actorOf: (request: FastifyRequest, reply: FastifyReply) => Promise<Actor>;
  /**
   * The visitor of a shop page's report: whom the signed cookie names; without one, somebody made of what the page calls them, who gets
   * the cookie now, so that an order of theirs carries the same id. Nobody can choose an id: it takes our key to make one.
   */
  visitorOf: (request: FastifyRequest, reply: FastifyReply, pageId: string | undefined) => string | undefined;
  /** Whose signed cookies come with a request: a member's, and one of the staff's, who may look at the shop with the same browser. */
  signedInAs: (request: FastifyRequest) => Promise<{ isStaff: boolean; customerId: string | undefined }>;
  close: () => Promise<void>;
}

const visitorCookie = 'ts_visitor';
const visitorSeconds = 400 * 86_400;
const served = new Set(['/staff/sign-in/email', '/staff/sign-out', '/shop/sign-in/phone-code', '/shop/sign-out']);

/** Sessions of staff and shoppers: two cookie names, two keys, two kinds of user; one can never pass for the other. */
export function createIdentity(
  config: IdentityConfig,
  db: Db,
  { ensureMember, clock = machineClock }: IdentityOptions,
): Identity {
  const pool = new pg.Pool({
    connectionString: db.url,
    max: 4,
    application_name: 'tongshang-identity',
    options: '-c search_path=identity',
  });
  pool.on('error', () => undefined); // an idle connection that the server closed; the pool replaces it
  const inOwnTx = <T>(work: (ctx: Ctx) => Promise<T>) => inTx(db, { actor: system('identity'), now: clock() }, work);
  const visitorKey = keyFor(config.secret, 'visitor');
  const staffAuth = buildStaffAuth({ pool, origin: config.consoleOrigin, key: keyFor(config.secret, 'staff-session') });
  const shopAuth = buildShopAuth(
    { pool, origin: config.shopOrigin, key: keyFor(config.secret, 'shop-session') },
    ({ phone, code }) =>
      inOwnTx(async (ctx): Promise<CodeAnswer> => {
        const answer = await usePhoneCode(ctx, { phone, code, key: keyFor(config.secret, 'phone-code') });
        if (answer.outcome === 'right') await ensureMember(ctx, { userId: answer.userId, phone });
        return answer;
      }),
  );

  const handler: Identity['handler'] = async (request, reply) => {
    const path = request.url.slice('/api/auth'.length).split('?')[0] ?? '';
    const isStaff = path.startsWith('/staff/');
    const surface = surfaceOf(request, config);
    const isElsewhere = surface === (isStaff ? 'shop' : 'console'); // staff sign in on the console alone, shoppers in the shop
    if (!served.has(path) || request.method !== 'POST' || isElsewhere) throw new Refusal('page.not_found', { path: request.url });
    const email = path === '/staff/sign-in/email' ? emailIn(request.body) : undefined;
    if (email !== undefined && !(await inOwnTx((ctx) => mayTrySignIn(ctx, email))))
      throw new Refusal('request.too_many', { retryInSeconds: 900 });

    const answer = await (isStaff ? staffAuth : shopAuth).handler(
      webRequest(request, isStaff ? config.consoleOrigin : config.shopOrigin),
    );

    if (!answer.ok) throw await refusalOf(answer);
    if (email !== undefined) await inOwnTx((ctx) => forgetTries(ctx, email));
    for (const cookie of answer.headers.getSetCookie()) void reply.header('set-cookie', cookie);
    const body = (await answer.json()) as { user?: { name?: string } };
    return reply
      .header('cache-control', 'no-store')
      .send(path.endsWith('/sign-out') ? {} : { user: { name: body.user?.name ?? '' } });
  };

  const staffOf = async (request: FastifyRequest, reply: FastifyReply): Promise<Actor | undefined> => {
    if (!hasCookie(request, 'ts_staff.session_token')) return undefined;
    const { headers, response } = await staffAuth.api.getSession({ headers: webHeaders(request), returnHeaders: true });
    for (const cookie of headers.getSetCookie()) void reply.header('set-cookie', cookie);
    return response === null ? undefined : readStaff(pool, response.user.id);
  };

  const shopperOf = async (request: FastifyRequest, reply: FastifyReply): Promise<ShopperActor> => {
    const visitorId = visitorOf(request, visitorKey) ?? setVisitor(reply, visitorKey, config.shopOrigin);
    const guest: ShopperActor = { kind: 'shopper', visitorId, customerId: undefined, name: 'guest' };
    if (!hasCookie(request, 'ts_shop.session_token')) return guest;
    const { headers, response } = await shopAuth.api.getSession({ headers: webHeaders(request), returnHeaders: true });
    for (const cookie of headers.getSetCookie()) void reply.header('set-cookie', cookie);
    const user = response?.user;
    if (user === undefined || user.kind !== 'shopper' || typeof user.customerId !== 'string') return guest;
    return { ...guest, customerId: user.customerId, name: user.name };
  };

  return {
    handler,
    plugin: async (app) => void app.route({ method: ['GET', 'POST'], url: '/api/auth/*', handler }),
    actorOf: async (request, reply) => {
      const surface = surfaceOf(request, config);
      if (surface === 'shop') return shopperOf(request, reply);
      const staff = await staffOf(request, reply);
      return staff ?? (surface === 'console' ? nobody : shopperOf(request, reply));
    },
    visitorOf: (request, reply, pageId) =>
      visitorOf(request, visitorKey) ??
      (pageId === undefined ? undefined : setVisitor(reply, visitorKey, config.shopOrigin, uuidFrom(visitorKey, pageId))),
    signedInAs: (request) => readSignedIn(request, staffAuth, shopAuth),
    close: () => pool.end(),
  };
}

/** On the console, somebody who has not signed in: a guest without a cookie of their own. */
const nobody: ShopperActor = {
  kind: 'shopper',
  visitorId: '00000000-0000-0000-0000-000000000000',
  customerId: undefined,
  name: 'guest',
};

type StaffAuth = ReturnType<typeof buildStaffAuth>;
type ShopAuth = ReturnType<typeof buildShopAuth>;

async function readSignedIn(
  request: FastifyRequest,
  staffAuth: StaffAuth,
  shopAuth: ShopAuth,
): Promise<{ isStaff: boolean; customerId: string | undefined }> {
  const hasStaff = hasCookie(request, 'ts_staff.session_token');
  const hasMember = hasCookie(request, 'ts_shop.session_token');
  if (!hasStaff && !hasMember) return { isStaff: false, customerId: undefined };
  const headers = webHeaders(request);
  const staff = hasStaff ? await staffAuth.api.getSession({ headers }) : null;
  const member = hasMember ? (await shopAuth.api.getSession({ headers }))?.user : undefined;
  const isMember = member?.kind === 'shopper' && typeof member.customerId === 'string';
  return { isStaff: staff !== null, customerId: isMember ? (member.customerId ?? undefined) : undefined };
}

/** Rights as they are now, not as they were at sign-in: another role or a closed account takes effect with the next request. */
async function readStaff(pool: pg.Pool, id: string): Promise<Actor | undefined> {
  const { rows } = await pool.query<{ name: string; role: Role; location: string | null }>({
    name: 'identity-read-staff',
    text: `select name, role, location from identity."user" where id = $1 and kind = 'staff' and is_active`,
    values: [id],
  });
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    kind: 'staff',
    id,
    name: row.name,
    role: row.role,
    permissions: new Set(permissionsOf[row.role]),
    location: row.location ?? undefined,
  };
}

function visitorOf(request: FastifyRequest, key: string): string | undefined {
  const cookie = cookieOf(request, visitorCookie);
  return cookie === undefined ? undefined : unsign(key, cookie);
}

function setVisitor(reply: FastifyReply, key: string, origin: string, visitorId: string = randomUUID()): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  void reply.header(
    'set-cookie',
    `${visitorCookie}=${sign(key, visitorId)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${visitorSeconds}${secure}`,
  );
  return visitorId;
}

function cookieOf(request: FastifyRequest, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key = '', value = ''] = pair.trim().split(/=(.*)/s);
    if (key === name) return value;
  }
  return undefined;
}

const hasCookie = (request: FastifyRequest, name: string): boolean =>
  cookieOf(request, name) !== undefined || cookieOf(request, `__Secure-${name}`) !== undefined;

const emailIn = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'email' in body && typeof body.email === 'string' ? body.email : undefined;

function webHeaders(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const name of [
    'cookie',
    'origin',
    'user-agent',
    'referer',
    'sec-fetch-site',
    'sec-fetch-mode',
    'sec-fetch-dest',
  ] as const) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  headers.set('x-ts-client-address', request.ip); // ours alone: what a client sends under this name is not copied
  headers.set('content-type', 'application/json');
  return headers;
}

const webRequest = (request: FastifyRequest, origin: string): Request =>
  new Request(new URL(request.url, origin), {
    method: 'POST',
    headers: webHeaders(request),
    body: JSON.stringify(request.body ?? {}),
  });

/** What better-auth answers, in the house's words. */
async function refusalOf(answer: Response): Promise<Refusal> {
  const body = (await answer.json().catch(() => ({}))) as { code?: string };
  const isOurs = (code: string | undefined): code is ErrorCode => code !== undefined && code in errorStatus;
  if (isOurs(body.code)) return new Refusal(body.code, {});
  if (answer.status === 429)
    return new Refusal('request.too_many', { retryInSeconds: Number(answer.headers.get('x-retry-after') ?? 60) });
  if (answer.status === 401) return new Refusal('auth.wrong_credentials', {});
  if (answer.status === 403) return new Refusal('auth.forbidden', {});
  if (answer.status >= 500) return new Refusal('server.bug', {});
  return new Refusal('request.invalid', { issues: [] });
}
