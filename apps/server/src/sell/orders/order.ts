// The life of an order, pure: which moves exist, what a line costs, who may go on by itself.
import { randomBytes } from 'node:crypto';
import { orders as contract } from '@tongshang/contract';
import { refuse } from '../../platform/fail.ts';

export type OrderState = contract.OrderState;
export type Attention = (typeof contract.attentions)[number];
export type HoldReason = contract.HoldReason;
export type OrderStep = contract.OrderStep;
export type TimelineKind = (typeof contract.timelineKinds)[number];
export type OrderSource = 'live' | 'import' | 'demo';

export const movesFrom = (state: OrderState): readonly OrderState[] => contract.orderMoves[state];
export const canMove = (from: OrderState, to: OrderState): boolean => contract.orderMoves[from].includes(to);

/** What may be done to an order in a state, as far as the state alone tells. */
export const stepsFrom = (state: OrderState): readonly OrderStep[] => contract.orderSteps[state];

/** Refuses `order.wrong_state` with the state as it is now, the moves and the steps that are left. */
export const refuseStep = (state: OrderState, more: Readonly<Record<string, unknown>> = {}): never =>
  refuse('order.wrong_state', { state, moves: [...movesFrom(state)], steps: [...stepsFrom(state)], ...more });

export function move(from: OrderState, to: OrderState): OrderState {
  return canMove(from, to) ? to : refuseStep(from, { wanted: to });
}

/** Refuses a step that the state does not allow: `order.wrong_state`. */
export function checkStep(state: OrderState, step: OrderStep): void {
  if (!stepsFrom(state).includes(step)) refuseStep(state, { wanted: step });
}

/** Unpaid orders hold stock this long. */
export const unpaidMinutes = 30;

export interface OrderAmounts {
  goodsFen: number;
  discountFen: number;
  freightFen: number;
  /** The tax inside the lines; freight carries none of its own. */
  taxFen: number;
  totalFen: number;
}

export interface Recipient {
  name: string;
  phone: string;
  region: string;
  address: string;
}

/** An address somebody can deliver to: a name, a phone with at least 7 digits, a region and a street of some length. */
export const isComplete = ({ name, phone, region, address }: Recipient): boolean =>
  name.trim() !== '' && phone.replaceAll(/\D/g, '').length >= 7 && region.trim() !== '' && address.trim().length >= 4;

/** Whom a buyer's limits are counted by: the customer, else a guest's phone, else the visit. */
export function buyerKeyOf({
  customerId,
  visitorId,
  recipient,
}: {
  customerId?: string | undefined;
  visitorId?: string | undefined;
  recipient?: Pick<Recipient, 'phone'> | undefined;
}): string {
  if (customerId !== undefined) return customerId;
  const phone = recipient?.phone.replaceAll(/\D/g, '').replace(/^86(?=1\d{10}$)/, '') ?? '';
  return phone === '' ? `visitor:${visitorId ?? ''}` : `phone:${phone}`;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // no I, L, O, U: read aloud without mistakes

/** `261122-7K3M-Q9XT`: the day, then 40 random bits, so that a number tells neither the next one nor how many there are. */
export function newOrderNumber(day: string): string {
  const letters = [...randomBytes(8)].map((byte) => alphabet.charAt(byte % 32)).join('');
  return `${day.slice(2).replaceAll('-', '')}-${letters.slice(0, 4)}-${letters.slice(4)}`;
}
