import { findSkus } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { allocateLots, promiseStock, releaseUnits } from '../../../supply/inventory/index.ts';
import { fulfilmentsOf, withdrawLines } from '../../../supply/warehouse/index.ts';
import { refundOrder } from '../../payments/index.ts';
import { pricesAt, refundShare } from '../../pricing/index.ts';
import { changeOrder, type LockedOrder, lockOrder, noteOrder } from '../change-order.ts';
import { raiseHolds, releaseHolds } from '../hold/holds.ts';
import { checkStep, refuseStep } from '../order.ts';
import { goOn } from '../review/review-orders.ts';
import { type LineToSend, linesToSend, unitsByLocation, withUnits } from '../sending/lines-to-send.ts';
import { send } from '../sending/release-order.ts';
import { hasLeft } from '../sending/sent.ts';
import { orders } from '../tables.ts';
import { type SubstitutionRow, substitutionsOf } from './substitutions.ts';

export interface ProposeSubstitution {
  orderId: string;
  lineNo: number;
  substituteSku: string;
  /** The buyer said yes already. */
  isAgreed: boolean;
  version?: number | undefined;
}

/**
 * Proposes another SKU for what is left of a line; the order waits for the buyer's word. The price is never raised: what the substitute
 * costs less is given back. Refuses `order.not_found`, `order.wrong_state`, `order.line_not_found`, `order.line_substituted`,
 * `sku.not_found`, `sku.not_for_sale`, `price.missing`, and when it is done at once `stock.insufficient`.
 */
export async function proposeSubstitution(ctx: Ctx, input: ProposeSubstitution): Promise<void> {
  const { orderId, lineNo, substituteSku, isAgreed, version } = input;
  const order = await lockOrder(ctx, { orderId, version });
  checkStep(order.state, 'substitute');
  const line = await findLine(ctx, order, lineNo);
  const refundFen = await cheaperBy(ctx, order, { line, substituteSku });
  const { quantity, sku } = line;
  const row = { order_id: orderId, line_no: lineNo, sku, substitute_sku: substituteSku, quantity, refund_fen: refundFen };
  const { id } = await orders(ctx.tx)
    .insertInto('substitution')
    .values({ ...row, state: 'proposed', at: ctx.now, settled_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await noteOrder(ctx, { orderId, what: 'substitution_proposed', details: { lineNo, sku, substituteSku, refundFen } });
  if (isAgreed) return settleSubstitution(ctx, { orderId, substitutionId: id, isAccepted: true });
  await raiseHolds(ctx, [{ orderId, reason: 'substitution', details: { lineNo, sku, substituteSku, refundFen } }]);
}

async function findLine(ctx: Ctx, order: LockedOrder, lineNo: number): Promise<LineToSend> {
  const lines = (await linesToSend(ctx.tx, [order.id])).get(order.id) ?? [];
  const line = lines.find((one) => one.lineNo === lineNo && one.quantity > 0 && one.components === null);
  if (line === undefined) return refuse('order.line_not_found', { lineNo });
  const open = (await substitutionsOf(ctx.tx, order.id)).some((one) => one.lineNo === lineNo && one.state !== 'declined');
  return open ? refuse('order.line_substituted', { lineNo }) : line;
}

/** What the line's units cost less as the substitute, fen; 0 when that is dearer. */
async function cheaperBy(
  ctx: Ctx,
  order: LockedOrder,
  { line, substituteSku }: { line: LineToSend; substituteSku: string },
): Promise<number> {
  const facts = (await findSkus(ctx.tx, [substituteSku])).get(substituteSku) ?? refuse('sku.not_found', { sku: substituteSku });
  if (facts.state !== 'active' || facts.isKit) refuse('sku.not_for_sale', { sku: substituteSku });
  const price = (await pricesAt(ctx.tx, { skus: [substituteSku], channel: order.channel, at: ctx.now })).get(substituteSku);
  if (price === undefined) return refuse('price.missing', { sku: substituteSku });
  const paidFen = refundShare(line.amountFen, line.soldQuantity, line.soldQuantity - line.quantity, line.quantity);
  return Math.max(0, paidFen - price.amountFen * line.quantity);
}

export interface SettleSubstitution {
  orderId: string;
  substitutionId: string;
  isAccepted: boolean;
}

/**
 * The buyer's answer: taken, the substitute is promised in the same breath in which the line's units go back, and the difference is given
 * back; declined, all stays as it is. Refuses `order.not_found`, `order.wrong_state`, `substitution.not_found`,
 * `substitution.wrong_state`, `stock.insufficient`.
 */
export async function settleSubstitution(ctx: Ctx, { orderId, substitutionId, isAccepted }: SettleSubstitution): Promise<void> {
  const order = await lockOrder(ctx, { orderId });
  checkStep(order.state, 'substitute');
  const found = (await substitutionsOf(ctx.tx, orderId)).find(({ id }) => id === substitutionId);
  if (found === undefined) return refuse('substitution.not_found', { substitutionId });
  if (found.state !== 'proposed') refuse('substitution.wrong_state', { state: found.state });
  const state = isAccepted ? ('accepted' as const) : ('declined' as const);
  await orders(ctx.tx).updateTable('substitution').set({ state, settled_at: ctx.now }).where('id', '=', substitutionId).execute();
  const { lineNo, sku, substituteSku, refundFen } = found;
  const what = isAccepted ? ('substituted' as const) : ('substitution_declined' as const);
  await changeOrder(ctx, order, { what, details: { lineNo, sku, substituteSku, refundFen } });
  await releaseHolds(ctx, { orderIds: [orderId], reasons: ['substitution'] });
  if (isAccepted) await exchange(ctx, order, found);
  await goOn(ctx, [orderId]);
}

async function exchange(ctx: Ctx, order: LockedOrder, { id, lineNo, substituteSku, refundFen }: SubstitutionRow): Promise<void> {
  const { id: orderId, channel } = order;
  const line = (await linesToSend(ctx.tx, [orderId])).get(orderId)?.find((one) => one.lineNo === lineNo);
  if (line === undefined) return refuse('order.line_not_found', { lineNo });
  if ((await fulfilmentsOf(ctx.tx, [orderId])).some(hasLeft)) refuseStep(order.state);
  if (refundFen > 0)
    await refundOrder(ctx, { orderId, amountFen: refundFen, cause: `substitution:${id}`, reason: 'substitution' });
  const places = unitsByLocation(line);
  const others = new Map(places.size > 0 ? places : [[line.location ?? '', line.quantity]]);
  const as = withUnits({ ...line, promises: [], sku: substituteSku }, others);
  if (order.state === 'released') {
    await withdrawLines(ctx, { orderId, lines: [{ lineNo, quantity: line.quantity }], reason: 'substituted' });
    await send(ctx, [order], new Map([[orderId, [as]]]));
  }
  await releaseUnits(ctx, { orderId, lines: [{ lineNo, quantity: 1, of: 1 }] });
  await promiseStock(ctx, { orderId, channel, lines: as.promises });
  if (order.state === 'released') await allocateLots(ctx, [orderId]);
}
