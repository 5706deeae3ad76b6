import { sql } from 'kysely';
import { returnPoints } from '../../base/membership/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { releaseUnits } from '../../supply/inventory/index.ts';
import { fulfilmentsOf, withdrawLines } from '../../supply/warehouse/index.ts';
import { closePayments, openPayment, paymentsOf, refundOrder } from '../payments/index.ts';
import { refundShare } from '../pricing/index.ts';
import { cancelOrder } from './cancel-order.ts';
import { type LockedOrder, lockOrder, noteOrder } from './change-order.ts';
import { linesCancelled } from './events.ts';
import { linesOf, type OrderLineFacts } from './facts.ts';
import { markFree } from './mark-paid.ts';
import { checkStep } from './order.ts';
import { hasLeft, unitsOf } from './sending/sent.ts';
import { settleShipping } from './sending/settle-shipping.ts';
import { substitutedLines } from './substitution/substitutions.ts';

export interface CancelLines {
  orderId: string;
  lines: readonly { lineNo: number; quantity: number }[];
  reason: string;
  version?: number | undefined;
}

/**
 * Calls off single lines or units that have not left: their stock goes back, and of what was paid their frozen share, in money and in
 * points; no promotion is run again on what is left. Calling off all of an order calls it off; all that is left of a partly shipped one
 * makes it shipped. Before payment nothing comes back: the order asks for so much less. Refuses `order.not_found`,
 * `order.wrong_state`, `order.line_not_found`, `order.exceeds_line`, `order.line_substituted`, `fulfilment.too_late`.
 */
export async function cancelLines(ctx: Ctx, { orderId, lines, reason, version }: CancelLines): Promise<void> {
  const order = await lockOrder(ctx, { orderId, version });
  checkStep(order.state, 'cancel_lines');
  const sold = await linesOf(ctx.tx, [orderId]);
  const shipped = await shippedOf(ctx, order);
  await checkSubstituted(ctx, orderId, lines);
  const cancelled = decide(sold, lines, shipped);
  const units = (of: readonly { quantity: number }[]) => of.reduce((sum, { quantity }) => sum + quantity, 0);
  const left = units(sold) - sold.reduce((sum, line) => sum + line.cancelledQuantity, 0);
  if (units(cancelled) === left) return cancelOrder(ctx, { orderId, reason });

  const refundFen = cancelled.reduce((sum, line) => sum + line.amountFen, 0);
  await save(ctx, order, { cancelled, refundFen });
  const cause = `lines:${order.version}`; // once a version of the order: a repeated call finds a newer one
  const details = { lines: cancelled.map(({ lineNo, quantity }) => ({ lineNo, quantity })), refundFen, reason };
  await noteOrder(ctx, { orderId, what: 'lines_cancelled', details });
  if (order.state === 'placed') await askForLess(ctx, { ...order, cancelledFen: order.cancelledFen + refundFen });
  else if (refundFen > 0) await refundOrder(ctx, { orderId, amountFen: refundFen, cause, reason: 'lines_cancelled' });
  await givePointsBack(ctx, order, { points: cancelled.reduce((sum, line) => sum + line.points, 0), cause });
  await emit(ctx, linesCancelled, { orderId, lines: cancelled });
  await releaseUnits(ctx, { orderId, lines: await withdraw(ctx, order, cancelled) }); // last: hot stock rows are held shortest
  if (order.state === 'partly_shipped') await settleShipping(ctx, [orderId]);
}

/** The open payment is closed and one of what is still owed takes its place; an order that owes nothing any more is paid. */
async function askForLess(ctx: Ctx, order: LockedOrder): Promise<void> {
  const { id: orderId, number, currency, totalFen, cancelledFen, expiresAt } = order;
  const [open] = (await paymentsOf(ctx.tx, orderId)).filter(({ state }) => state === 'pending');
  await closePayments(ctx, { orderId, reason: 'lines_cancelled' });
  const amountFen = totalFen - cancelledFen;
  if (amountFen === 0) return markFree(ctx, { ...order, version: order.version + 1 });
  if (open === undefined) return; // the last attempt failed; the next asks for the new amount
  await openPayment(ctx, {
    orderId,
    reference: number,
    provider: open.provider,
    amountFen,
    currency,
    expiresAt: expiresAt ?? undefined,
  });
}

