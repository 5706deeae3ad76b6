import Fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identity as contract } from '@tongshang/contract';
import { aStaff, useWorld } from '../../../test/world.ts';
import { answerProblems, bindRoutes } from '../../platform/http.ts';
import { ensureCustomerForUser } from '../customers/index.ts';
import { createStaff } from './create-staff.ts';
import { createIdentity, type Identity } from './plugin.ts';
import { deactivateStaff, setStaffRole } from './change-staff.ts';

const world = useWorld({ consoleOrigin: 'http://console.test', shopOrigin: 'http://shop.test' });
const password = 'a long enough password';
let app: FastifyInstance;
let identity: Identity;
let address = 0;

beforeAll(async () => {
  identity = createIdentity(world.config, world.db, { ensureMember: ensureCustomerForUser, clock: world.clock.now });
  app = Fastify({ trustProxy: true }) as unknown as FastifyInstance;
  answerProblems(app);
  await identity.plugin(app);
  bindRoutes(app, world.house.routes, {
    db: world.db,
    clock: world.clock.now,
    actorOf: identity.actorOf,
    origins: [world.config.consoleOrigin, world.config.shopOrigin],
  });
});
afterAll(async () => {
  await app.close();
  await identity.close();
});

type Front = 'console' | 'shop';
const send = (front: Front, method: 'GET' | 'POST', path: string, { body, cookie, from, origin = `http://${front}.test` }: { body?: object; cookie?: string; from?: string; origin?: string } = {}) =>
  app.inject({
    method, url: `/api${path}`,
    headers: { host: `${front}.test`, ...(method === 'POST' && { origin }), ...(cookie !== undefined && { cookie }), 'x-forwarded-for': from ?? `10.0.0.${(address += 1)}` },
    ...(body !== undefined && { payload: body }),
  }); // prettier-ignore
const cookiesOf = (answer: LightMyRequestResponse) =>
  answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
const signIn = (email: string, over: { password?: string; from?: string; origin?: string } = {}) =>
  send('console', 'POST', contract.auth.signInStaff.path, { body: { email, password: over.password ?? password }, ...over });
const aMember = (email: string, role: 'admin' | 'operations' | 'clerk' = 'operations') =>
  world.run((ctx) => createStaff(ctx, { email, name: '王芳', role, password, location: 'S01' }));
const codeFor = async (phone: string) => {
  await send('shop', 'POST', '/shop/phone-codes', { body: { phone } });
  const { items } = (await send('shop', 'GET', `/demo/messages?phone=${phone}`)).json<{ items: { code: string }[] }>();
  return items[0]!.code;
};
const signInPhone = (phone: string, code: string, cookie?: string) =>
  send('shop', 'POST', contract.auth.signInShopper.path, { body: { phone, code }, ...(cookie !== undefined && { cookie }) });

test('staff sign in with e-mail and password and are who they are, with their rights', async () => {
  const staff = await aMember('clerk@test.example', 'clerk');
  const answer = await signIn('Clerk@Test.example');
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ user: { name: '王芳' } });
  const me = (await send('console', 'GET', '/me', { cookie: cookiesOf(answer) })).json();
  expect(me).toMatchObject({ kind: 'staff', id: staff.id, name: '王芳', role: 'clerk', location: 'S01' });
  expect(me.permissions).toContain('orders.place');
});

test('cookies are for us alone: httpOnly, lax, on every path, with names of their own, and never a token in the reply', async () => {
  await aMember('cookies@test.example');
  const answer = await signIn('cookies@test.example');
  expect(answer.cookies.map((cookie) => cookie.name).toSorted()).toEqual(['ts_staff.session_data', 'ts_staff.session_token']);
  for (const cookie of answer.cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(answer.body).not.toContain('token');
});

test('on an https origin cookies are secure', async () => {
  const secure = createIdentity(
    { ...world.config, consoleOrigin: 'https://console.test', shopOrigin: 'https://shop.test' },
    world.db,
    { ensureMember: ensureCustomerForUser },
  );
  const other = Fastify() as unknown as FastifyInstance;
  await secure.plugin(other);
  await aMember('secure@test.example');
  const answer = await other.inject({
    method: 'POST',
    url: `/api${contract.auth.signInStaff.path}`,
    headers: { host: 'console.test', origin: 'https://console.test' },
    payload: { email: 'secure@test.example', password },
  });
  expect(answer.cookies.length).toBeGreaterThan(0);
  for (const cookie of answer.cookies) expect(cookie).toMatchObject({ secure: true, name: expect.stringMatching(/^__Secure-/) });
  await secure.close();
});

test('a wrong password, an unknown e-mail and a closed account look the same', async () => {
  const staff = await aMember('closed@test.example');
  await aMember('wrong@test.example');
  await world.run((ctx) => deactivateStaff(ctx, { id: staff.id }));
  const answers = [
    await signIn('wrong@test.example', { password: 'not this one' }),
    await signIn('nobody@test.example'),
    await signIn('closed@test.example'),
  ];
  for (const answer of answers) {
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ code: 'auth.wrong_credentials', details: {} });
    expect(answer.cookies).toEqual([]);
  }
});

