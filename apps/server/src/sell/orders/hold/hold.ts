// Why orders wait, pure: which holds stand in an order's way, and what a person may decide about each with one key.
import type { orders as contract } from '@tongshang/contract';
import type { HoldReason, OrderState } from '../order.ts';

export type ExceptionDecision = (typeof contract.exceptionDecisions)[number];

/** These ask for a person's eyes and stop nothing: the money side settles itself, or in another screen; a late parcel is asked after. */
const onlyTold: readonly HoldReason[] = ['payment_wrong_amount', 'refund_failed', 'parcel_late'];

/** Whether a paid order must not go on while it has this hold. */
export const stops = (reason: HoldReason): boolean => !onlyTold.includes(reason);

/** Holds that end by themselves when what they wait for comes: a person may wait, too. */
export const endsByItself = (reason: HoldReason): boolean =>
  reason === 'back_order' || reason === 'no_capacity' || reason === 'no_location';

const decisions: Readonly<Record<HoldReason, readonly ExceptionDecision[]>> = {
  address_incomplete: ['change_recipient', 'ask_customer', 'release_hold', 'cancel'],
  payment_wrong_amount: ['release_hold', 'cancel'],
  payment_refunded: ['release_hold', 'cancel'],
  refund_failed: ['release_hold'],
  remark: ['release_hold', 'ask_customer', 'change_recipient', 'cancel'],
  large_amount: ['release_hold', 'ask_customer', 'cancel'],
  address_watch: ['release_hold', 'ask_customer', 'change_recipient', 'cancel'],
  risk_score: ['release_hold', 'ask_customer', 'cancel'],
  back_order: ['reroute', 'ask_customer', 'cancel'],
  no_capacity: ['release_hold', 'reroute', 'cancel'],
  no_location: ['reroute', 'ask_customer', 'cancel'],
  customer_asked: ['release_hold', 'change_recipient', 'cancel'],
  substitution: ['release_hold', 'cancel'],
  staff: ['release_hold', 'ask_customer', 'reroute', 'cancel'],
  parcel_late: ['release_hold'],
};

/** What is left to decide about a hold of an order in this state. */
export function decisionsFor(reason: HoldReason, state: OrderState): ExceptionDecision[] {
  const isOver = state === 'shipped' || state === 'delivered' || state === 'cancelled';
  if (isOver) return decisions[reason].filter((one) => one === 'release_hold');
  const isCancellable = state !== 'partly_shipped';
  return decisions[reason].filter((one) => one !== 'cancel' || isCancellable);
}
