import { randomUUID } from 'node:crypto';
import { orders as ordersContract, payments as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, aStaff } from '../../../test/world.ts';
import { anOrder, aSaleable, kindsOf, ordersOf } from '../orders/testing.ts';
import { openPayment } from './open-payment.ts';
import { paymentsOf } from './queries.ts';
import { aNotice, deliver, openPayWorld } from './testing.ts';

const world = await openPayWorld();
const staff = aStaff('operations');
const get = (orderId: string) => ordersOf(world, staff).get(orderId);

async function placed(priceFen = 10_000) {
  const sku = `sku-${randomUUID()}`;
  await world.run((ctx) => aSaleable(ctx, sku, 5, priceFen));
  const order = await world.run((ctx) => anOrder(ctx, [{ sku, quantity: 1 }]));
  return { ...order, paymentId: order.paymentId! };
}

const eventsOf = async (name: string, paymentId: string) =>
  Number(
    (
      await world.db.pool.query(`select count(*) as n from platform.event where name = $1 and payload->>'paymentId' = $2`, [
        name,
        paymentId,
      ])
    ).rows[0].n,
  );
const noticesOf = async (noticeId: string) =>
  (await world.db.pool.query('select outcome, signature_valid from payments.notice where notice_id = $1', [noticeId])).rows;

test('a notice delivered 15 times at once, together with the browser that comes back, pays the order once', async () => {
  const { orderId, paymentId, totalFen } = await placed();
  const { payUrl } = await world.call(contract.openPayPage, { params: { paymentId } }, aShopper());
  world.deaf.isDeaf = true; // the provider's own notice comes later
  await fetch(payUrl, { method: 'POST', body: new URLSearchParams({ act: 'pay' }), redirect: 'manual' });
  const body = aNotice(world, { paymentId, paidFen: totalFen });
  const back = () => world.call(contract.checkPayment, { params: { paymentId } }, aShopper());
  const answers = await Promise.all([...Array.from({ length: 15 }, () => deliver(world, body)), back(), back()]);
  world.deaf.isDeaf = false;

  expect(answers.slice(0, 15)).toEqual(Array.from({ length: 15 }, () => 'success'));
  expect(answers.slice(15)).toEqual([{ state: 'captured' }, { state: 'captured' }]);
  await world.drain();
  expect(await eventsOf('payments.payment_captured', paymentId)).toBe(1);
  const order = await get(orderId);
  expect(kindsOf(order)).toEqual(['placed', 'paid', 'released']);
  expect(order.payments).toMatchObject([{ state: 'captured', receivedFen: totalFen, refunds: [] }]);
});

test('different notices about one payment, all at once, capture it once', async () => {
  const { orderId, paymentId, totalFen } = await placed();
  const notices = Array.from({ length: 12 }, () => aNotice(world, { paymentId, paidFen: totalFen }));
  await Promise.all(notices.map(() => world.db.pool.query('select pg_sleep(0.05)'))); // twelve open connections: nobody comes late
  await Promise.all(notices.map((body) => deliver(world, body)));
  expect(await eventsOf('payments.payment_captured', paymentId)).toBe(1);
  await world.drain();
  expect((await get(orderId)).payments).toMatchObject([{ state: 'captured', receivedFen: totalFen, refunds: [] }]);
});

test('a notice is answered only with what it did: other ids about the same payment change nothing more', async () => {
  const { orderId, paymentId, totalFen } = await placed();
  const [first, second] = [randomUUID(), randomUUID()];
  await deliver(world, aNotice(world, { paymentId, paidFen: totalFen, noticeId: first }));
  await deliver(world, aNotice(world, { paymentId, paidFen: totalFen, noticeId: second }));
  await deliver(world, aNotice(world, { paymentId, state: 'declined' }));
  expect([await noticesOf(first), await noticesOf(second)]).toMatchObject([[{ outcome: 'applied' }], [{ outcome: 'ignored' }]]);
  await world.drain();
  expect(kindsOf(await get(orderId)).filter((what) => what !== 'merged')).toEqual(['placed', 'paid', 'released']);
});

test('a forged notice is refused, kept, and has no effect', async () => {
  const { orderId, paymentId, totalFen } = await placed();
  const honest = aNotice(world, { paymentId, paidFen: totalFen });
  const count = async () =>
    Number(
      (
        await world.db.pool.query(
          `select count(*) as n from payments.notice where outcome = 'bad_signature' and not signature_valid`,
        )
      ).rows[0].n,
    );
  const before = await count();
  for (const forged of [
    { ...honest, signature: 'bm8=' },
    { ...honest, payload: honest.payload.replace(`${totalFen}`, '1') },
    { payload: honest.payload, signature: '' },
  ])
    await expect(deliver(world, forged)).rejects.toMatchObject({ code: 'payment.bad_signature' });
  expect((await count()) - before).toBe(3);
  await world.drain();
  expect(await get(orderId)).toMatchObject({ state: 'placed', payments: [{ state: 'pending', receivedFen: 0 }] });
  expect(await deliver(world, honest)).toBe('success'); // the forgeries do not use up the true notice
  await world.drain();
  expect((await get(orderId)).state).toBe('released');
});

