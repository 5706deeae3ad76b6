import { randomUUIDv7 } from 'node:crypto';
import type { orders as ordersContract } from '@tongshang/contract';
import { earnPoints, pointsForFen, returnPoints } from '../../base/membership/index.ts';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { dayOf } from '../../platform/time.ts';
import { listLocations, returnStock } from '../../supply/inventory/index.ts';
import { linesOf, lockOrder, noteOrder, type OrderLineFacts } from '../orders/index.ts';
import { refundOrder } from '../payments/index.ts';
import { returnRecorded } from './events.ts';
import { type GivenBack, givenBackOf, lineKey, nothingBack, unitsGone } from './queries.ts';
import { newReturnNumber, shareOfReturn } from './return.ts';
import { returns, type ReturnSource } from './tables.ts';

export interface RecordReturn {
  orderId: string;
  reason: string;
  note?: string | undefined;
  /** Where the goods are now. */
  location: string;
  lines: readonly {
    lineNo: number;
    quantity: number;
    isSellable: boolean;
    /** Which appliances came back; needed where the order has more of them than come back. */
    serials?: readonly string[] | undefined;
  }[];
  source?: ReturnSource;
}

const returnable: readonly ordersContract.OrderState[] = ['partly_shipped', 'shipped', 'delivered'];

/**
 * Takes goods of an order back: their frozen share is refunded, sellable units go back on the shelf at the cost at which they
 * left. Never more comes back than was bought, and of a partly shipped order than has left, however many returns are recorded at once. Refuses `order.not_found`,
 * `order.wrong_state`, `location.not_found`, `return.exceeds_order` with what is left of each line, `serial.not_sold_to_order` for an
 * appliance that this order does not own, and `serial.missing`.
 */
export async function recordReturn(ctx: Ctx, input: RecordReturn): Promise<string> {
  const { orderId, location } = input;
  const order = await lockOrder(ctx, { orderId });
  if (!returnable.includes(order.state)) refuse('order.wrong_state', { state: order.state, moves: [] });
  await checkLocation(ctx, location);
  const sold = await linesOf(ctx.tx, [orderId]);
  const back = await givenBackOf(ctx.tx, [orderId]);
  const left = await unitsGone(ctx.tx, order, sold);
  const lines = decide(input, { sold, back, left, isWhole: order.state !== 'partly_shipped' });
  const refundFen = lines.reduce((sum, line) => sum + line.amountFen, 0);

  const returnId = randomUUIDv7();
  const number = newReturnNumber(dayOf(ctx.now));
  await save(ctx, { returnId, number, refundFen, input, order, lines });
  await refundOrder(ctx, { orderId, amountFen: refundFen, cause: `return:${returnId}`, reason: 'return' });
  await settlePoints(ctx, { returnId, order, lines });
  await noteOrder(ctx, { orderId, what: 'return_recorded', details: { returnId, number, refundFen } });
  await emit(ctx, returnRecorded, { returnId, orderId });
  const goods = lines.map(({ orderLineNo, sku, quantity, unitCostFen, isRestocked, serials }) => {
    return { lineNo: orderLineNo, sku, quantity, unitCostFen, isSellable: isRestocked, serials };
  });
  await returnStock(ctx, { orderId, cause: `return:${number}`, location, lines: goods });
  return returnId;
}

async function checkLocation(ctx: Ctx, location: string): Promise<void> {
  const isOthers = ctx.actor.kind === 'staff' && ctx.actor.location !== undefined && ctx.actor.location !== location;
  const { items } = await listLocations(ctx.tx);
  if (isOthers || !items.some(({ code }) => code === location)) refuse('location.not_found', { location });
}

type DecidedLine = ReturnType<typeof decide>[number];

interface Known {
  sold: readonly OrderLineFacts[];
  back: ReadonlyMap<string, GivenBack>;
  left: ReadonlyMap<number, number>;
  isWhole: boolean;
}

function decide({ orderId, lines }: RecordReturn, { sold, back, left, isWhole }: Known) {
  const soFar = new Map(sold.map(({ lineNo }) => [lineNo, back.get(lineKey({ orderId, lineNo })) ?? nothingBack]));
  return lines.map(({ lineNo, quantity, isSellable, serials }, index) => {
    const line = sold.find((one) => one.lineNo === lineNo);
    const before = soFar.get(lineNo) ?? nothingBack;
    const returnable = (left.get(lineNo) ?? 0) - before.quantity;
    if (line === undefined || quantity > returnable)
      return refuse('return.exceeds_order', { lines: [{ lineNo, wanted: quantity, returnable }] });
    const units = { sold: line.quantity, calledOff: line.cancelledQuantity, before: before.quantity, quantity, isWhole };
    const amountFen = shareOfReturn(line.amountFen - line.givenBackFen, units, before.amountFen);
    const taxFen = shareOfReturn(line.taxFen, units, before.taxFen);
    soFar.set(lineNo, {
      quantity: before.quantity + quantity,
      amountFen: before.amountFen + amountFen,
      taxFen: before.taxFen + taxFen,
    });
    return {
      lineNo: index + 1,
      orderLineNo: lineNo,
      sku: line.sentSku ?? line.sku,
      productId: line.productId,
      category: line.category,
      name: line.name,
      quantity,
      amountFen,
      points: shareOfReturn(line.points, units),
      taxFen,
      unitCostFen: line.unitCostFen,
      isRestocked: isSellable,
      serials,
    };
  });
}

/** Points that paid for the goods come back; points that the goods earned go with them. */
async function settlePoints(
  ctx: Ctx,
  { returnId, order: { id: orderId, customerId, state }, lines }: Pick<Saved, 'returnId' | 'order' | 'lines'>,
): Promise<void> {
  if (customerId === null) return;
  const sum = (of: (line: DecidedLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  const cause = `return:${returnId}`;
  const points = sum((line) => line.points);
  if (points > 0) await returnPoints(ctx, [{ orderId, customerId, points, cause }]);
  if (state !== 'delivered') return; // nothing was earned yet
  const goodsFen = -sum((line) => line.amountFen);
  await earnPoints(ctx, [{ customerId, cause, points: pointsForFen(goodsFen), goodsFen }]);
}

interface Saved {
  returnId: string;
  number: string;
  refundFen: number;
  input: RecordReturn;
  order: {
    id: string;
    state: ordersContract.OrderState;
    channel: string;
    store: string | null;
    customerId: string | null;
    currency: string;
  };
  lines: readonly DecidedLine[];
}

async function save(ctx: Ctx, { returnId, number, refundFen, input, order, lines }: Saved): Promise<void> {
  const db = returns(ctx.tx);
  await db
    .insertInto('return')
    .values({
      id: returnId,
      number,
      order_id: order.id,
      channel: order.channel,
      store: order.store,
      customer_id: order.customerId,
      external_id: null,
      source: input.source ?? 'live',
      reason: input.reason,
      note: input.note ?? null,
      currency: order.currency,
      refund_fen: refundFen,
      received_at: ctx.now,
      actor: actorLabel(ctx.actor).name,
    })
    .execute();
  const rows = lines.map((line) => ({
    return_id: returnId,
    line_no: line.lineNo,
    order_id: order.id,
    order_line_no: line.orderLineNo,
    sku: line.sku,
    product_id: line.productId,
    category: line.category,
    name: line.name,
    quantity: line.quantity,
    amount_fen: line.amountFen,
    tax_fen: line.taxFen,
    unit_cost_fen: line.unitCostFen,
    is_restocked: line.isRestocked,
  }));
  await db.insertInto('line').values(rows).execute();
}
