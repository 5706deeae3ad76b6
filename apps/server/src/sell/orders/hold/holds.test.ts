import { randomUUID } from 'node:crypto';
import { orders as contract, routing } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../../test/world.ts';
import { emit, reactOnce } from '../../../platform/events.ts';
import { inTx } from '../../../platform/db.ts';
import { system } from '../../../platform/ctx.ts';
import { orderPaid } from '../events.ts';
import { orderReactions } from '../reactions.ts';
import { anOrder, aRecipient, aSaleable, kindsOf, ordersOf, payFor } from '../testing.ts';

const world = useWorld();
const staff = aStaff('operations');
const { get } = ordersOf(world, staff);
const open = async (orderId: string) => (await get(orderId)).holds.filter(({ releasedAt }) => releasedAt === null);

async function paid(over: Parameters<typeof anOrder>[2] = {}, quantity = 1) {
  const sku = `held-${randomUUID()}`;
  await world.run((ctx) => aSaleable(ctx, sku, 1000, 5000));
  const recipient = { ...aRecipient, address: `人民大道 ${randomUUID()} 号` };
  const order = await world.run((ctx) => anOrder(ctx, [{ sku, quantity }], { recipient, ...over }));
  await payFor(world, order);
  await world.drain();
  return { ...order, sku, params: { orderId: order.orderId } };
}
const decide = (
  orderId: string,
  holdId: string,
  decision: 'release_hold' | 'ask_customer' | 'reroute' | 'cancel',
  by = staff,
  note?: string,
) => world.call(contract.decideException, { params: { orderId, holdId }, body: { decision, note } }, by);

test('several reasons hold one order at once; each is released by itself, and the order goes on with the last', async () => {
  const order = await paid({ note: '请改地址，谢谢', recipient: { ...aRecipient, address: '?' } }, 400);
  const held = await get(order.orderId);
  expect(held).toMatchObject({ state: 'paid', attention: 'address_incomplete' });
  expect((await open(order.orderId)).map(({ reason }) => reason).toSorted()).toEqual([
    'address_incomplete',
    'large_amount',
    'remark',
  ]);
  expect(held.holds.find(({ reason }) => reason === 'large_amount')).toMatchObject({
    details: { owedFen: 2_000_000, limitFen: 2_000_000 },
    decisions: ['release_hold', 'ask_customer', 'cancel'],
  });
  for (const reason of ['large_amount', 'address_incomplete'] as const) {
    const hold = (await open(order.orderId)).find((one) => one.reason === reason)!;
    expect((await decide(order.orderId, hold.id, 'release_hold')).state).toBe('paid');
    await expect(decide(order.orderId, hold.id, 'release_hold')).rejects.toMatchObject({ code: 'hold.not_found' });
  }
  expect((await get(order.orderId)).attention).toBe('remark');
  const [last] = await open(order.orderId);
  expect(await decide(order.orderId, last!.id, 'release_hold')).toMatchObject({ state: 'released', attention: null });
});

test('a rule that is switched off holds nobody; who looked at older rules is told so', async () => {
  const before = await world.call(routing.getReviewRules, {}, staff);
  const rules = before.rules.map((rule) => (rule.kind === 'remark' ? { ...rule, isOn: false } : rule));
  await world.call(routing.saveReviewRules, { body: { rules, version: before.version } }, staff);
  const order = await paid({ note: '请改地址' });
  expect((await get(order.orderId)).state).toBe('released');
  await expect(world.call(routing.saveReviewRules, { body: before }, staff)).rejects.toMatchObject({ code: 'rules.stale' });
  await world.call(routing.saveReviewRules, { body: { rules: before.rules, version: before.version + 1 } }, staff);
});

test('the exceptions queue tells each order with its reasons, how long it waits and what may be decided, the longest waiting first', async () => {
  await world.db.pool.query(`update orders.hold set released_at = now() where released_at is null`);
  const first = await paid({ note: '取消' });
  world.clock.advance(60_000);
  const second = await paid({ recipient: { ...aRecipient, phone: '1' } });
  await paid();
  const { items } = await world.call(contract.listExceptions, { query: { limit: 1 } }, staff);
  expect(items).toMatchObject([{ id: first.orderId, note: '取消', holds: [{ reason: 'remark', details: { word: '取消' } }] }]);
  const { next } = await world.call(contract.listExceptions, { query: { limit: 1 } }, staff);
  const rest = await world.call(contract.listExceptions, { query: { after: next! } }, staff);
  expect(rest.items.map(({ id }) => id)).toEqual([second.orderId]);
  expect((await world.call(contract.listExceptions, { query: { reason: 'remark' } }, staff)).items.map(({ id }) => id)).toEqual([
    first.orderId,
  ]);
  const counts = await world.call(contract.countExceptions, {}, staff);
  expect(counts).toMatchObject({ orders: 2, reasons: [{ reason: 'address_incomplete', orders: 1 }, { reason: 'remark', orders: 1 }] }); // prettier-ignore
  expect(counts.untouched.released).toBeGreaterThan(counts.untouched.untouched);
  const clerk = aStaff('clerk', { location: 'S01' });
  expect((await world.call(contract.listExceptions, {}, clerk)).items).toEqual([]);
  await expect(world.call(contract.listExceptions, { query: { after: 'x' } }, staff)).rejects.toMatchObject({
    code: 'request.invalid',
  });
});

