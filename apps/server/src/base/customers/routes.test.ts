import { customers as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import type { ShopperActor } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { ensureCustomerForUser } from './ensure-customer.ts';
import { findCustomers } from './find-customers.ts';
import { aCustomer } from './testing.ts';
import { upsertCustomers } from './upsert-customers.ts';

const world = useWorld();
const clerk = aStaff('clerk');
const operations = aStaff('operations');

const aUser = async (phone: string): Promise<string> => {
  const [row] = await world.inTx((tx) =>
    run(tx, sql<{ id: string }>`insert into identity."user" (name, email, kind, phone) values ('x', ${`${phone}@phone.invalid`}, 'shopper', ${phone})
      on conflict (phone) do update set name = 'x' returning id`)); // prettier-ignore
  return row!.id;
};
const signIn = async (phone: string) => {
  const userId = await aUser(phone);
  return world.run((ctx) => ensureCustomerForUser(ctx, { userId, phone }));
};
const aMember = async (phone: string): Promise<ShopperActor> => aShopper({ customerId: await signIn(phone) });
const address = { name: '李雷', phone: '13900001111', region: '上海市 徐汇区', detail: '漕溪北路 1 号' };
const add = (member: ShopperActor, over: object = {}) =>
  world.call(contract.addAddress, { body: { ...address, ...over } }, member);
const addressesOf = async (member: ShopperActor) => (await world.call(contract.listAddresses, {}, member)).items;

test('lists and pages show contacts masked, and a phone is found only as a whole', async () => {
  const id = await world.run((ctx) =>
    aCustomer(ctx, 'K-1', { name: '韩梅梅', phone: '138 0013 8000', email: 'han@example.com' }),
  );
  const shown = {
    id,
    name: '韩**',
    phone: '138****8000',
    email: 'h***@example.com',
    source: 'import',
    externalId: 'K-1',
    isMember: false,
  };
  expect(await world.call(contract.getCustomer, { params: { id } }, clerk)).toMatchObject(shown);
  const search = async (text: string) =>
    (await world.call(contract.listCustomers, { query: { search: text } }, clerk)).items.map((row) => row.id);
  for (const text of ['13800138000', '138-0013-8000', '韩梅', 'K-1']) expect(await search(text)).toEqual([id]);
  for (const text of ['1380013', '8000', '%', '_', '\\']) expect(await search(text)).toEqual([]);
});

test('pages of customers follow one another without a gap or a repeat', async () => {
  await world.run((ctx) =>
    upsertCustomers(
      ctx,
      Array.from({ length: 5 }, (_, n) => ({ source: 'store', externalId: `page-${n}` })),
    ),
  );
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await world.call(
      contract.listCustomers,
      { query: { source: 'store', limit: 2, ...(after !== undefined && { after }) } },
      clerk,
    );
    seen.push(...page.items.map((row) => row.externalId!));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen.toSorted()).toEqual([0, 1, 2, 3, 4].map((n) => `page-${n}`));
});

test('who reveals a contact is written down with the reason, and who may not sees nothing and leaves no trace', async () => {
  const id = await world.run((ctx) => aCustomer(ctx, 'K-2', { name: '李华', phone: '13800138009' }));
  const reveal = (actor: typeof clerk, customer = id) =>
    world.call(contract.revealContact, { params: { id: customer }, body: { reason: '核对地址' } }, actor);
  const log = () =>
    world.inTx((tx) =>
      run(
        tx,
        sql<{
          payload: object;
          actor: object;
        }>`select payload, actor from platform.event where name = 'customers.contact_revealed'`,
      ),
    );
  await expect(reveal(clerk)).rejects.toMatchObject({ code: 'auth.forbidden', details: { permission: 'customers.reveal' } });
  await expect(reveal(operations, crypto.randomUUID())).rejects.toMatchObject({ code: 'customer.not_found' });
  expect(await log()).toEqual([]);
  expect(await reveal(operations)).toEqual({ name: '李华', phone: '13800138009', email: null, addresses: [] });
  expect(await log()).toEqual([
    { payload: { customerId: id, reason: '核对地址' }, actor: { kind: 'staff', id: operations.id, name: operations.name } },
  ]);
});

test('an unknown customer is not found', async () => {
  await expect(world.call(contract.getCustomer, { params: { id: crypto.randomUUID() } }, clerk)).rejects.toMatchObject({
    code: 'customer.not_found',
  });
});

test('bulk customers: a repeat changes nothing, what is left out stays, numbers are given once', async () => {
  const rows = [
    { source: 'import', externalId: 'B-1', name: '甲', phone: '13700000001' },
    { source: 'import', externalId: 'B-2' },
  ] as const;
  const upsert = (given: Parameters<typeof upsertCustomers>[1]) => world.run((ctx) => upsertCustomers(ctx, given));
  expect((await upsert(rows)).map((row) => row.outcome)).toEqual(['new', 'new']);
  expect((await upsert(rows)).map((row) => row.outcome)).toEqual(['unchanged', 'unchanged']);
  expect(await upsert([{ source: 'import', externalId: 'B-1', email: 'a@b.example' }])).toMatchObject([{ outcome: 'changed' }]);
  const ids = new Map((await upsert(rows)).map((row) => [row.externalId, row.customerId]));
  const facts = await world.inTx((tx) => findCustomers(tx, [...ids.values()]));
  expect(facts.get(ids.get('B-1')!)).toMatchObject({ maskedName: '甲*', maskedPhone: '137****0001', isMember: false });
  expect(new Set([...facts.values()].map((fact) => fact.number)).size).toBe(2);
});

