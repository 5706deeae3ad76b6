import { sql } from 'kysely';
import type { Ctx } from '../../platform/ctx.ts';
import { asTable } from '../../platform/arrays.ts';
import { run } from '../../platform/db.ts';
import { payments } from './tables.ts';

export interface OpenPayment {
  orderId: string;
  /** What the payer sees as the purpose: the order's number. */
  reference: string;
  provider: string;
  amountFen: number;
  currency: string;
  expiresAt: Date | undefined;
}

/** Intends to take money for an order. An order has one open payment at a time: asked again, it answers the open one. */
export async function openPayment(ctx: Ctx, input: OpenPayment): Promise<string> {
  const db = payments(ctx.tx);
  const opened = await db
    .insertInto('payment')
    .values({
      order_id: input.orderId,
      reference: input.reference,
      provider: input.provider,
      amount_fen: input.amountFen,
      currency: input.currency,
      created_at: ctx.now,
      expires_at: input.expiresAt ?? null,
    })
    // the literal lets a prepared statement's generic plan find the partial index
    .onConflict((conflict) => conflict.column('order_id').where('state', '=', sql.lit('pending')).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (opened !== undefined) return opened.id;
  const open = await db
    .selectFrom('payment')
    .select('id')
    .where('order_id', '=', input.orderId)
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow();
  return open.id;
}

/**
 * Intends to take money for orders that are placed together. `input.paymentId` is the caller's: it is on its way to the shopper before
 * the rows are. Each order is new, so none has an open payment.
 */
export async function openPayments(ctx: Ctx, inputs: readonly (OpenPayment & { paymentId: string })[]): Promise<void> {
  if (inputs.length === 0) return;
  await run(
    ctx.tx,
    sql`insert into payments.payment (id, order_id, reference, provider, amount_fen, currency, created_at, expires_at)
      select "paymentId", "orderId", reference, provider, "amountFen", currency, ${ctx.now}, "expiresAt"
      from ${asTable(inputs, 'p', paymentColumns)}`,
  );
}

const paymentColumns = {
  paymentId: 'uuid', orderId: 'uuid', reference: 'text', provider: 'text', amountFen: 'bigint', currency: 'text', expiresAt: 'timestamptz',
} as const; // prettier-ignore

/** Money taken by hand in a store: captured at once, no provider to hear from. Answers the payment's id; nothing to take, none. */
export async function takeAtTill(
  ctx: Ctx,
  { orderId, reference, method, amountFen, currency }: Omit<OpenPayment, 'provider' | 'expiresAt'> & { method: 'cash' | 'card' },
): Promise<string | undefined> {
  if (amountFen === 0) return undefined;
  const taken = await payments(ctx.tx)
    .insertInto('payment')
    .values({
      order_id: orderId,
      reference,
      provider: tillOf(method),
      amount_fen: amountFen,
      received_fen: amountFen,
      currency,
      state: 'captured',
      created_at: ctx.now,
      captured_at: ctx.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return taken.id;
}

const tillOf = (method: 'cash' | 'card'): string => `till_${method}`;

/** Tills give money back on the spot; every other provider is asked by a job. */
export const isTill = (provider: string): boolean => provider.startsWith('till_');
