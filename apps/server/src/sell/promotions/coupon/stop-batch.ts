import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { promotions } from '../tables.ts';

/** No code of the batch works any more, those still to be made neither. Refuses `coupon_batch.not_found`, `coupon_batch.wrong_state` when stopped before. */
export async function stopBatch(ctx: Ctx, id: string): Promise<void> {
  const db = promotions(ctx.tx);
  const batch = await db.selectFrom('coupon_batch').select('state').where('id', '=', id).forUpdate().executeTakeFirst();
  if (batch === undefined) refuse('coupon_batch.not_found', { id });
  if (batch.state === 'stopped') refuse('coupon_batch.wrong_state', { state: batch.state });
  await db.updateTable('coupon_batch').set({ state: 'stopped' }).where('id', '=', id).execute();
}
