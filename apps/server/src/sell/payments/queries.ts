import type { payments as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { payments } from './tables.ts';

type Payment = z.input<typeof contract.Payment>;
type Refund = z.input<typeof contract.Refund>;

const refundColumns = [
  'id', 'payment_id as paymentId', 'order_id as orderId', 'amount_fen as amountFen', 'reason', 'state', 'failure',
  'requested_at as requestedAt', 'done_at as doneAt',
] as const; // prettier-ignore

/** An order's payments with their refunds, oldest first. */
export async function paymentsOf(tx: Tx, orderId: string): Promise<Payment[]> {
  const db = payments(tx);
  const rows = await db.selectFrom('payment').selectAll().where('order_id', '=', orderId).orderBy('id').execute();
  if (rows.length === 0) return [];
  const refunds = await db.selectFrom('refund').select(refundColumns).where('order_id', '=', orderId).orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    orderId,
    provider: row.provider,
    amountFen: row.amount_fen,
    receivedFen: row.received_fen,
    currency: row.currency,
    state: row.state,
    failure: row.failure,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    capturedAt: row.captured_at?.toISOString() ?? null,
    refunds: refunds.filter((refund) => refund.paymentId === row.id).map(refundOnWire),
  }));
}

interface Balance {
  /** Fully paid payments, in the order in which they were. */
  captured: string[];
  receivedFen: number;
  refundedFen: number;
}

/** What an order's payments took and gave back, as one figure; the rows are locked, so that it holds still. */
export async function lockBalance(tx: Tx, orderId: string): Promise<Balance> {
  return (await lockBalances(tx, [orderId])).get(orderId) ?? { captured: [], receivedFen: 0, refundedFen: 0 };
}

/** Like `lockBalance`, for many orders; those without a payment are absent. */
export async function lockBalances(tx: Tx, orderIds: readonly string[]): Promise<Map<string, Balance>> {
  if (orderIds.length === 0) return new Map();
  const rows = await payments(tx)
    .selectFrom('payment')
    .select(['id', 'order_id as orderId', 'state', 'received_fen as receivedFen', 'refunded_fen as refundedFen'])
    .select('captured_at as capturedAt')
    .where('order_id', '=', sql<string>`any(${[...new Set(orderIds)]}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map([...Map.groupBy(rows, (row) => row.orderId)].map(([orderId, own]) => [orderId, balanceOf(own)]));
}

type PaidRow = { id: string; state: string; receivedFen: number; refundedFen: number; capturedAt: Date | null };

function balanceOf(rows: readonly PaidRow[]): Balance {
  const captured = rows.filter((row) => row.state === 'captured').toSorted((a, b) => Number(a.capturedAt) - Number(b.capturedAt));
  return {
    captured: captured.map((row) => row.id),
    receivedFen: rows.reduce((sum, row) => sum + row.receivedFen, 0),
    refundedFen: rows.reduce((sum, row) => sum + row.refundedFen, 0),
  };
}

export async function getRefund(tx: Tx, refundId: string): Promise<Refund> {
  const refund = await payments(tx).selectFrom('refund').select(refundColumns).where('id', '=', refundId).executeTakeFirst();
  return refund === undefined ? refuse('payment.not_found', { refundId }) : refundOnWire(refund);
}

/** Refunds, newest first. */
export async function listRefunds(
  tx: Tx,
  { state, after, limit }: z.output<typeof contract.listRefunds.query>,
): Promise<z.input<typeof contract.listRefunds.reply>> {
  let query = payments(tx).selectFrom('refund').select(refundColumns);
  if (state !== undefined) query = query.where('state', '=', state);
  if (after !== undefined) query = query.where(sql<boolean>`(requested_at, id) < ${startOf(after)}`);
  const rows = await query
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const last = rows[limit - 1];
  const next = rows.length > limit && last !== undefined ? `${last.requestedAt.toISOString()}_${last.id}` : null;
  return { items: rows.slice(0, limit).map(refundOnWire), next };
}

/** Notices, newest first. */
export async function listNotices(
  tx: Tx,
  { outcome, after, limit }: z.output<typeof contract.listNotices.query>,
): Promise<z.input<typeof contract.listNotices.reply>> {
  let query = payments(tx)
    .selectFrom('notice')
    .select(['id', 'provider', 'notice_id as noticeId', 'outcome', 'payment_id as paymentId', 'received_at as receivedAt']);
  if (outcome !== undefined) query = query.where('outcome', '=', outcome);
  if (after !== undefined) query = query.where('id', '<', idOf(after));
  const rows = await query
    .orderBy('id', 'desc') // ids are in the order of time
    .limit(limit + 1)
    .execute();
  const last = rows[limit - 1];
  const next = rows.length > limit && last !== undefined ? last.id : null;
  return { items: rows.slice(0, limit).map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() })), next };
}

const idOf = (after: string): string =>
  /^[\da-f-]{36}$/.test(after) ? after : refuse('request.invalid', { issues: [{ at: 'query', path: 'after' }] });

function startOf(after: string) {
  const [at = '', id = ''] = after.split('_');
  return sql`(${at}::timestamptz, ${id}::uuid)`;
}

const refundOnWire = <R extends { requestedAt: Date; doneAt: Date | null }>(refund: R) => ({
  ...refund,
  requestedAt: refund.requestedAt.toISOString(),
  doneAt: refund.doneAt?.toISOString() ?? null,
});
