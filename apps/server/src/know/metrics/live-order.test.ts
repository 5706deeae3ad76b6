import { randomUUID } from 'node:crypto';
import { orders, returns } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { emit } from '../../platform/events.ts';
import { cancelOrder } from '../../sell/orders/index.ts';
import { anOrder, aSaleable } from '../../sell/orders/testing.ts';
import { paymentCaptured } from '../../sell/payments/index.ts';
import { queryMetrics } from './query-metrics.ts';
import { wholeHouse } from './scope.ts';
import { filledFigures } from './testing.ts';

const world = useWorld();
async function figures() {
  const opened = await filledFigures(world);
  const metrics = [
    'gmv',
    'net_sales',
    'gross_profit',
    'orders',
    'cancelled_orders',
    'units_sold',
    'visitors',
    'conversion',
    'stock_units',
  ] as const;
  return (await queryMetrics(opened, { metrics, from: '2026-11-22', to: '2026-11-22' }, wholeHouse)).total.values;
}

const buy = (quantity: number) => world.run((ctx) => anOrder(ctx, [{ sku: 'MUG', quantity }], { visitorId: randomUUID() }));

/** The money is there, and its announcement does the rest: paid, released by rule. */
async function pay({ orderId, paymentId }: Awaited<ReturnType<typeof buy>>): Promise<void> {
  await world.run(async (ctx) => {
    await world.db.pool.query(
      `update payments.payment set state = 'captured', received_fen = amount_fen, captured_at = now() where id = $1`,
      [paymentId],
    );
    await emit(ctx, paymentCaptured, { paymentId: paymentId!, orderId, amountFen: 11_300 });
  });
  await world.drain();
}

test('an order is GMV when placed, sales when paid, nothing when cancelled, less when it comes back', async () => {
  await world.run(async (ctx) => {
    await aSaleable(ctx, 'MUG', 50, 5_650);
  });
  const before = await figures();
  expect(before).toMatchObject({ gmv: 0, net_sales: 0, orders: 0, visitors: 0, conversion: null, stock_units: 50 });

  const order = await buy(2);
  expect(await figures()).toMatchObject({ gmv: 11_300, net_sales: 0, orders: 0, stock_units: 50 });

  await pay(order);
  const paid = await figures();
  expect(paid).toMatchObject({ gmv: 11_300, net_sales: 10_000, orders: 1, units_sold: 2, visitors: 1, conversion: 1 });

  const other = await buy(1);
  await pay(other);
  await world.run((ctx) => cancelOrder(ctx, { orderId: other.orderId, reason: 'changed mind' }));
  await world.drain();
  expect(await figures()).toMatchObject({
    gmv: 16_950,
    net_sales: 10_000,
    gross_profit: paid['gross_profit'],
    orders: 2,
    cancelled_orders: 1,
    units_sold: 2,
  });

  const clerk = aStaff('operations');
  const params = { orderId: order.orderId };
  await world.call(orders.shipOrder, { params, body: { carrier: 'SF', trackingNumber: 'SF1' } }, clerk);
  await world.call(orders.deliverOrder, { params, body: {} }, clerk);
  const back = { reason: 'unwanted' as const, location: 'WH1', lines: [{ lineNo: 1, quantity: 1, isSellable: true }] };
  await world.call(returns.recordReturn, { params, body: back }, clerk);
  await world.drain();
  expect(await figures()).toMatchObject({ gmv: 16_950, net_sales: 5_000, units_sold: 1, stock_units: 49 });
}, 60_000);
