import type { Ctx } from '../../platform/ctx.ts';
import { fulfilmentsOf, withdrawLines } from '../../supply/warehouse/index.ts';
import { changeOrder, lockOrder } from './change-order.ts';
import { releaseHolds } from './hold/holds.ts';
import { checkStep, isComplete, type Recipient, refuseStep } from './order.ts';
import { goOn } from './review/review-orders.ts';
import { linesToSend } from './sending/lines-to-send.ts';
import { send } from './sending/release-order.ts';
import { hasLeft, stepsOf } from './sending/sent.ts';

/**
 * Mends where an order goes, while all of it is in the house: what was packed is unpacked and gets a new label. An order that only waited
 * for its address goes on. Refuses `order.not_found`, `order.wrong_state` with the steps that are left.
 */
export async function changeRecipient(
  ctx: Ctx,
  { orderId, version, ...recipient }: { orderId: string; version?: number | undefined } & Recipient,
): Promise<void> {
  const order = await lockOrder(ctx, { orderId, version });
  checkStep(order.state, 'change_recipient');
  const parcels = order.state === 'released' ? await fulfilmentsOf(ctx.tx, [orderId]) : [];
  if (parcels.some(hasLeft)) refuseStep(order.state, { steps: stepsOf(order.state, parcels) });

  const { name, phone, region, address } = recipient;
  await changeOrder(ctx, order, {
    set: { recipient_name: name, recipient_phone: phone, region, address },
    what: 'recipient_changed',
  });
  if (parcels.length > 0) {
    await withdrawLines(ctx, { orderId, reason: 'recipient_changed' });
    const now = { ...order, recipientName: name, recipientPhone: phone, region, address };
    await send(ctx, [now], await linesToSend(ctx.tx, [orderId]));
  }
  if (order.state !== 'paid' || !isComplete(recipient)) return;
  await releaseHolds(ctx, { orderIds: [orderId], reasons: ['address_incomplete', 'address_watch'] });
  await goOn(ctx, [orderId]);
}
