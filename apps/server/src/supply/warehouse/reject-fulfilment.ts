import type { Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { fulfilmentRejected } from './events.ts';
import { move, type RejectReason, soldLines } from './fulfilment.ts';
import { lockOne, note } from './lock-fulfilments.ts';
import { warehouse } from './tables.ts';

export interface RejectFulfilment {
  fulfilmentId: string;
  reason: RejectReason;
  note?: string | undefined;
  version?: number | undefined;
}

/**
 * A location says that it cannot send a fulfilment, before it is packed; another is sought by whoever reacts. Refuses
 * `fulfilment.not_found`, `fulfilment.wrong_state`.
 */
export async function rejectFulfilment(ctx: Ctx, { fulfilmentId, reason, note: text, version }: RejectFulfilment): Promise<void> {
  const fulfilment = await lockOne(ctx, { fulfilmentId, version });
  const state = move(fulfilment.state, 'rejected');
  await warehouse(ctx.tx)
    .updateTable('fulfilment')
    .set((eb) => ({ state, reject_reason: reason, changed_at: ctx.now, version: eb('version', '+', 1) }))
    .where('id', '=', fulfilmentId)
    .execute();
  const { number, location, lines } = fulfilment;
  await note(ctx, [{ fulfilmentId, state, what: 'rejected', details: { reason, ...(text !== undefined && { note: text }) } }]);
  await emit(ctx, fulfilmentRejected, {
    fulfilmentId,
    number,
    location,
    reason,
    isWhole: true,
    units: lines.map(({ sku, quantity }) => ({ sku, quantity })),
    orders: soldLines(lines),
  });
}