/** Units of each line that have left. */
async function shippedOf(ctx: Ctx, { id, state }: LockedOrder): Promise<ReadonlyMap<number, number>> {
  return state === 'partly_shipped' ? unitsOf((await fulfilmentsOf(ctx.tx, [id])).filter(hasLeft)) : new Map();
}

/** What a line was changed for cannot be called off by the unit: its share is no longer the frozen one. */
async function checkSubstituted(ctx: Ctx, orderId: string, lines: CancelLines['lines']): Promise<void> {
  const changed = await substitutedLines(ctx.tx, orderId);
  const line = lines.find(({ lineNo }) => changed.has(lineNo));
  if (line !== undefined) refuse('order.line_substituted', { lineNo: line.lineNo });
}

/** Takes the units out of the work of the places that were to send them; answers from where each goes back. */
async function withdraw(ctx: Ctx, order: LockedOrder, cancelled: readonly CancelledLine[]) {
  if (order.state === 'paid' || order.state === 'placed') return cancelled;
  const lines = cancelled.map(({ lineNo, quantity }) => ({ lineNo, quantity }));
  const withdrawn = await withdrawLines(ctx, { orderId: order.id, lines, reason: 'lines_cancelled' });
  if (withdrawn.length === 0) return cancelled;
  return withdrawn.flatMap(({ location, lines: own }) =>
    own.map(({ lineNo, quantity }) => ({
      lineNo,
      quantity,
      location,
      of: cancelled.find((one) => one.lineNo === lineNo)?.of ?? quantity,
    })),
  );
}

export interface CancelledLine {
  lineNo: number;
  quantity: number;
  /** Units of the line that were still to be sent before this. */
  of: number;
  amountFen: number;
  taxFen: number;
  points: number;
}

/** The frozen share of the units called off, line by line. */
function decide(
  sold: readonly OrderLineFacts[],
  wanted: CancelLines['lines'],
  shipped: ReadonlyMap<number, number>,
): CancelledLine[] {
  const sums = new Map<number, number>();
  for (const { lineNo, quantity } of wanted) sums.set(lineNo, (sums.get(lineNo) ?? 0) + quantity);
  return [...sums].map(([lineNo, quantity]) => {
    const line = sold.find((one) => one.lineNo === lineNo) ?? refuse('order.line_not_found', { lineNo });
    const before = line.cancelledQuantity;
    const rest = line.quantity - before - (shipped.get(lineNo) ?? 0);
    if (quantity > rest) refuse('order.exceeds_line', { lineNo, wanted: quantity, open: rest });
    const share = (amount: number) => refundShare(amount, line.quantity, before, quantity);
    return {
      lineNo,
      quantity,
      of: rest,
      amountFen: share(line.amountFen),
      taxFen: share(line.taxFen),
      points: share(line.points),
    };
  });
}

async function save(
  ctx: Ctx,
  order: LockedOrder,
  { cancelled, refundFen }: { cancelled: readonly CancelledLine[]; refundFen: number },
): Promise<void> {
  await run(
    ctx.tx,
    sql`with told as (
        update orders."order" set cancelled_fen = cancelled_fen + ${refundFen}, version = version + 1 where id = ${order.id}
      )
      insert into orders.line_cancellation (order_id, line_no, quantity, amount_fen, tax_fen, points, at)
      select ${order.id}::uuid, "lineNo", quantity, "amountFen", "taxFen", points, ${ctx.now}
      from jsonb_to_recordset(${json(cancelled)}) as c ("lineNo" int, quantity int, "amountFen" bigint, "taxFen" bigint, points int)`,
  );
}

async function givePointsBack(ctx: Ctx, order: LockedOrder, { points, cause }: { points: number; cause: string }): Promise<void> {
  if (points === 0 || order.customerId === null) return;
  await returnPoints(ctx, [{ orderId: order.id, customerId: order.customerId, points, cause }]);
  await noteOrder(ctx, { orderId: order.id, what: 'points_returned', details: { points } });
}
