import { identity as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import { run } from '../../platform/db.ts';
import { createDemoStaff } from './demo.ts';
import { keyFor } from './secrets.ts';
import { requestPhoneCode } from './request-phone-code.ts';

const world = useWorld();
const admin = aStaff('admin');
const create = (over: object = {}) =>
  world.call(
    contract.createStaff,
    {
      body: {
        email: `${crypto.randomUUID()}@test.example`,
        name: '钱多',
        password: 'a long enough one',
        role: 'analyst',
        ...over,
      },
    },
    admin,
  );
const setRole = (id: string, body: { role: 'clerk' | 'admin' | 'warehouse'; location?: string }) =>
  world.call(contract.setStaffRole, { params: { id }, body }, admin);
const news = (name: string) =>
  world.inTx((tx) => run(tx, sql<{ payload: object }>`select payload from platform.event where name = ${name} order by seq`));

test('an administrator adds staff; the list shows them, without passwords', async () => {
  const staff = await create({ role: 'clerk', location: 'S01', email: 'Mixed@Test.example' });
  expect(staff).toMatchObject({ email: 'mixed@test.example', name: '钱多', role: 'clerk', location: 'S01', isActive: true });
  const { items } = await world.call(contract.listStaff, {}, admin);
  expect(items).toContainEqual(staff);
  expect(JSON.stringify(items)).not.toContain('password');
});

test('an e-mail belongs to one member of staff, whatever its case', async () => {
  await create({ email: 'twice@test.example' });
  await expect(create({ email: 'TWICE@test.example' })).rejects.toMatchObject({ code: 'staff.exists' });
});

test('a clerk stands in one store, everybody else in none', async () => {
  await expect(create({ role: 'clerk' })).rejects.toMatchObject({ code: 'staff.location_missing' });
  const staff = await create({ role: 'analyst', location: 'S01' });
  expect(staff.location).toBeNull();
  await expect(setRole(staff.id, { role: 'clerk' })).rejects.toMatchObject({ code: 'staff.location_missing' });
  expect(await setRole(staff.id, { role: 'clerk', location: 'S02' })).toMatchObject({ role: 'clerk', location: 'S02' });
  expect((await news('identity.staff_role_set')).at(-1)?.payload).toMatchObject({
    staffId: staff.id,
    role: 'clerk',
    before: { role: 'analyst' },
  });
});

test('closing and opening an account takes effect once, however often it is asked', async () => {
  const { id } = await create();
  const close = () => world.call(contract.deactivateStaff, { params: { id } }, admin);
  expect([(await close()).isActive, (await close()).isActive]).toEqual([false, false]);
  expect((await news('identity.staff_deactivated')).filter(({ payload }) => JSON.stringify(payload).includes(id))).toHaveLength(
    1,
  );
  expect(await world.call(contract.reactivateStaff, { params: { id } }, admin)).toMatchObject({ isActive: true });
});

test('the last administrator stays, also when two remove each other at once', async () => {
  const [a, b] = [await create({ role: 'admin' }), await create({ role: 'admin' })];
  for (let round = 0; round < 8; round += 1) {
    const answers = await Promise.allSettled([
      world.call(contract.deactivateStaff, { params: { id: a.id } }, admin),
      setRole(b.id, { role: 'warehouse' }),
    ]);
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    expect(answers.find((answer) => answer.status === 'rejected')?.reason).toMatchObject({ code: 'staff.last_admin' });
    const { items } = await world.call(contract.listStaff, {}, admin);
    expect(items.filter((staff) => staff.role === 'admin' && staff.isActive)).toHaveLength(1);
    await world.call(contract.reactivateStaff, { params: { id: a.id } }, admin);
    await setRole(b.id, { role: 'admin' });
  }
});

test('somebody who is not there is not found; a shopper is not staff', async () => {
  const id = crypto.randomUUID();
  const answers = await Promise.allSettled([
    setRole(id, { role: 'admin' }),
    world.call(contract.deactivateStaff, { params: { id } }, admin),
    world.call(contract.reactivateStaff, { params: { id } }, admin),
  ]);
  for (const answer of answers)
    expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'staff.not_found', details: { id } } });
  const [shopper] = await world.inTx((tx) =>
    run(
      tx,
      sql<{
        id: string;
      }>`insert into identity."user" (name, email, phone) values ('x', 'x@phone.invalid', '13511110000') returning id`,
    ),
  );
  await expect(world.call(contract.deactivateStaff, { params: { id: shopper!.id } }, admin)).rejects.toMatchObject({
    code: 'staff.not_found',
  });
});

test('only who may edit staff edits staff', async () => {
  const executive = aStaff('executive');
  await expect(
    world.call(
      contract.createStaff,
      { body: { email: 'a@b.example', name: 'x', password: 'long enough pw', role: 'admin' } },
      executive,
    ),
  ).rejects.toMatchObject({ code: 'auth.forbidden' });
  await expect(world.call(contract.listStaff, {}, aShopper())).rejects.toMatchObject({ code: 'auth.required' });
});

test('a code is stored as a hash alone, one a minute and ten a day', async () => {
  const phone = '13522220000';
  const ask = () => world.call(contract.requestPhoneCode, { body: { phone } }, aShopper());
  expect(await ask()).toEqual({ expiresInSeconds: 300, resendInSeconds: 60 });
  await expect(ask()).rejects.toMatchObject({ code: 'request.too_many', details: { retryInSeconds: 60 } });
  const { items } = await world.call(contract.listSandboxMessages, { query: { phone } }, aShopper());
  expect(items).toMatchObject([{ phone, code: expect.stringMatching(/^\d{6}$/) }]);
  const stored = await world.inTx((tx) => run(tx, sql`select * from identity.phone_code where phone = ${phone}`));
  expect(JSON.stringify(stored)).not.toContain(items[0]!.code);
  for (let n = 1; n < 10; n += 1) {
    world.clock.advance(60_000);
    await ask();
  }
  world.clock.advance(60_000);
  await expect(ask()).rejects.toMatchObject({ code: 'request.too_many', details: { retryInSeconds: 86_400 - 600 } });
});

test('twenty presses of "send" at once send one code', async () => {
  const key = keyFor(world.config.secret, 'phone-code');
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, () => world.run((ctx) => requestPhoneCode(ctx, { phone: '13522220001', key }))),
  );
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
});

test('the demo shows a sign-in of each role, and only those that work', async () => {
  await world.run(createDemoStaff);
  await world.run(createDemoStaff);
  const list = async () => (await world.call(contract.listDemoSignIns, {}, aShopper())).items;
  const people = await list();
  expect(new Set(people.map((person) => person.role)).size).toBe(7);
  const analyst = (await world.call(contract.listStaff, {}, admin)).items.find(
    (staff) => staff.email === people.find((person) => person.role === 'analyst')?.email,
  );
  await world.call(contract.deactivateStaff, { params: { id: analyst!.id } }, admin);
  expect((await list()).map((person) => person.role)).not.toContain('analyst');
});