test('one key calls a held order off, if the person may; one key asks the buyer, whose answer a person reads', async () => {
  const order = await paid({ note: '发票', visitorId: 'asked' });
  const [hold] = await open(order.orderId);
  const noCancel = aStaff('operations', { permissions: new Set(['orders.release', 'orders.view'] as const) });
  await expect(decide(order.orderId, hold!.id, 'cancel', noCancel)).rejects.toMatchObject({ code: 'auth.forbidden' });
  const asked = await decide(order.orderId, hold!.id, 'ask_customer', staff, '抬头是什么？');
  expect(asked.timeline.at(-1)).toMatchObject({ what: 'held', details: { reason: 'customer_asked', question: '抬头是什么？' } });
  await decide(order.orderId, hold!.id, 'release_hold');
  const mine = { params: { number: order.number }, body: { answer: '个人' } };
  const seen = await world.call(contract.answerQuestion, mine, aShopper({ visitorId: 'asked' }));
  // a buyer is not told what holds it, who decided, nor why it goes where
  expect(seen).toMatchObject({ state: 'paid', attention: null, holds: [], routes: [] });
  expect(kindsOf(seen)).toEqual(['placed', 'paid', 'customer_asked', 'hold_released', 'customer_answered']);
  expect(seen.timeline[2]).toMatchObject({ actor: 'staff', details: { question: '抬头是什么？' } });
  expect(seen.timeline[3]?.details).toEqual({ reason: 'customer_asked' });
  expect(JSON.stringify(seen)).not.toContain(staff.name);
  await expect(world.call(contract.answerQuestion, mine, aShopper({ visitorId: 'asked' }))).rejects.toMatchObject({
    code: 'order.wrong_state',
  });
  const [answer] = await open(order.orderId);
  expect(answer).toMatchObject({ reason: 'remark', details: { answer: '个人' } });
  expect(await decide(order.orderId, answer!.id, 'cancel')).toMatchObject({ state: 'cancelled', attention: null });
  expect(await open(order.orderId)).toEqual([]);
});

test('an answer to what a remark left open stands beside the remark that holds the order', async () => {
  const order = await paid({ note: '发票', visitorId: 'asked-on' });
  const [hold] = await open(order.orderId);
  await decide(order.orderId, hold!.id, 'ask_customer', staff, '抬头是什么？');
  const mine = { params: { number: order.number }, body: { answer: '个人' } };
  await world.call(contract.answerQuestion, mine, aShopper({ visitorId: 'asked-on' }));
  expect(await open(order.orderId)).toMatchObject([{ id: hold!.id, details: { remark: '发票', answer: '个人' } }]);
});

test('a person holds a paid order back by hand, and a held order is released as a whole', async () => {
  const order = await paid({ note: '取消' });
  const held = await world.call(contract.holdOrder, { params: order.params, body: { note: '等经理' } }, staff);
  expect(held.holds).toMatchObject([{ reason: 'staff', details: { note: '等经理' } }, { reason: 'remark' }]);
  const done = await world.call(contract.releaseOrder, { params: order.params, body: {} }, staff);
  expect(done).toMatchObject({ state: 'released', attention: null });
  expect(kindsOf(done)).toEqual(['placed', 'paid', 'held', 'held', 'hold_released', 'hold_released', 'released']);
  const again = world.call(contract.holdOrder, { params: order.params, body: { note: 'x' } }, staff);
  await expect(again).rejects.toMatchObject({ code: 'order.wrong_state', details: { state: 'released' } });
  await expect(
    world.call(contract.askCustomer, { params: { orderId: randomUUID() }, body: { question: '?' } }, staff),
  ).rejects.toMatchObject({
    code: 'order.not_found',
  });
});

test('an order that nobody touched says so, and one that a person mended does not', async () => {
  const [alone, mended] = [await paid(), await paid({ recipient: { ...aRecipient, address: '?' } })];
  await world.call(contract.changeRecipient, { params: mended.params, body: aRecipient }, staff);
  const { rows } = await world.db.pool.query(
    `select id, touched_at is null as untouched, state from orders."order" where id = any($1::uuid[])`,
    [[alone.orderId, mended.orderId]],
  );
  expect(new Map(rows.map((row) => [row.id, [row.state, row.untouched]]))).toEqual(
    new Map([[alone.orderId, ['released', true]], [mended.orderId, ['released', false]]]), // prettier-ignore
  );
});

test('the release that is killed half-way starts again and takes effect once, however often it is told', async () => {
  const sku = `killed-${randomUUID()}`;
  await world.run((ctx) => aSaleable(ctx, sku, 50));
  const orders: Awaited<ReturnType<typeof anOrder>>[] = [];
  for (let n = 0; n < 5; n++) {
    const recipient = { ...aRecipient, address: `人民大道 ${randomUUID()} 号` };
    const order = await world.run((ctx) => anOrder(ctx, [{ sku, quantity: 1 }], { recipient }));
    await payFor(world, order);
    orders.push(order);
  }
  const reaction = orderReactions.find(({ name }) => name === 'orders.review')!;
  const { rows } = await world.db.pool.query(
    `select id from platform.event where name = 'orders.order_paid' order by seq desc limit 5`,
  );
  const ids = rows.map((row) => row.id as string);
  const asWorker = () =>
    inTx(world.db, { actor: system(reaction.name), now: world.clock.now() }, (ctx) => reactOnce(ctx, reaction, ids));
  const killed = inTx(world.db, { actor: system(reaction.name), now: world.clock.now() }, async (ctx) => {
    await reactOnce(ctx, reaction, ids);
    throw new Error('killed');
  });
  await expect(killed).rejects.toThrow('killed');
  expect((await get(orders[0]!.orderId)).fulfilments).toEqual([]);
  await Promise.all([asWorker(), asWorker(), world.drain()]);
  await world.run((ctx) => emit(ctx, orderPaid, { orderId: orders[0]!.orderId, totalFen: orders[0]!.totalFen }));
  await world.drain();
  for (const { orderId } of orders) {
    const order = await get(orderId);
    expect([kindsOf(order), order.fulfilments.length]).toEqual([['placed', 'paid', 'released'], 1]);
  }
});