test('ten thousand customers land in seconds', async () => {
  const start = performance.now();
  const answers = await world.run((ctx) => upsertCustomers(ctx, Array.from({ length: 10_000 }, (_, n) => ({ source: 'import', externalId: `many-${n}`, name: `客户${n}` }))));
  expect(answers.every((row) => row.outcome === 'new')).toBe(true);
  expect(performance.now() - start).toBeLessThan(30_000); // 0.4 s on an idle machine
}, 60_000); // prettier-ignore

test('a phone that the firm knows becomes the member with its history; an unknown one becomes a new customer; both only once', async () => {
  const known = await world.run((ctx) =>
    aCustomer(ctx, 'M-1', { name: '老客', phone: '13600000001', createdAt: new Date('2024-01-01T00:00:00Z') }),
  );
  await world.run((ctx) => aCustomer(ctx, 'M-2', { name: '同号', phone: '13600000001' }));
  const member = await aMember('13600000001');
  expect(member.customerId).toBe(known);
  expect(await signIn('13600000001')).toBe(known);
  expect(await world.call(contract.getProfile, {}, member)).toMatchObject({
    name: '老客',
    phone: '13600000001',
    memberSince: '2024-01-01T00:00:00.000Z',
  });
  const fresh = await signIn('13600000002');
  expect(await signIn('13600000002')).toBe(fresh);
});

test('twenty sign-ins of one new phone at once make one customer, every time', async () => {
  for (const phone of ['13600000030', '13600000031', '13600000032', '13600000033']) {
    const userId = await aUser(phone);
    const ids = await Promise.all(
      Array.from({ length: 20 }, () => world.run((ctx) => ensureCustomerForUser(ctx, { userId, phone }))),
    );
    expect(new Set(ids).size).toBe(1);
  }
});

test('a member changes what is given and nothing else; a guest has no profile', async () => {
  const member = await aMember('13600000004');
  const edit = (body: object) => world.call(contract.editProfile, { body }, member);
  expect(await edit({ name: '小明', language: 'en' })).toMatchObject({ name: '小明', language: 'en', email: null });
  expect(await edit({ email: 'ming@example.com' })).toMatchObject({ name: '小明', language: 'en', email: 'ming@example.com' });
  expect(await edit({ email: null })).toMatchObject({ name: '小明', email: null });
  await expect(world.call(contract.getProfile, {}, aShopper())).rejects.toMatchObject({ code: 'auth.required' });
  await expect(world.call(contract.getProfile, {}, operations)).rejects.toMatchObject({ code: 'auth.required' });
});

test('exactly one address is the default, whatever is added, changed and removed, also at once', async () => {
  const member = await aMember('13600000005');
  const first = await add(member);
  expect(first).toMatchObject({ ...address, isDefault: true });
  await Promise.all(Array.from({ length: 6 }, () => add(member, { isDefault: true })));
  const defaults = async () => (await addressesOf(member)).filter((row) => row.isDefault);
  expect(await defaults()).toHaveLength(1);
  await world.call(
    contract.editAddress,
    { params: { id: first.id }, body: { ...address, detail: '新址', isDefault: true } },
    member,
  );
  expect(await defaults()).toMatchObject([{ id: first.id, detail: '新址' }]);
  await world.call(contract.removeAddress, { params: { id: first.id } }, member);
  expect(await defaults()).toHaveLength(1);
  expect(await addressesOf(member)).toHaveLength(6);
});

test('at most twenty addresses', async () => {
  const member = await aMember('13600000006');
  for (let n = 0; n < 20; n += 1) await add(member);
  await expect(add(member)).rejects.toMatchObject({ code: 'address.too_many', details: { max: 20 } });
});

test('somebody else’s address does not exist for a member, and stays as it is', async () => {
  const [owner, other] = [await aMember('13600000007'), await aMember('13600000008')];
  const { id } = await add(owner);
  const unknown = crypto.randomUUID();
  for (const target of [id, unknown]) {
    await expect(world.call(contract.editAddress, { params: { id: target }, body: address }, other)).rejects.toMatchObject({
      code: 'address.not_found',
      details: { id: target },
    });
    await expect(world.call(contract.removeAddress, { params: { id: target } }, other)).rejects.toMatchObject({
      code: 'address.not_found',
      details: { id: target },
    });
  }
  expect(await addressesOf(other)).toEqual([]);
  expect(await addressesOf(owner)).toHaveLength(1);
});