test('another role takes effect with the next request, a closed account too, although the session is cached in a cookie', async () => {
  const staff = await aMember('moves@test.example');
  const cookie = cookiesOf(await signIn('moves@test.example'));
  await world.run((ctx) => setStaffRole(ctx, { id: staff.id, role: 'warehouse' }));
  expect((await send('console', 'GET', '/me', { cookie })).json()).toMatchObject({ role: 'warehouse' });
  await world.run((ctx) => deactivateStaff(ctx, { id: staff.id }));
  expect((await send('console', 'GET', '/me', { cookie })).json()).toMatchObject({ kind: 'guest', permissions: [] });
});

test('signing out ends the session', async () => {
  await aMember('leaves@test.example');
  const signedIn = cookiesOf(await signIn('leaves@test.example'));
  const token = signedIn.split('; ').find((pair) => pair.startsWith('ts_staff.session_token'))!;
  const answer = await send('console', 'POST', contract.auth.signOutStaff.path, { cookie: signedIn, body: {} });
  expect(answer.statusCode).toBe(200);
  expect((await send('console', 'GET', '/me', { cookie: token })).json()).toMatchObject({ kind: 'guest' });
});

test('ten tries at one account from anywhere, and it is closed to more for a quarter of an hour, also to the right password', async () => {
  await aMember('guessed@test.example');
  for (let n = 0; n < 10; n += 1)
    expect((await signIn('guessed@test.example', { password: `guess ${n} of many` })).statusCode).toBe(401);
  expect((await signIn('guessed@test.example')).json()).toMatchObject({ code: 'request.too_many' });
  world.clock.advance(15 * 60_000);
  expect((await signIn('guessed@test.example')).statusCode).toBe(200);
});

test('thirty sign-ins a minute from one address, then no more', async () => {
  const answers = await Promise.all(Array.from({ length: 31 }, (_, n) => signIn(`flood${n}@test.example`, { from: '10.9.9.9' })));
  expect(answers.filter((answer) => answer.statusCode === 401)).toHaveLength(30);
  expect(answers.find((answer) => answer.statusCode === 429)?.json()).toMatchObject({ code: 'request.too_many' });
});

test('a page of another site can neither sign anybody in nor out', async () => {
  await aMember('csrf@test.example');
  const cookie = cookiesOf(await signIn('csrf@test.example'));
  expect(
    (await send('console', 'POST', contract.auth.signOutStaff.path, { cookie, body: {}, origin: 'http://evil.test' })).json(),
  ).toMatchObject({ code: 'auth.forbidden' });
  expect((await send('console', 'GET', '/me', { cookie })).json()).toMatchObject({ kind: 'staff' });
});

test('nothing else of the sign-in library answers', async () => {
  for (const path of [
    '/auth/staff/sign-up/email',
    '/auth/staff/update-user',
    '/auth/shop/sign-in/email',
    '/auth/staff/delete-user',
    '/auth/staff/sign-in/phone-code',
    '/auth/shop/sign-in/phone-code',
  ]) {
    expect((await send('console', 'POST', path, { body: { email: 'x@test.example', password, name: 'x' } })).statusCode).toBe(
      404,
    );
  }
});

