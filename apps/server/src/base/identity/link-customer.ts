import type { Ctx } from '../../platform/ctx.ts';
import { identity } from './tables.ts';

/** From the next request on, this shopper is that customer. */
export async function linkCustomer(ctx: Ctx, { userId, customerId }: { userId: string; customerId: string }): Promise<void> {
  await identity(ctx.tx)
    .updateTable('user')
    .set({ customer_id: customerId, updated_at: ctx.now })
    .where('id', '=', userId)
    .execute();
}