test('a wrong amount is kept, the order is not paid and waits for a person, who can give the money back', async () => {
  const { orderId, paymentId, totalFen } = await placed();
  expect(await deliver(world, aNotice(world, { paymentId, paidFen: totalFen - 1 }))).toBe('success');
  await world.drain();
  const order = await get(orderId);
  expect(order).toMatchObject({ state: 'placed', attention: 'payment_wrong_amount' });
  expect(order.payments).toMatchObject([
    { state: 'failed', failure: 'wrong_amount', amountFen: totalFen, receivedFen: totalFen - 1 },
  ]);
  expect(kindsOf(order)).toEqual(['placed', 'payment_wrong_amount']);
  await world.call(
    contract.requestRefund,
    { params: { paymentId }, body: { amountFen: totalFen - 1, reason: 'wrong amount' } },
    staff,
  );
  const refused = world.call(contract.requestRefund, { params: { paymentId }, body: { amountFen: 1, reason: 'again' } }, staff);
  await expect(refused).rejects.toMatchObject({ code: 'refund.exceeds_payment' });
});

test('a notice for an unknown payment, or one nobody understands, is kept and answered', async () => {
  const noticeId = randomUUID();
  expect(await deliver(world, aNotice(world, { paymentId: randomUUID(), paidFen: 1, noticeId }))).toBe('success');
  expect(await noticesOf(noticeId)).toEqual([{ outcome: 'unknown_payment', signature_valid: true }]);
  expect(await deliver(world, aNotice(world, { paymentId: 'no uuid', noticeId: 'strange' }))).toBe('success');
  const { items } = await world.call(contract.listNotices, { query: { outcome: 'unreadable' } }, staff);
  expect(items).toMatchObject([{ provider: 'sandbox', outcome: 'unreadable', paymentId: null }]);
  const wrong = world.call(
    contract.receiveNotice,
    { params: { provider: 'nobody' }, body: { payload: '{}', signature: '' } },
    aShopper(),
  );
  await expect(wrong).rejects.toMatchObject({ code: 'payment.not_found' });
});

test('a refund notice that overtakes the capture books both, once, and holds the order back', async () => {
  const { orderId, paymentId, totalFen } = await placed();
  const refunds = [{ refundId: null, providerRef: 'SR-outside', amountFen: totalFen, state: 'done' as const, failure: null }];
  await deliver(world, aNotice(world, { paymentId, paidFen: totalFen, refunds }));
  await deliver(world, aNotice(world, { paymentId, paidFen: totalFen })); // the capture's own notice, late
  await world.drain();
  const order = await get(orderId);
  expect(order).toMatchObject({ state: 'paid', attention: 'payment_refunded' });
  expect(order.payments).toMatchObject([
    { state: 'captured', receivedFen: totalFen, refunds: [{ amountFen: totalFen, state: 'done' }] },
  ]);
  expect(await eventsOf('payments.refund_done', paymentId)).toBe(1);
});

test('an order can be paid again after a declined payment', async () => {
  const { orderId, paymentId, totalFen, number } = await placed();
  await deliver(world, aNotice(world, { paymentId, state: 'declined' }));
  await world.drain();
  expect(await get(orderId)).toMatchObject({ state: 'placed', payments: [{ state: 'failed', failure: 'declined' }] });
  const owner = aShopper({ visitorId: 'visitor-again' });
  await world.db.pool.query('update orders."order" set visitor_id = $1 where id = $2', [owner.visitorId, orderId]);
  const payAgain = () => world.call(ordersContract.payMyOrder, { params: { number }, body: {} }, owner);
  const [again, same] = [await payAgain(), await payAgain()];
  expect(same.paymentId).toBe(again.paymentId);
  expect(again.paymentId).not.toBe(paymentId);
  await deliver(world, aNotice(world, { paymentId: again.paymentId, paidFen: totalFen }));
  await world.drain();
  expect((await get(orderId)).state).toBe('released');
});

test('money that comes in twice for one order goes back once', async () => {
  const { orderId, paymentId, totalFen } = await placed();
  await deliver(world, aNotice(world, { paymentId, state: 'declined' }));
  const terms = { orderId, reference: 'x', provider: 'sandbox', amountFen: totalFen, currency: 'CNY', expiresAt: undefined };
  const second = await world.run((ctx) => openPayment(ctx, terms));
  await deliver(world, aNotice(world, { paymentId: second, paidFen: totalFen }));
  await world.drain();
  world.clock.advance(1000);
  await deliver(world, aNotice(world, { paymentId, paidFen: totalFen })); // the declined page was paid after all
  await world.drain();
  const order = await get(orderId);
  expect(order.state).toBe('released');
  expect(kindsOf(order)).toContain('payment_doubled_refunded');
  const paid = await world.inTx((tx) => paymentsOf(tx, orderId));
  expect(paid.map((one) => one.refunds.map((refund) => refund.amountFen))).toEqual([[totalFen], []]);
});
