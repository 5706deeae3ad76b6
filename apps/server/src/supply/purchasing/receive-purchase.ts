import { sql } from 'kysely';
import { findSkus } from '../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { receiveStock } from '../inventory/index.ts';
import { purchaseReceived } from './events.ts';
import { lockPurchase } from './lock-purchase.ts';
import { type ArrivedLine, findReceiptProblem, isReceivable, move, type OpenLine } from './purchase.ts';
import { purchasing } from './tables.ts';

export interface ReceivePurchase {
  id: string;
  note?: string | undefined;
  lines: readonly ArrivedLine[];
}

/**
 * Books what arrived, all lines or none: receipt, open quantities and stock in one transaction. Refuses `purchase.exceeds_request` when
 * more came than was asked for, and `purchase.tracking_missing` for a tracked SKU without its lot, expiry day or serial numbers.
 */
export async function receivePurchase(ctx: Ctx, { id, note, lines: arrived }: ReceivePurchase): Promise<void> {
  const request = await lockPurchase(ctx.tx, id);
  if (!isReceivable(request.state)) refuse('purchase.wrong_state', { from: request.state, to: 'received' });
  const open = new Map<number, OpenLine>(request.lines.map((line) => [line.lineNo, line]));
  const tracking = await findSkus(
    ctx.tx,
    request.lines.map((line) => line.sku),
  );
  const problem = findReceiptProblem(open, arrived, tracking);
  if (problem !== undefined) refuse(problem.code, problem.details);
  const lines = arrived.flatMap((line) => {
    const asked = open.get(line.lineNo);
    return asked === undefined ? [] : [{ ...line, sku: asked.sku, unitCostFen: asked.unitCostFen }];
  });
  const wanted = request.lines.reduce((sum, line) => sum + line.quantity - line.received, 0);
  const came = lines.reduce((sum, line) => sum + line.quantity, 0);
  const state = move(request.state, came === wanted ? 'received' : 'partly_received');

  const receiptId = await saveReceipt(ctx, id, note, lines);
  await purchasing(ctx.tx).updateTable('request').set({ state, changed_at: ctx.now }).where('id', '=', id).execute();
  await receiveStock(ctx, { cause: `purchase:${request.number}`, location: request.location, lines });

  await emit(ctx, purchaseReceived, {
    purchaseId: id,
    number: request.number,
    cause: request.cause,
    receiptId,
    state: state === 'received' ? 'received' : 'partly_received',
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
  });
}

async function saveReceipt(
  ctx: Ctx,
  requestId: string,
  note: string | undefined,
  lines: readonly (ArrivedLine & { sku: string })[],
): Promise<string> {
  const { id } = await purchasing(ctx.tx)
    .insertInto('receipt')
    .values({ request_id: requestId, note: note ?? null, received_by: actorLabel(ctx.actor).name, received_at: ctx.now })
    .returning('id')
    .executeTakeFirstOrThrow();
  await run(
    ctx.tx,
    sql`insert into purchasing.receipt_line (receipt_id, position, line_no, sku, quantity, lot, expires_on, serials)
      select ${id}, position, (line ->> 'lineNo')::int, line ->> 'sku', (line ->> 'quantity')::int, line ->> 'lot',
        (line ->> 'expiresOn')::date, array(select jsonb_array_elements_text(coalesce(line -> 'serials', '[]')))
      from jsonb_array_elements(${json(lines)}) with ordinality as given (line, position)`,
  );
  await run(
    ctx.tx,
    sql`update purchasing.request_line set received = received + came.quantity
      from (select "lineNo", sum(quantity)::int as quantity
        from jsonb_to_recordset(${json(lines)}) as l ("lineNo" int, quantity int) group by "lineNo") as came
      where request_id = ${requestId} and line_no = came."lineNo"`,
  );
  return id;
}
