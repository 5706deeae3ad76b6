import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Currency, Fen, Id, Instant, page, paging } from './values.ts';

export const paymentStates = ['pending', 'captured', 'failed', 'closed'] as const;
export const refundStates = ['requested', 'sent', 'done', 'failed'] as const;
export const PaymentState = z.enum(paymentStates);
export const RefundState = z.enum(refundStates);

export const Refund = z.object({
  id: Id,
  paymentId: Id,
  orderId: Id,
  amountFen: Fen,
  reason: z.string(),
  state: RefundState,
  /** Why the provider said no; null unless failed. */
  failure: z.string().nullable(),
  requestedAt: Instant,
  doneAt: Instant.nullable(),
});

export const Payment = z.object({
  id: Id,
  orderId: Id,
  provider: z.string(),
  amountFen: Fen,
  /** What the provider took; differs from the amount only when a payer paid wrongly. */
  receivedFen: Fen,
  currency: Currency,
  state: PaymentState,
  /** `declined`, `wrong_amount`; null otherwise. */
  failure: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  capturedAt: Instant.nullable(),
  refunds: z.array(Refund),
});

export const noticeOutcomes = [
  'applied', 'repeated', 'bad_signature', 'unreadable', 'unknown_payment', 'wrong_amount', 'ignored',
] as const; // prettier-ignore
export const Notice = z.object({
  id: Id,
  provider: z.string(),
  noticeId: z.string().nullable(),
  outcome: z.enum(noticeOutcomes),
  paymentId: Id.nullable(),
  receivedAt: Instant,
});

export const receiveNotice = endpoint({
  method: 'POST',
  path: '/payments/notices/:provider',
  summary: 'What a payment provider reports. Answers `success` only after the notice is stored and took effect',
  access: 'public',
  params: z.object({ provider: z.string().max(32) }),
  body: z.object({
    /** JSON text, exactly the bytes that are signed. */
    payload: z.string().max(20_000),
    /** The provider’s signature over the payload, base64: the sandbox’s is ECDSA P-256 with SHA-256. */
    signature: z.string().max(2_000),
  }),
  reply: z.literal('success'),
  errors: ['payment.bad_signature', 'payment.not_found'],
});

export const openPayPage = endpoint({
  method: 'GET',
  path: '/payments/:paymentId/page',
  summary: "Sends the browser to the provider's pay page; creates the payment there on the first visit",
  access: 'public',
  params: z.object({ paymentId: Id }),
  query: z.object({ token: z.string().max(200).optional(), language: z.enum(['zh-CN', 'en']).optional() }),
  reply: z.object({ payUrl: z.string() }),
  errors: ['payment.not_found', 'payment.provider_unavailable'],
});

export const checkPayment = endpoint({
  method: 'POST',
  path: '/payments/:paymentId/check',
  summary: 'Asks the provider how a payment stands, as the browser does when it comes back before the notice',
  access: 'public',
  params: z.object({ paymentId: Id }),
  reply: z.object({ state: PaymentState }),
  errors: ['payment.not_found'],
});

export const listNotices = endpoint({
  method: 'GET',
  path: '/payments/notices',
  summary: 'Notices of the providers, newest first; the exceptions among them need a look',
  access: { permission: 'payments.view' },
  query: z.object({ outcome: z.enum(noticeOutcomes).optional(), ...paging }),
  reply: page(Notice),
  errors: [],
});

export const listRefunds = endpoint({
  method: 'GET',
  path: '/payments/refunds',
  summary: 'Refunds, newest first',
  access: { permission: 'payments.view' },
  query: z.object({ state: RefundState.optional(), ...paging }),
  reply: page(Refund),
  errors: [],
});

export const requestRefund = endpoint({
  method: 'POST',
  path: '/payments/:paymentId/refunds',
  summary: 'Give money back, never more than the payment took',
  access: { permission: 'payments.refund' },
  params: z.object({ paymentId: Id }),
  body: z.object({ amountFen: Fen.min(1), reason: z.string().trim().min(1).max(200) }),
  reply: Refund,
  errors: ['payment.not_found', 'refund.exceeds_payment'],
  idempotent: true,
});

export const retryRefund = endpoint({
  method: 'POST',
  path: '/payments/refunds/:refundId/attempts',
  summary: 'Send a failed refund once more',
  access: { permission: 'payments.refund' },
  params: z.object({ refundId: Id }),
  reply: Refund,
  errors: ['payment.not_found', 'payment.wrong_state'],
  idempotent: true,
});
