import { randomUUID } from 'node:crypto';
import { orders as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../test/world.ts';
import { ensureCustomerForUser } from '../../base/customers/index.ts';
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
