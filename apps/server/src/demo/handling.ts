// Orders of the demo that do not handle themselves, each for a reason of its own, and one that goes out from two places.
import type { Ctx } from '../platform/ctx.ts';
import { emit } from '../platform/events.ts';
import { addMs } from '../platform/time.ts';
import { type PlaceOrder, placeOrder } from '../sell/orders/index.ts';
import { paymentCaptured, takeAtTill } from '../sell/payments/index.ts';
import { stockLevelsOf } from '../supply/inventory/index.ts';
import { saveLocation } from '../supply/routing/index.ts';
import { demoSkus } from './catalogue.ts';
import type { DemoCustomer } from './people.ts';

const senders = [
  { location: 'WH1', province: '330000', priority: 10, dailyCapacity: null },
  { location: 'S01', province: '330000', priority: 50, dailyCapacity: 40 },
  { location: 'S02', province: '310000', priority: 50, dailyCapacity: 40 },
  { location: 'S03', province: '320000', priority: 50, dailyCapacity: 30 },
];

/** The warehouse sends everything, the stores help out with what stands on their shelves. */
export async function layRouting(ctx: Ctx): Promise<void> {
  for (const one of senders) await saveLocation(ctx, { ...one, shipsOnline: true, storages: ['ambient'] });
}

/** Marketplace orders of the last minutes, paid there: the house finds out by itself why each must wait, or where it goes out from. */
export async function placeHeldOrders(
  ctx: Ctx,
  customers: readonly DemoCustomer[],
  customerIds: ReadonlyMap<string, string>,
): Promise<void> {
  const levels = await stockLevelsOf(
    ctx.tx,
    demoSkus.map(({ sku }) => sku),
    undefined,
    ctx.now,
  );
  const here = levels.filter(({ location }) => location === 'WH1');
  const plenty = here.filter(({ available }) => available > 40).map(({ sku }) => sku);
  const largeUnits = (priceFen: number) => Math.ceil(2_100_000 / priceFen); // a large amount by the review's rule
  const dearest = demoSkus
    .toSorted((a, b) => b.priceFen - a.priceFen)
    .find((one) => here.some(({ sku, available }) => sku === one.sku && available > 2 * largeUnits(one.priceFen))); // bought twice
  const [scarce] = here
    .filter(
      ({ sku, available }) =>
        available > 0 && levels.some((one) => one.sku === sku && one.location !== 'WH1' && one.available > 0),
    )
    .toSorted((a, b) => a.available - b.available || (a.sku < b.sku ? -1 : 1));
  const some = (at: number, quantity = 1) => [{ sku: plenty[at % plenty.length] ?? '', quantity }];
  const many = { sku: dearest?.sku ?? '', quantity: largeUnits(dearest?.priceFen ?? 1) };
  const wanted: readonly { lines: PlaceOrder['lines']; note?: string; address?: string }[] = [
    { lines: some(3), note: '麻烦改地址到公司前台，谢谢' },
    { lines: some(11, 2), note: '请开公司发票，抬头稍后发' },
    { lines: [many] },
    { lines: [many], note: '换成礼盒装可以吗？改成周末送', address: '' },
    { lines: some(19), address: '？' },
    ...(scarce === undefined ? [] : [{ lines: [{ sku: scarce.sku, quantity: scarce.available + 1 }] }]),
  ];
  for (const [index, { lines, note, address }] of wanted.entries()) {
    const customer = customers[40 + index];
    const isThere = lines.every(({ sku, quantity }) =>
      levels.some((one) => one.sku === sku && one.available >= Math.min(quantity, 1)),
    );
    if (customer === undefined || !isThere) continue;
    const at = { ...ctx, now: addMs(ctx.now, -(wanted.length - index) * 95_000) };
    await placePaid(at, { customer, customerId: customerIds.get(customer.externalId), lines, note, address });
  }
}

interface Placed {
  customer: DemoCustomer;
  customerId: string | undefined;
  lines: PlaceOrder['lines'];
  note: string | undefined;
  address: string | undefined;
}

async function placePaid(ctx: Ctx, { customer, customerId, lines, note, address = customer.address }: Placed): Promise<void> {
  const { name, phone, region } = customer;
  const { orderId, number, totalFen } = await placeOrder(ctx, {
    channel: 'marketplace',
    location: 'WH1',
    customerId,
    lines,
    note,
    recipient: { name, phone, region, address },
    provider: 'till',
    source: 'demo',
  });
  const paymentId = await takeAtTill(ctx, { orderId, reference: number, method: 'card', amountFen: totalFen, currency: 'CNY' });
  if (paymentId !== undefined) await emit(ctx, paymentCaptured, { paymentId, orderId, amountFen: totalFen });
}
