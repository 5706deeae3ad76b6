// The door of payments.
export { paymentCaptured, paymentFailed, refundDone, refundFailed } from './events.ts';
export { openPayment, openPayments, takeAtTill } from './open-payment.ts';
export { lockBalance, lockBalances, paymentsOf } from './queries.ts';
export { closePayments, refundOrder, refundRest } from './request-refund.ts';
