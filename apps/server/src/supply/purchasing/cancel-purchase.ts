import type { Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { purchaseGivenUp } from './events.ts';
import { lockPurchase } from './lock-purchase.ts';
import { stateWhenGivenUp } from './purchase.ts';
import { purchasing } from './tables.ts';

/** Gives up what is still open: an untouched request is cancelled, a partly received one closed. What arrived stays stock. */
export async function cancelPurchase(ctx: Ctx, { id, reason }: { id: string; reason: string }): Promise<void> {
  const request = await lockPurchase(ctx.tx, id);
  const state = stateWhenGivenUp(request.state) ?? refuse('purchase.wrong_state', { from: request.state, to: 'cancelled' });

  await purchasing(ctx.tx)
    .updateTable('request')
    .set({ state, closed_reason: reason, changed_at: ctx.now })
    .where('id', '=', id)
    .execute();

  await emit(ctx, purchaseGivenUp, { purchaseId: id, number: request.number, cause: request.cause, state });
}
