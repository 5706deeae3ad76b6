import { randomUUID } from 'node:crypto';
import { customers, identity, orders as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../test/world.ts';
import { ensureCustomerForUser } from '../../base/customers/index.ts';
import { aCustomer } from '../../base/customers/testing.ts';
import type { PlaceOrder } from './candidate.ts';
import { anOrder, aRecipient, aSaleable } from './testing.ts';

const world = useWorld();

test("a guest's orders become the member's who proves the phone, once, and nobody else's", async () => {
  await world.run((ctx) => aSaleable(ctx, 'mug', 10));
  const lines = [{ sku: 'mug', quantity: 1 }];
  const other = { ...aRecipient, phone: '13900138000' }; // the same last four digits
  const mine = await world.run((ctx) => anOrder(ctx, lines, { visitorId: randomUUID() }));
  await world.run((ctx) => anOrder(ctx, lines, { visitorId: randomUUID(), recipient: other }));

  const { phone } = aRecipient;
  const { rows } = await world.db.pool.query<{ id: string }>(
    `insert into identity."user" (name, email, kind, phone) values ('x', 'x@phone.invalid', 'shopper', $1) returning id`,
    [phone],
  );
  const signIn = () => world.run((ctx) => ensureCustomerForUser(ctx, { userId: rows[0]!.id, phone }));
  const customerId = await signIn();
  await world.drain();
  expect(await signIn()).toBe(customerId);
  await world.drain();

  const member = aShopper({ customerId });
  const seen = await world.call(contract.listMyOrders, { query: {} }, member);
  expect(seen.items.map(({ number }) => number)).toEqual([mine.number]);
});

test("a guest's orders become the member's who proves the mail address of their own invoice; a firm's invoice joins nothing", async () => {
  await world.run((ctx) => aSaleable(ctx, 'cup', 10));
  const lines = [{ sku: 'cup', quantity: 1 }];
  const email = 'Ming@example.com';
  const place = (invoice: NonNullable<PlaceOrder['invoice']>, over = {}) =>
    world.run((ctx) => anOrder(ctx, lines, { visitorId: randomUUID(), invoice, ...over }));
  const mine = await place({ kind: 'personal', title: '张三丰', email });
  const firm = await place({ kind: 'company', title: '谷雨有限公司', taxNumber: '91310000MA1FL0000X', email });
  await place({ kind: 'personal', title: '李四', email: 'other@example.com' });
  const taken = await place(
    { kind: 'personal', title: '王五', email },
    { customerId: await world.run((ctx) => aCustomer(ctx, 'K-1')) },
  );

  const member = aShopper({ customerId: await world.run((ctx) => aCustomer(ctx, 'K-2')) });
  await world.call(customers.requestEmailCode, { body: { email } }, member);
  const seen = async () => (await world.call(contract.listMyOrders, { query: {} }, member)).items.map(({ number }) => number);
  await world.drain();
  expect(await seen()).toEqual([]); // an address that is only written joins nothing
  const { items } = await world.call(identity.listSandboxMails, { query: { email } }, member);
  await world.call(customers.proveEmail, { body: { code: items[0]!.code } }, member);
  await world.drain();
  expect(await seen()).toEqual([mine.number]);
  for (const other of [firm, taken]) expect(await seen()).not.toContain(other.number);
});