test('a visitor of the shop gets one signed cookie and keeps it; a forged one is replaced; the console sets none', async () => {
  const first = await send('shop', 'GET', '/me');
  const [cookie] = first.cookies;
  expect(cookie).toMatchObject({ name: 'ts_visitor', httpOnly: true, sameSite: 'Lax', path: '/' });
  const again = await send('shop', 'GET', '/me', { cookie: cookiesOf(first) });
  expect(again.cookies).toEqual([]);
  expect(again.json()).toEqual(first.json());
  const forged = await send('shop', 'GET', '/me', { cookie: `ts_visitor=${crypto.randomUUID()}.AAAA` });
  expect(forged.cookies.map((set) => set.name)).toEqual(['ts_visitor']);
  expect((await send('console', 'GET', '/me')).cookies).toEqual([]);
});

test('a shopper signs in with the code the phone received, is a member with a customer, and keeps the visitor id', async () => {
  const phone = '13800138001';
  const visitor = cookiesOf(await send('shop', 'GET', '/me'));
  const answer = await signInPhone(phone, await codeFor(phone), visitor);
  expect(answer.json()).toEqual({ user: { name: '会员8001' } });
  expect(answer.cookies.map((cookie) => cookie.name).toSorted()).toEqual(['ts_shop.session_data', 'ts_shop.session_token']);
  const cookie = `${visitor}; ${cookiesOf(answer)}`;
  const me = await send('shop', 'GET', '/me', { cookie });
  expect(me.json()).toMatchObject({ kind: 'member', name: '会员8001', role: null, permissions: [] });
  expect((await send('shop', 'GET', '/profile', { cookie })).json()).toMatchObject({ customerId: me.json().id, phone });
});

test('sessions do not leak: a shopper is nobody on the console, staff are guests in the shop, under either name of the cookie', async () => {
  const phone = '13800138002';
  const shopper = cookiesOf(await signInPhone(phone, await codeFor(phone)));
  await aMember('leak@test.example', 'admin');
  const staff = cookiesOf(await signIn('leak@test.example'));
  const asStaff = shopper.replaceAll('ts_shop', 'ts_staff');
  const asShopper = staff.replaceAll('ts_staff', 'ts_shop');
  for (const cookie of [shopper, asStaff, `${shopper}; ${asStaff}`])
    expect((await send('console', 'GET', '/me', { cookie })).json()).toMatchObject({ kind: 'guest', permissions: [] });
  for (const cookie of [staff, asShopper])
    expect((await send('shop', 'GET', '/me', { cookie })).json()).toMatchObject({ kind: 'guest', permissions: [] });
  expect((await send('shop', 'GET', '/staff', { cookie: staff })).statusCode).toBe(401);
  expect((await send('console', 'GET', '/profile', { cookie: staff })).statusCode).toBe(401);
});

test('a code works once, in its five minutes, for five tries, and only the newest', async () => {
  const phone = '13800138003';
  const code = await codeFor(phone);
  const wrong = code === '000000' ? '000001' : '000000';
  expect((await signInPhone(phone, wrong)).json()).toMatchObject({ code: 'auth.code_wrong' });
  expect((await signInPhone(phone, code)).statusCode).toBe(200);
  expect((await signInPhone(phone, code)).json()).toMatchObject({ code: 'auth.code_expired' });

  world.clock.advance(61_000);
  const second = await codeFor(phone);
  for (let n = 0; n < 5; n += 1) await signInPhone(phone, second === '000000' ? '000001' : '000000');
  expect((await signInPhone(phone, second)).json()).toMatchObject({ code: 'auth.code_expired' });

  world.clock.advance(61_000);
  const third = await codeFor(phone);
  world.clock.advance(5 * 60_000);
  expect((await signInPhone(phone, third)).json()).toMatchObject({ code: 'auth.code_expired' });
});

test('one right code in ten requests at once lets exactly one in', async () => {
  const phone = '13800138004';
  const code = await codeFor(phone);
  const answers = await Promise.all(Array.from({ length: 10 }, () => signInPhone(phone, code)));
  expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(1);
});

test('a refused operation looks the same to a guest and to staff without the right, but for its code', async () => {
  await aMember('noright@test.example');
  const cookie = cookiesOf(await signIn('noright@test.example'));
  expect((await send('console', 'GET', '/staff', { cookie })).json()).toMatchObject({
    code: 'auth.forbidden',
    details: { permission: 'identity.view' },
  });
  expect((await send('console', 'GET', '/staff')).json()).toMatchObject({ code: 'auth.required' });
  expect(aStaff('admin').permissions.has('identity.view')).toBe(true);
});
