// What the sandbox provider does, apart from HTTP: take payments, refund them, and note what must be told.
import { randomBytes } from 'node:crypto';
import type { Payment, Storage } from './storage.ts';

/** What the payer may press. All but the first two are there so that a shop can be tried against bad days. */
export const acts = ['pay', 'decline', 'pay_twice_told', 'pay_told_late', 'pay_after_expiry', 'pay_wrong_amount'] as const;
export type Act = (typeof acts)[number];

const lateMs = 20_000;
export const afterExpiryMs = 90_000;

export const newRef = (prefix: string): string => `${prefix}${randomBytes(9).toString('hex')}`;

export type Outcome = 'done' | 'scheduled' | 'already';

/** Carries out what the payer pressed; the notice is queued with it. */
export function act(storage: Storage, payment: Payment, what: Act, now: number): Outcome {
  return storage.together(() => {
    if (what === 'pay_after_expiry') {
      const at = Math.max(now, payment.expiresAt ?? now) + afterExpiryMs;
      return storage.payLater(payment.ref, at) ? 'scheduled' : 'already';
    }
    const paidFen = what === 'decline' ? 0 : what === 'pay_wrong_amount' ? wrongAmount(payment.amountFen) : payment.amountFen;
    if (!storage.settle(payment.ref, what === 'decline' ? 'declined' : 'paid', paidFen)) return 'already';
    tell(storage, payment.ref, deliveriesOf(what, now));
    return 'done';
  });
}

const wrongAmount = (amountFen: number): number => (amountFen > 1 ? amountFen - 1 : amountFen + 1);

function deliveriesOf(what: Act, now: number): number[] {
  if (what === 'pay_twice_told') return [now, now];
  if (what === 'pay_told_late') return [now + lateMs];
  return [now];
}

/** Takes the money of payers who chose to pay after the expiry, when that time has come. */
export function payDue(storage: Storage, now: number): void {
  for (const payment of storage.duePayments(now))
    storage.together(() => {
      if (storage.settle(payment.ref, 'paid', payment.amountFen)) tell(storage, payment.ref, [now]);
    });
}

export interface AskedRefund {
  refundId: string;
  paymentId: string;
  amountFen: number;
}

/** Gives money back, once for each refund id, never more than was paid. */
export function refund(storage: Storage, asked: AskedRefund, now: number): { providerRef: string } | { error: string } {
  return storage.together(() => {
    const earlier = storage.refundBy(asked.refundId);
    if (earlier !== undefined) return { providerRef: earlier.ref };
    const payment = storage.paymentBy('merchant_id', asked.paymentId);
    if (payment?.state !== 'paid') return { error: 'payment.not_paid' };
    const before = storage.refundsOf(payment.ref).reduce((sum, one) => sum + one.amountFen, 0);
    if (asked.amountFen < 1 || before + asked.amountFen > payment.paidFen) return { error: 'refund.exceeds_payment' };
    const ref = newRef('SR');
    storage.addRefund({
      ref,
      paymentRef: payment.ref,
      merchantId: asked.refundId,
      amountFen: asked.amountFen,
      state: 'done',
      failure: null,
    });
    tell(storage, payment.ref, [now]);
    return { providerRef: ref };
  });
}

/** How a payment stands, in the words of the interface. */
export function standingOf(storage: Storage, payment: Payment) {
  return {
    paymentId: payment.merchantId,
    providerRef: payment.ref,
    state: payment.state,
    paidFen: payment.paidFen,
    refunds: storage.refundsOf(payment.ref).map((one) => ({
      refundId: one.merchantId,
      providerRef: one.ref,
      amountFen: one.amountFen,
      state: one.state,
      failure: one.failure,
    })),
  };
}

function tell(storage: Storage, ref: string, at: readonly number[]): void {
  const payment = storage.paymentBy('ref', ref);
  if (payment !== undefined)
    storage.addNotice({ url: payment.notifyUrl, content: { payment: standingOf(storage, payment) }, at });
}
