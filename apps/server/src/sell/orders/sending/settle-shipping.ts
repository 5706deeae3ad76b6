import type { Ctx } from '../../../platform/ctx.ts';
import { emitMany } from '../../../platform/events.ts';
import { type FulfilmentFacts, fulfilmentsOf } from '../../../supply/warehouse/index.ts';
import { type LockedOrder, lockOrders, sendOrders, type SendTogether } from '../change-order.ts';
import { orderDelivered, orderShipped } from '../events.ts';
import { releaseHolds } from '../hold/holds.ts';
import { linesToSend } from './lines-to-send.ts';
import { type Sent, sentOf } from './sent.ts';

/**
 * Brings orders to where their parcels are: partly shipped, shipped, delivered. Reads what is, so that it may be told late, twice or in
 * any sequence.
 */
export async function settleShipping(ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  const ids = [...new Set(orderIds)];
  const orders = [...(await lockOrders(ctx, ids)).values()].filter(({ state }) =>
    ['released', 'partly_shipped', 'shipped'].includes(state),
  );
  if (orders.length === 0) return;
  const open = orders.map(({ id }) => id);
  const lines = await linesToSend(ctx.tx, open);
  const fulfilments = Map.groupBy(await fulfilmentsOf(ctx.tx, open), ({ orderId }) => orderId);
  const moves = orders.flatMap((order): SendTogether[] => {
    const own = fulfilments.get(order.id) ?? [];
    return own.length > 0 ? settled(order, sentOf(lines.get(order.id) ?? [], own)) : [];
  });
  const arrived = orders.filter(({ id, attention }) => attention !== null && hasArrived(fulfilments.get(id) ?? []));
  await releaseHolds(ctx, { orderIds: arrived.map(({ id }) => id), reasons: ['parcel_late'] });
  await sendOrders(ctx, moves);
  const stepped = (to: string) => moves.filter(({ steps }) => steps.some((step) => step.to === to)).map(({ order: { id } }) => ({ orderId: id })); // prettier-ignore
  await emitMany(ctx, orderShipped, stepped('shipped'));
  await emitMany(ctx, orderDelivered, stepped('delivered'));
}

/** Nothing of the order is on the road any more. */
const hasArrived = (fulfilments: readonly FulfilmentFacts[]): boolean =>
  !fulfilments.some(({ state }) => state === 'handed_over');

/** What has happened to an order's parcels since: it is partly shipped, shipped, and then all of it there. */
function settled({ id, state }: LockedOrder, { isAllGone, isAllThere, isCollected, last }: Sent): SendTogether[] {
  const steps: SendTogether['steps'][number][] = [];
  if (state !== 'shipped' && isAllGone) steps.push({ to: 'shipped', what: 'shipped', details: waybillDetails(last) });
  else if (state === 'released' && last !== undefined)
    steps.push({ to: 'partly_shipped', what: 'partly_shipped', details: { ...waybillDetails(last), lines: last.lines } });
  if (isAllGone && isAllThere) steps.push({ to: 'delivered', what: isCollected ? 'collected' : 'delivered', details: {} });
  if (steps.length === 0) return [];
  const isLeaving = steps.some(({ to }) => to !== 'delivered');
  const waybill = isLeaving ? { carrier: last?.carrier ?? undefined, trackingNumber: last?.trackingNumber ?? undefined } : {};
  return [{ order: { id, state }, steps, ...waybill }];
}

const waybillDetails = (last: FulfilmentFacts | undefined): Record<string, unknown> =>
  last === undefined
    ? {}
    : {
        ...(last.carrier !== null && { carrier: last.carrier }),
        ...(last.trackingNumber !== null && { trackingNumber: last.trackingNumber }),
        fulfilment: last.number,
        location: last.location,
      };
