import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

const payment = { paymentId: z.uuid(), orderId: z.uuid() };

/** The provider took exactly what was asked for. */
export const paymentCaptured = eventType('payments.payment_captured', z.object({ ...payment, amountFen: z.int() }));
/** The payer or the provider said no, or the amount taken is not the amount asked for. */
export const paymentFailed = eventType(
  'payments.payment_failed',
  z.object({ ...payment, failure: z.enum(['declined', 'wrong_amount']), receivedFen: z.int(), amountFen: z.int() }),
);
const refund = { refundId: z.uuid(), ...payment, amountFen: z.int() };
/** `isOurs` is false for a refund that was made at the provider, past us. */
export const refundDone = eventType('payments.refund_done', z.object({ ...refund, isOurs: z.boolean() }));
export const refundFailed = eventType('payments.refund_failed', z.object({ ...refund, failure: z.string() }));
