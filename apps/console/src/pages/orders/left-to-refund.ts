import type { orders, ReplyOf } from '@tongshang/contract';

type Payment = ReplyOf<typeof orders.getOrder>['payments'][number];

/** What of a payment has not been given back yet, fen. */
export const leftToRefund = (payment: Pick<Payment, 'receivedFen' | 'refunds'>): number =>
  payment.receivedFen -
  payment.refunds.filter((refund) => refund.state !== 'failed').reduce((sum, refund) => sum + refund.amountFen, 0);
