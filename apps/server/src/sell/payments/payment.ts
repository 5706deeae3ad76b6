// The rules of payments, pure: what a provider's report does to a payment.
import type { payments as contract } from '@tongshang/contract';

export type PaymentState = (typeof contract.paymentStates)[number];
export type RefundState = (typeof contract.refundStates)[number];
export type NoticeOutcome = (typeof contract.noticeOutcomes)[number];

export interface PaymentFacts {
  state: PaymentState;
  amountFen: number;
  receivedFen: number;
}

/** What a provider says about a payment, whichever way we heard it: a notice, an answer to our question. */
export type Report = { kind: 'paid'; amountFen: number } | { kind: 'declined' };

export type Effect = 'capture' | 'wrong_amount' | 'decline' | 'none';

/**
 * What a report does. Money taken counts in any state, late ones too: somebody must be paid or refunded. Told twice, or a
 * refusal after the money was taken, it does nothing.
 */
export function effectOf(payment: PaymentFacts, report: Report): Effect {
  if (report.kind === 'declined') return payment.state === 'pending' ? 'decline' : 'none';
  if (payment.state === 'captured') return 'none';
  if (report.amountFen === payment.amountFen) return 'capture';
  return payment.receivedFen === report.amountFen ? 'none' : 'wrong_amount';
}

/** The payment's figures after a report. */
export function paymentAfter(payment: PaymentFacts, report: Report): PaymentFacts {
  const receivedFen = report.kind === 'paid' ? report.amountFen : 0;
  switch (effectOf(payment, report)) {
    case 'capture':
      return { ...payment, state: 'captured', receivedFen };
    case 'wrong_amount':
      return { ...payment, state: 'failed', receivedFen };
    case 'decline':
      return { ...payment, state: 'failed' };
    case 'none':
      return payment;
  }
}

/** What may still be given back, fen. */
export const refundable = ({ receivedFen, refundedFen }: { receivedFen: number; refundedFen: number }): number =>
  receivedFen - refundedFen;
