import { randomUUID } from 'node:crypto';
import { customers as contract } from '@tongshang/contract';
import Fastify, { type FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../test/world.ts';
import type { ShopperActor } from '../../platform/ctx.ts';
import { bindRoutes } from '../../platform/http.ts';
import { aCustomer } from './testing.ts';

const world = useWorld();
const aMember = async (): Promise<ShopperActor> =>
  aShopper({ customerId: await world.run((ctx) => aCustomer(ctx, randomUUID())) });
const address = { name: '李雷', phone: '13900001111', detail: '漕溪北路 1 号' };
const add = (member: ShopperActor, over: object) => world.call(contract.addAddress, { body: { ...address, ...over } }, member);
const addressesOf = async (member: ShopperActor) => (await world.call(contract.listAddresses, {}, member)).items;
const xihu = { districtCode: '330106', province: '浙江省', city: '杭州市', district: '西湖区', region: '浙江省 杭州市 西湖区' };

test('divisions are read level by level, from provinces to districts, and may be kept for days', async () => {
  const below = async (parent?: string) =>
    (await world.call(contract.listDivisions, { query: parent === undefined ? {} : { parent } }, aShopper())).items;
  expect(await below()).toHaveLength(34);
  expect(await below('330000')).toContainEqual({ code: '330100', name: '杭州市', level: 'city' });
  expect(await below('330100')).toContainEqual({ code: '330106', name: '西湖区', level: 'district' });
  expect(await below('330106')).toEqual([]);
  expect(await below('999999')).toEqual([]);

  const app = Fastify() as unknown as FastifyInstance;
  bindRoutes(app, world.house.routes, { db: world.db, clock: world.clock.now, actorOf: async () => aShopper(), origins: [] });
  const reply = await app.inject({ url: '/api/divisions?parent=330100' });
  expect(reply.headers['cache-control']).toBe('private, max-age=259200');
  expect(reply.json()).toMatchObject({ items: expect.arrayContaining([{ code: '330106', name: '西湖区', level: 'district' }]) });
  await app.close();
});

test('an address keeps its district’s code and the names that the code has, whatever text comes along', async () => {
  const member = await aMember();
  expect(await add(member, { districtCode: '330106' })).toMatchObject(xihu);
  expect(await add(member, { districtCode: '330106', region: '北京市 朝阳区' })).toMatchObject(xihu);
  expect(await addressesOf(member)).toMatchObject([xihu, xihu]);
});

test('a text that names a district gets its code; one that does not stays as it is written', async () => {
  const member = await aMember();
  expect(await add(member, { region: '浙江 杭州市西湖区' })).toMatchObject(xihu);
  const unknown = { districtCode: null, province: null, city: null, district: null };
  for (const region of ['Wonderland', '浙江省 杭州市', '浙江省 杭州市 西湖区 文一路'])
    expect(await add(member, { region })).toMatchObject({ ...unknown, region });
});

test('a code that is no district is refused, and nothing is kept', async () => {
  const member = await aMember();
  const { id } = await add(member, { districtCode: '330106' });
  for (const districtCode of ['330100', '330000', '999999']) {
    const refused = { code: 'address.district_unknown', details: { districtCode } };
    await expect(add(member, { districtCode })).rejects.toMatchObject(refused);
    const body = { ...address, districtCode };
    await expect(world.call(contract.editAddress, { params: { id }, body }, member)).rejects.toMatchObject(refused);
  }
  await expect(add(member, {})).rejects.toMatchObject({ code: 'request.invalid' });
  expect(await addressesOf(member)).toMatchObject([{ id, ...xihu }]);
});

test('a change of district changes code and names together; a change to a text clears them', async () => {
  const member = await aMember();
  const { id } = await add(member, { districtCode: '330106' });
  const edit = (over: object) => world.call(contract.editAddress, { params: { id }, body: { ...address, ...over } }, member);
  expect(await edit({ districtCode: '110105' })).toMatchObject({
    districtCode: '110105',
    city: '北京市',
    region: '北京市 朝阳区',
  });
  expect(await edit({ districtCode: '429004' })).toMatchObject({
    province: '湖北省',
    district: '仙桃市',
    region: '湖北省 仙桃市',
  });
  expect(await edit({ region: 'Wonderland' })).toMatchObject({ districtCode: null, province: null, region: 'Wonderland' });
});

test('any own address can become the default, and no other stays it; somebody else’s does not exist', async () => {
  const [member, other] = [await aMember(), await aMember()];
  const [first, second] = [await add(member, { districtCode: '330106' }), await add(member, { districtCode: '330106' })];
  const choose = (id: string, who: ShopperActor) => world.call(contract.makeDefaultAddress, { params: { id } }, who);
  await Promise.all([first.id, second.id, first.id, second.id].map((id) => choose(id, member)));
  await choose(second.id, member);
  expect((await addressesOf(member)).filter((one) => one.isDefault)).toMatchObject([{ id: second.id }]);
  await expect(choose(first.id, other)).rejects.toMatchObject({ code: 'address.not_found', details: { id: first.id } });
  expect((await addressesOf(member)).filter((one) => one.isDefault)).toMatchObject([{ id: second.id }]);
});

test('a pasted address is taken apart for a guest, and nothing of it is kept', async () => {
  const text = '浙江省杭州市西湖区文一西路100号 张三 13800138000';
  const { region: _, ...names } = xihu;
  expect(await world.call(contract.recogniseAddress, { body: { text } }, aShopper())).toEqual({
    ...names, name: '张三', phone: '13800138000', detail: '文一西路100号',
  }); // prettier-ignore
});

const personal = { kind: 'personal' as const, title: '张三' };
const company = { kind: 'company' as const, title: '谷雨良品有限公司', taxNumber: '9144030071526726xg' };
const addProfile = (member: ShopperActor, data: typeof personal | typeof company = personal, isDefault = false) =>
  world.call(contract.addInvoiceProfile, { body: { data, isDefault } }, member);
const profilesOf = async (member: ShopperActor) => (await world.call(contract.listInvoiceProfiles, {}, member)).items;

test('exactly one invoice profile is the default, whatever is added, changed and removed, also at once', async () => {
  const member = await aMember();
  const first = await addProfile(member);
  expect(first).toMatchObject({ data: personal, isDefault: true });
  await Promise.all(Array.from({ length: 5 }, () => addProfile(member, company, true)));
  const defaults = async () => (await profilesOf(member)).filter((one) => one.isDefault);
  expect(await defaults()).toMatchObject([{ data: { ...company, taxNumber: '9144030071526726XG' } }]);
  const body = { data: { ...personal, title: '李四' }, isDefault: true };
  await world.call(contract.editInvoiceProfile, { params: { id: first.id }, body }, member);
  expect(await defaults()).toMatchObject([{ id: first.id, data: { title: '李四' } }]);
  await world.call(contract.removeInvoiceProfile, { params: { id: first.id } }, member);
  expect(await defaults()).toHaveLength(1);
  expect(await profilesOf(member)).toHaveLength(5);
});

test('at most ten invoice profiles', async () => {
  const member = await aMember();
  for (let n = 0; n < 10; n += 1) await addProfile(member);
  await expect(addProfile(member)).rejects.toMatchObject({ code: 'invoice_profile.too_many', details: { max: 10 } });
  expect(await profilesOf(member)).toHaveLength(10);
});

test('a tax number whose check character does not fit is not kept', async () => {
  const member = await aMember();
  const wrong = { ...company, taxNumber: '9144030071526726XH' };
  await expect(addProfile(member, wrong)).rejects.toMatchObject({ code: 'request.invalid' });
  expect(await profilesOf(member)).toEqual([]);
});

test('somebody else’s invoice profile does not exist for a member, and stays as it is', async () => {
  const [owner, other] = [await aMember(), await aMember()];
  const { id } = await addProfile(owner);
  for (const target of [id, randomUUID()]) {
    const refused = { code: 'invoice_profile.not_found', details: { id: target } };
    const params = { id: target };
    await expect(world.call(contract.editInvoiceProfile, { params, body: { data: company } }, other)).rejects.toMatchObject(
      refused,
    );
    await expect(world.call(contract.removeInvoiceProfile, { params }, other)).rejects.toMatchObject(refused);
  }
  expect(await profilesOf(owner)).toMatchObject([{ id, data: personal }]);
  expect(await profilesOf(other)).toEqual([]);
});
