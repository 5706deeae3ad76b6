import * as z from 'zod';
import { emit } from '../../platform/events.ts';
import { job, jobType } from '../../platform/jobs.ts';
import { addMs } from '../../platform/time.ts';
import { refundFailed } from './events.ts';
import type { Providers } from './provider.ts';
import { payments } from './tables.ts';

export const sendRefund = jobType('payments/send-refund', z.object({ refundId: z.uuid() }));

const checkAfterMs = 5 * 60_000;

/**
 * Asks the provider to give money back. Safe to run twice: the provider knows a refund by its id. No answer is tried again by the
 * queue; a refusal becomes a failed refund that people see. The refund is done when the provider says so.
 */
export const sendRefundJob = (outside: { providers: Providers }) =>
  job(sendRefund, async ({ inTx, now }, { refundId }) => {
    const refund = await inTx(({ tx }) =>
      payments(tx)
        .selectFrom('refund')
        .innerJoin('payment', 'payment.id', 'refund.payment_id')
        .select(['refund.id', 'refund.state', 'refund.amount_fen as amountFen', 'refund.reason', 'refund.order_id as orderId'])
        .select(['payment.id as paymentId', 'payment.provider'])
        .where('refund.id', '=', refundId)
        .executeTakeFirst(),
    );
    if (refund?.state !== 'requested') return;
    const provider = outside.providers[refund.provider];
    if (provider === undefined) throw new Error(`no adapter for payment provider ${refund.provider}`);

    const { paymentId, amountFen, reason, orderId } = refund;
    const answer = await provider.refund({ refundId, paymentId, amountFen, reason });
    if (answer.kind === 'retry') throw new Error(`provider ${refund.provider}: ${answer.why}`);

    await inTx(async (ctx) => {
      const change = payments(ctx.tx).updateTable('refund').where('id', '=', refundId).where('state', '=', 'requested');
      if (answer.kind === 'ok') {
        const next = addMs(now(), checkAfterMs);
        await change.set({ state: 'sent', provider_ref: answer.providerRef, next_check_at: next }).execute();
        return;
      }
      const failed = await change.set({ state: 'failed', failure: answer.why }).executeTakeFirst();
      if (failed.numUpdatedRows > 0n)
        await emit(ctx, refundFailed, { refundId, paymentId, orderId, amountFen, failure: answer.why });
    });
  });
