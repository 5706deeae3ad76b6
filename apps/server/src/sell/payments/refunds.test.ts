import { randomUUID } from 'node:crypto';
import { payments as contract, orders as ordersContract } from '@tongshang/contract';
import { findDrift } from '../../supply/inventory/index.ts';
import { expect, test, vi } from 'vitest';
import { aShopper, aStaff } from '../../../test/world.ts';
import { system } from '../../platform/ctx.ts';
import { inTx } from '../../platform/db.ts';
import { enqueue } from '../../platform/jobs.ts';
import { cancelOrder } from '../orders/index.ts';
import { anOrder, aSaleable, expireOrders, kindsOf, ordersOf } from '../orders/testing.ts';
import { checkPayments } from './check-payments.ts';
import { openPayPage } from './open-pay-page.ts';
import type { Provider } from './provider.ts';
import { refundOrder, requestRefund } from './request-refund.ts';
import { sendRefundJob } from './send-refund.ts';
import { payments } from './tables.ts';
import { aNotice, deliver, openPayWorld } from './testing.ts';

const world = await openPayWorld();
const staff = aStaff('operations');
const get = (orderId: string) => ordersOf(world, staff).get(orderId);
const press = async (paymentId: string, act: string) => {
  const { payUrl } = await world.call(contract.openPayPage, { params: { paymentId } }, aShopper());
  return fetch(payUrl, { method: 'POST', body: new URLSearchParams({ act }), redirect: 'manual' });
};

async function placed(priceFen = 10_000) {
  const sku = `sku-${randomUUID()}`;
  await world.run((ctx) => aSaleable(ctx, sku, 5, priceFen));
  const order = await world.run((ctx) => anOrder(ctx, [{ sku, quantity: 1 }]));
  return { ...order, paymentId: order.paymentId!, sku };
}
const refundsOf = (orderId: string) =>
  world.inTx((tx) =>
    payments(tx)
      .selectFrom('refund')
      .select(['amount_fen as amountFen', 'state', 'cause', 'reason'])
      .where('order_id', '=', orderId)
      .orderBy('id')
      .execute(),
  );
const settled = async (orderId: string) =>
  vi.waitFor(async () => expect((await refundsOf(orderId)).map((one) => one.state)).toEqual(['done']), { timeout: 5000 });

