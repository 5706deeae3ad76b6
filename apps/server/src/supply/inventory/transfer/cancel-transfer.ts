import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { moveStock, type StockMove } from '../move-stock.ts';
import { byPlace } from '../stock.ts';
import { inventory } from '../tables.ts';
import { lockTransfer } from './lock-transfer.ts';
import { place } from './move-serials.ts';

/** Calls a transfer off; units that were on the way are back at the sender, at the cost at which they left. */
export async function cancelTransfer(ctx: Ctx, { id, reason }: { id: string; reason: string }): Promise<void> {
  const transfer = await lockTransfer(ctx, id, 'cancel');
  if (transfer.wasSent) {
    const cause = `transfer:${transfer.number}`;
    const moves: StockMove[] = transfer.lines
      .flatMap(({ sku, unitCostFen, parts }) =>
        parts.map(({ lot, expiresOn, quantity }) => ({
          sku,
          location: transfer.from,
          lot: lot === '' ? undefined : lot,
          expiresOn: expiresOn ?? undefined,
          quantity,
          unitCostFen,
          reason,
        })),
      )
      .toSorted(byPlace);
    await moveStock(ctx, { kind: 'transfer_in', cause, moves });
    await place(
      ctx,
      cause,
      transfer.lines.flatMap(({ sku, serials }) =>
        serials.map((serial) => ({ sku, serial, location: transfer.from, what: 'moved' as const })),
      ),
    );
  }
  await inventory(ctx.tx)
    .updateTable('transfer')
    .set({ state: 'cancelled', cancelled_by: actorLabel(ctx.actor).name, cancelled_at: ctx.now, cancel_reason: reason })
    .where('id', '=', id)
    .execute();
}
