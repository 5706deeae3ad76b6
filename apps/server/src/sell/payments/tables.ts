import type { Generated } from 'kysely';
import { openSchema, type Tx } from '../../platform/db.ts';
import type { NoticeOutcome, PaymentState, RefundState } from './payment.ts';

interface PaymentTable {
  id: Generated<string>;
  order_id: string;
  reference: string;
  provider: string;
  amount_fen: number;
  received_fen: Generated<number>;
  refunded_fen: Generated<number>;
  currency: string;
  state: Generated<PaymentState>;
  failure: string | null;
  provider_ref: string | null;
  pay_url: string | null;
  created_at: Date;
  expires_at: Date | null;
  captured_at: Date | null;
  next_check_at: Date | null;
}

interface NoticeTable {
  id: Generated<string>;
  provider: string;
  notice_id: string | null;
  body: string;
  signature_valid: boolean;
  outcome: NoticeOutcome;
  payment_id: string | null;
  received_at: Date;
}

interface RefundTable {
  id: Generated<string>;
  payment_id: string;
  order_id: string;
  amount_fen: number;
  cause: string;
  reason: string;
  state: Generated<RefundState>;
  failure: string | null;
  provider_ref: string | null;
  requested_at: Date;
  done_at: Date | null;
  next_check_at: Date | null;
}

interface Tables {
  payment: PaymentTable;
  notice: NoticeTable;
  refund: RefundTable;
}

export const payments = (tx: Tx) => openSchema<Tables>(tx, 'payments');