test('paying in the browser makes the order paid and released; cancelling gives the money back through the provider', async () => {
  const { orderId, paymentId, totalFen, number } = await placed();
  const answer = await press(paymentId, 'pay');
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${world.origin}/paid/${number}`]);
  await vi.waitFor(async () => expect((await get(orderId)).payments[0]?.state).toBe('captured'), { timeout: 5000 });
  await world.drain();
  expect((await get(orderId)).state).toBe('released');

  await world.call(ordersContract.cancelOrder, { params: { orderId }, body: { reason: 'changed my mind' } }, staff);
  await world.drain();
  await settled(orderId);
  await world.drain();
  const order = await get(orderId);
  expect(kindsOf(order)).toEqual(['placed', 'paid', 'released', 'cancelled', 'refund_requested', 'refund_done']);
  expect(await refundsOf(orderId)).toMatchObject([{ amountFen: totalFen, state: 'done', reason: 'cancelled' }]);
});

/** An order that expired unpaid, whose payer pays all the same. */
async function paidLate(meanwhile: (order: Awaited<ReturnType<typeof placed>>) => Promise<unknown>) {
  const order = await placed();
  const { orderId, paymentId, totalFen } = order;
  await press(paymentId, 'pay_after_expiry');
  world.clock.advance(31 * 60_000);
  await world.run((ctx) => enqueue(ctx.tx, expireOrders, {}));
  await world.drain();
  expect(await get(orderId)).toMatchObject({ state: 'cancelled', cancelReason: 'unpaid', payments: [{ state: 'closed' }] });
  await meanwhile(order);
  await deliver(world, aNotice(world, { paymentId, paidFen: totalFen })); // what the provider says 90 s after the expiry
  await world.drain();
  return order;
}

test('money that comes after the order expired brings it back to life while its stock is really there', async () => {
  const { orderId } = await paidLate(() => Promise.resolve());
  expect(await get(orderId)).toMatchObject({
    state: 'released',
    cancelledAt: null,
    cancelReason: null,
    paidAt: expect.any(String),
  });
  expect(kindsOf(await get(orderId))).toEqual(['placed', 'expired', 'revived', 'paid', 'released']);
  expect(await world.inTx(findDrift)).toEqual([]);
});

test('money that comes when the stock is gone goes back by itself, visible on the timeline', async () => {
  const { orderId, totalFen } = await paidLate(() => world.db.pool.query('update inventory.stock set buffer = on_hand'));
  await world.db.pool.query('update inventory.stock set buffer = 0');
  expect(await get(orderId)).toMatchObject({ state: 'cancelled' });
  expect(kindsOf(await get(orderId))).toEqual(expect.arrayContaining(['placed', 'expired', 'payment_late_refunded']));
  expect(await refundsOf(orderId)).toMatchObject([{ amountFen: totalFen, reason: 'paid_late' }]);
});

test('a payment whose notice is lost is found by asking the provider', async () => {
  const { orderId, paymentId } = await placed();
  world.deaf.isDeaf = true;
  await press(paymentId, 'pay');
  await world.run((ctx) => enqueue(ctx.tx, checkPayments, {}));
  await world.drain();
  expect((await get(orderId)).state).toBe('placed'); // not yet due
  world.clock.advance(4 * 60_000);
  await world.run((ctx) => enqueue(ctx.tx, checkPayments, {}));
  await world.drain();
  expect((await get(orderId)).state).toBe('released');
  world.deaf.isDeaf = false;
});

test('refunds of a payment never exceed what it took, however many are asked for at once', async () => {
  const { orderId, paymentId, totalFen } = await placed();
  await deliver(world, aNotice(world, { paymentId, paidFen: totalFen }));
  const ask = (amountFen: number, cause: string) =>
    world.run((ctx) => requestRefund(ctx, { paymentId, amountFen, cause, reason: 'test' }));
  const part = Math.floor(totalFen / 3);
  const answers = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => ask(part, `cause ${n}`)));
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(3);
  expect((await refundsOf(orderId)).reduce((sum, one) => sum + one.amountFen, 0)).toBe(3 * part);
  await expect(ask(3, 'too much')).rejects.toMatchObject({ code: 'refund.exceeds_payment' });
});

test('the same cause refunds once, also when asked for at once', async () => {
  const { orderId, paymentId, totalFen } = await placed();
  await deliver(world, aNotice(world, { paymentId, paidFen: totalFen }));
  const ask = () => world.run((ctx) => refundOrder(ctx, { orderId, amountFen: 100, cause: 'return:1', reason: 'return' }));
  await Promise.all([ask(), ask(), ask()]);
  expect(await refundsOf(orderId)).toMatchObject([{ amountFen: 100, cause: 'return:1' }]);
});

test('an order cancelled while its payment is being booked is refunded once, not twice', async () => {
  const { orderId, paymentId, totalFen } = await placed();
  await deliver(world, aNotice(world, { paymentId, paidFen: totalFen })); // the order has not heard of it yet
  await world.run((ctx) => cancelOrder(ctx, { orderId, reason: 'quick' }));
  await world.drain();
  expect((await refundsOf(orderId)).map((one) => one.amountFen)).toEqual([totalFen]);
});

test('a provider that does not answer is asked again; one that says no leaves a failed refund that can be sent again', async () => {
  const { orderId, paymentId, totalFen } = await placed();
  await deliver(world, aNotice(world, { paymentId, paidFen: totalFen }));
  await world.drain();
  const refundId = await world.run((ctx) => requestRefund(ctx, { paymentId, amountFen: 500, cause: 'x', reason: 'test' }));
  const answers: Awaited<ReturnType<Provider['refund']>>[] = [
    { kind: 'retry', why: 'no answer' },
    { kind: 'rejected', why: 'account closed' },
  ];
  const provider = { refund: () => Promise.resolve(answers.shift()!) } as unknown as Provider;
  const { work } = sendRefundJob({ providers: { sandbox: provider } });
  const inOwnTx = <T>(inner: Parameters<typeof inTx<T>>[2]) =>
    inTx(world.db, { actor: system('job'), now: world.clock.now() }, inner);
  const attempt = () =>
    work({ inTx: inOwnTx, now: world.clock.now, signal: new AbortController().signal }, { refundId } as never);
  await expect(attempt()).rejects.toThrow('no answer');
  expect(await refundsOf(orderId)).toMatchObject([{ state: 'requested' }]);
  await attempt();
  await world.db.pool.query(`delete from graphile_worker._private_jobs where payload->>'refundId' = $1`, [refundId]);
  await world.drain();
  expect(await get(orderId)).toMatchObject({
    attention: 'refund_failed',
    payments: [{ refunds: [{ state: 'failed', failure: 'account closed' }] }],
  });
  const again = await world.call(contract.retryRefund, { params: { refundId } }, staff);
  expect(again).toMatchObject({ state: 'requested', failure: null });
  const twice = world.call(contract.retryRefund, { params: { refundId } }, staff);
  await expect(twice).rejects.toMatchObject({ code: 'payment.wrong_state' });
  const { items } = await world.call(contract.listRefunds, { query: { state: 'requested' } }, staff);
  expect(items.map((one) => one.id)).toContain(refundId);
});

test('the pay page refuses what does not exist, and leads back when nothing is to be paid', async () => {
  const params = { paymentId: randomUUID() };
  await expect(world.call(contract.openPayPage, { params }, aShopper())).rejects.toMatchObject({ code: 'payment.not_found' });
  await expect(world.call(contract.checkPayment, { params }, aShopper())).rejects.toMatchObject({ code: 'payment.not_found' });
  const missing = world.call(contract.requestRefund, { params, body: { amountFen: 1, reason: 'x' } }, staff);
  await expect(missing).rejects.toMatchObject({ code: 'payment.not_found' });
  const noRefund = world.call(contract.retryRefund, { params: { refundId: randomUUID() } }, staff);
  await expect(noRefund).rejects.toMatchObject({ code: 'payment.not_found' });

  const { paymentId, totalFen, number } = await placed();
  await deliver(world, aNotice(world, { paymentId, paidFen: totalFen }));
  const { payUrl } = await world.call(
    contract.openPayPage,
    { params: { paymentId }, query: { token: 'a b', language: 'en' } },
    aShopper(),
  );
  expect(payUrl).toBe(`${world.origin}/en/paid/${number}?token=a+b`);
});

test('over HTTP the pay path redirects the browser to the provider, in its language', async () => {
  const { paymentId } = await placed();
  const answer = await fetch(`${world.origin}/api/payments/${paymentId}/page?language=en`, { redirect: 'manual' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, expect.stringMatching(/\/pay\/SP\w+\?lang=en$/)]);
});

test('a provider that is away is said to be away; the order can be paid once it is back', async () => {
  const { paymentId } = await placed();
  const away = (kind: 'retry' | 'rejected') =>
    ({ createPayment: () => Promise.resolve({ kind, why: 'away' }) }) as unknown as Provider;
  const open = (providers: Record<string, Provider>) =>
    openPayPage(
      { inTx: (work) => world.run(work) },
      { providers, shopOrigin: world.origin },
      { paymentId, token: undefined, language: 'zh-CN' },
    );
  for (const providers of [{ sandbox: away('retry') }, { sandbox: away('rejected') }, {}])
    await expect(open(providers)).rejects.toMatchObject({ code: 'payment.provider_unavailable' });
  const { payUrl } = await world.call(contract.openPayPage, { params: { paymentId } }, aShopper());
  expect(payUrl).toContain(world.payOrigin);
});
