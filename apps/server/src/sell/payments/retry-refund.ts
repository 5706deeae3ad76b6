import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { enqueue } from '../../platform/jobs.ts';
import { sendRefund } from './send-refund.ts';
import { payments } from './tables.ts';

/** Sends a failed refund to the provider again. Refuses `payment.not_found` and, unless it failed, `payment.wrong_state`. */
export async function retryRefund(ctx: Ctx, refundId: string): Promise<void> {
  const db = payments(ctx.tx);
  const refund = await db.selectFrom('refund').select('state').where('id', '=', refundId).forUpdate().executeTakeFirst();
  if (refund === undefined) refuse('payment.not_found', { refundId });
  if (refund.state !== 'failed') refuse('payment.wrong_state', { state: refund.state });

  await db.updateTable('refund').set({ state: 'requested', failure: null }).where('id', '=', refundId).execute();
  await enqueue(ctx.tx, sendRefund, { refundId }, { key: `send-refund:${refundId}`, attemptsMax: 20 });
}
