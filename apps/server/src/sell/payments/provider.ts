// The port: what we need of a payment provider. adapters/ speak it; tests may bring a plain object.
import type { Report } from './payment.ts';

export interface RefundReport {
  /** Our refund's id; undefined when the refund was made at the provider, past us. */
  refundId: string | undefined;
  /** The provider's own number of the refund. */
  providerRef: string;
  amountFen: number;
  outcome: 'done' | { failure: string };
}

/** What a provider says about one payment of ours, in a notice or as an answer. A refund proves that the payment was taken. */
export interface ProviderReport {
  paymentId: string;
  providerRef: string | undefined;
  payment: Report | undefined;
  refunds: readonly RefundReport[];
}

/** `retry`: nobody knows, ask again later; `rejected`: it will never work. */
export type Answer<T> = ({ kind: 'ok' } & T) | { kind: 'retry' | 'rejected'; why: string };

export interface Provider {
  readonly name: string;
  /** Tells the provider about a payment; the same id again gives the same page. */
  createPayment: (payment: {
    paymentId: string;
    reference: string;
    amountFen: number;
    currency: string;
    expiresAt: Date | undefined;
    returnUrl: string;
    language: 'zh-CN' | 'en';
  }) => Promise<Answer<{ providerRef: string; payUrl: string }>>;
  /** Checks the signature over the exact payload. `unreadable` is signed, but not what we know. */
  readNotice: (payload: string, signature: string) => 'forged' | 'unreadable' | { noticeId: string; report: ProviderReport };
  /** Asks for money back; the same refund id again is the same refund. */
  refund: (refund: {
    refundId: string;
    paymentId: string;
    amountFen: number;
    reason: string;
  }) => Promise<Answer<{ providerRef: string }>>;
  /** Asks how a payment stands. `report` is undefined when the provider has never heard of it. */
  query: (paymentId: string) => Promise<Answer<{ report: ProviderReport | undefined }>>;
}

export type Providers = Readonly<Record<string, Provider>>;
