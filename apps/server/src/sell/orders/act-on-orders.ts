import type { orders as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Actor, Ctx } from '../../platform/ctx.ts';
import { Refusal } from '../../platform/fail.ts';
import type { JobRun } from '../../platform/jobs.ts';
import { checkBulkRight } from './bulk/bulk-right.ts';
import { cancelOrder } from './cancel-order.ts';
import { lockOrder } from './change-order.ts';
import { releaseOrder } from './sending/release-order.ts';

type Asked = z.output<typeof contract.actOnOrders.body>;
type Results = z.input<typeof contract.actOnOrders.reply>['results'];

/**
 * Does the same to many orders, each in a transaction of its own: one that cannot be done says why and holds nobody back. What an actor
 * may not do to one order it may not do to many: `auth.forbidden`.
 */
export async function actOnOrders({ inTx, actor }: Pick<JobRun, 'inTx'> & { actor: Actor }, asked: Asked): Promise<Results> {
  checkBulkRight(actor, asked.action);
  const results: Results = [];
  for (const orderId of new Set(asked.orderIds)) results.push(await tryOne({ inTx }, orderId, asked));
  return results;
}

/** One order in a transaction of its own; `settle` commits with it. A refusal is an answer, anything else is thrown. */
export async function tryOne(
  { inTx }: Pick<JobRun, 'inTx'>,
  orderId: string,
  asked: Pick<Asked, 'action' | 'reason'>,
  settle: (ctx: Ctx) => Promise<unknown> = () => Promise.resolve(),
): Promise<Results[number]> {
  let number: string | null = null;
  try {
    await inTx(async (ctx) => {
      ({ number } = await lockOrder(ctx, { orderId }));
      await act(ctx, orderId, asked);
      await settle(ctx);
    });
    return { orderId, number, problem: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { orderId, number, problem: error.code };
  }
}

const act = (ctx: Ctx, orderId: string, { action, reason }: Pick<Asked, 'action' | 'reason'>): Promise<void> =>
  action === 'release' ? releaseOrder(ctx, { orderId }) : cancelOrder(ctx, { orderId, reason: reason ?? 'staff' });
