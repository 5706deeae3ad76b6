// The door of payments.
export { paymentCaptured, paymentFailed, refundDone, refundFailed } from './events.ts';
export { openPayment, takeAtTill } from './open-payment.ts';
export type { Provider, ProviderReport, Providers } from './provider.ts';
export { type Balance, lockBalance, paymentsOf } from './queries.ts';
export { closePayments, refundOrder, refundRest, requestRefund } from './request-refund.ts';
