import type { insight as contract } from '@tongshang/contract';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { productRequestSettled } from './events.ts';
import { getRequest } from './queries.ts';
import { insight } from './tables.ts';

interface Settle {
  id: string;
  state: contract.ProductRequest['state'];
  reason?: string | undefined;
  version: number;
}

/**
 * Says what becomes of a wish, and of all that have the same words and are in the same state. Refuses `product_request.not_found`, and
 * `product_request.changed` when somebody was faster.
 */
export async function settleRequest(ctx: Ctx, { id, state, reason, version }: Settle): Promise<contract.ProductRequest> {
  const found = await insight(ctx.tx)
    .selectFrom('product_request')
    .select(['key', 'text', 'state', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (found === undefined) return refuse('product_request.not_found', { id });
  if (found.version !== version) refuse('product_request.changed', { seen: version, current: found.version });
  const settled = await insight(ctx.tx)
    .updateTable('product_request')
    .set((eb) => ({
      state,
      reason: reason ?? null,
      decided_by: actorLabel(ctx.actor).name,
      decided_at: ctx.now,
      version: eb('version', '+', 1),
    }))
    .where('key', '=', found.key)
    .where('state', '=', found.state)
    .executeTakeFirst();
  const count = Number(settled.numUpdatedRows);
  await emit(ctx, productRequestSettled, { id, text: found.text, state, reason: reason ?? null, settled: count });
  return getRequest(ctx.tx, id);
}
