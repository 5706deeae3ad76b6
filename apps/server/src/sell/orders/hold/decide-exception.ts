import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { cancelOrder } from '../cancel-order.ts';
import { type LockedOrder, lockOrder } from '../change-order.ts';
import { refuseStep } from '../order.ts';
import { goOn } from '../review/review-orders.ts';
import { resumeOrder } from '../sending/resume-orders.ts';
import { rerouteOrder } from '../sending/reroute-order.ts';
import { askCustomer } from './ask-customer.ts';
import { decisionsFor, endsByItself, type ExceptionDecision } from './hold.ts';
import { type HoldRow, holdsOf, releaseHolds } from './holds.ts';

export interface DecideException {
  orderId: string;
  holdId: string;
  decision: Exclude<ExceptionDecision, 'change_recipient'>;
  note?: string | undefined;
  version?: number | undefined;
}

/**
 * One decision about one hold: it is released by itself, the customer is asked, the order is sent from elsewhere or called off. Deciding
 * about a hold that has ended refuses `hold.not_found`. Refuses also `order.not_found`, `order.wrong_state`, `order.no_location`; calling
 * off needs the right to: `auth.forbidden`.
 */
export async function decideException(ctx: Ctx, { orderId, holdId, decision, note, version }: DecideException): Promise<void> {
  const order = await lockOrder(ctx, { orderId, version });
  const hold = ((await holdsOf(ctx.tx, [orderId], { isOpen: true })).get(orderId) ?? []).find(({ id }) => id === holdId);
  if (hold === undefined) return refuse('hold.not_found', { holdId });
  if (!decisionsFor(hold.reason, order.state).includes(decision)) refuseStep(order.state, { wanted: decision });
  switch (decision) {
    case 'release_hold':
      return release(ctx, order, { hold, note });
    case 'ask_customer':
      return askCustomer(ctx, { orderId, question: note ?? hold.reason });
    case 'reroute':
      return reroute(ctx, order, { hold, note });
    case 'cancel':
      return cancel(ctx, orderId, note ?? hold.reason);
  }
}

async function release(ctx: Ctx, order: LockedOrder, { hold, note }: { hold: HoldRow; note: string | undefined }): Promise<void> {
  await releaseHolds(ctx, { orderIds: [order.id], holdIds: [hold.id], note });
  await goOn(ctx, [order.id]);
}

/** What nobody could send, or had to wait for, is looked for anew; anything else goes from elsewhere. */
async function reroute(ctx: Ctx, order: LockedOrder, { hold, note }: { hold: HoldRow; note: string | undefined }): Promise<void> {
  if (endsByItself(hold.reason) && (await resumeOrder(ctx, order.id)) && hold.reason !== 'no_capacity') return;
  const without = placesIn(hold.details);
  await rerouteOrder(ctx, { orderId: order.id, without, reason: note ?? hold.reason });
}

function placesIn(details: Readonly<Record<string, unknown>>): string[] {
  const named = [details['location'], details['locations']].flat();
  return named.filter((one): one is string => typeof one === 'string');
}

async function cancel(ctx: Ctx, orderId: string, reason: string): Promise<void> {
  const { actor } = ctx;
  if (actor.kind === 'staff' && !actor.permissions.has('orders.cancel'))
    refuse('auth.forbidden', { permission: 'orders.cancel' });
  await cancelOrder(ctx, { orderId, reason });
}
