import type { Ctx } from '../../../platform/ctx.ts';
import { inventory } from '../tables.ts';
import { lockCount } from './submit-count.ts';

/** Calls a count off while it is counted; nothing is booked, and its SKUs may come on another sheet. */
export async function cancelCount(ctx: Ctx, { id, reason }: { id: string; reason: string }): Promise<void> {
  await lockCount(ctx, id);
  await inventory(ctx.tx)
    .updateTable('count')
    .set({ state: 'cancelled', closed_at: ctx.now, note: reason })
    .where('id', '=', id)
    .execute();
}
