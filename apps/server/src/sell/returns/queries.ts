import type { returns as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { addDays, startOfDay } from '../../platform/time.ts';
import { serialsOf } from '../../supply/inventory/index.ts';
import { fulfilmentsOf } from '../../supply/warehouse/index.ts';
import { getOrderHead, linesOf } from '../orders/index.ts';
import { type ReturnSource, returns } from './tables.ts';

type Return = z.input<typeof contract.Return>;

const columns = [
  'id', 'number', 'order_id as orderId', 'channel', 'store', 'external_id as externalId', 'source', 'reason', 'note',
  'refund_fen as refundFen', 'received_at as receivedAt', 'actor',
] as const; // prettier-ignore

/** Returns, newest first; a clerk sees those of the own store. */
export async function listReturns(
  ctx: Ctx,
  { orderId, channel, from, to, after, limit }: z.output<typeof contract.listReturns.query>,
): Promise<z.input<typeof contract.listReturns.reply>> {
  let query = ownReturns(ctx);
  if (orderId !== undefined) query = query.where('order_id', '=', orderId);
  if (channel !== undefined) query = query.where('channel', '=', channel);
  if (from !== undefined) query = query.where('received_at', '>=', startOfDay(from));
  if (to !== undefined) query = query.where('received_at', '<', startOfDay(addDays(to, 1)));
  if (after !== undefined) query = query.where(isBefore(after));
  const rows = await query
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? `${last.receivedAt.toISOString()}_${last.id}` : null;
  return { items: await withLines(ctx.tx, shown), next };
}

/** One return with its lines. Refuses `return.not_found`. */
export async function getReturn(ctx: Ctx, returnId: string): Promise<Return> {
  const rows = await ownReturns(ctx).where('id', '=', returnId).execute();
  const [found] = await withLines(ctx.tx, rows);
  return found ?? refuse('return.not_found', { returnId });
}

function ownReturns(ctx: Ctx) {
  const query = returns(ctx.tx).selectFrom('return').select(columns);
  const own = ctx.actor.kind === 'staff' ? ctx.actor.location : undefined;
  return own === undefined ? query : query.where('store', '=', own);
}

function isBefore(after: string) {
  const [at = '', id = ''] = after.split('_');
  if (Number.isNaN(Date.parse(at)) || !/^[\da-f-]{36}$/.test(id))
    refuse('request.invalid', { issues: [{ at: 'query', path: 'after' }] });
  return sql<boolean>`(received_at, id) < (${at}::timestamptz, ${id}::uuid)`;
}

async function withLines(
  tx: Tx,
  rows: readonly (Omit<Return, 'lines' | 'receivedAt'> & { receivedAt: Date })[],
): Promise<Return[]> {
  if (rows.length === 0) return [];
  const lines = await returns(tx)
    .selectFrom('line')
    .select(['return_id as returnId', 'line_no as lineNo', 'order_id as orderId', 'order_line_no as orderLineNo', 'sku', 'name'])
    .select(['quantity', 'amount_fen as amountFen', 'is_restocked as isRestocked'])
    .where(
      'return_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('line_no')
    .execute();
  const byReturn = Map.groupBy(lines, (line) => line.returnId);
  return rows.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString(), lines: byReturn.get(row.id) ?? [] }));
}

/** What of an order may still come back. Refuses `order.not_found`. */
export async function getReturnable(ctx: Ctx, orderId: string): Promise<z.input<typeof contract.Returnable>> {
  const { state } = await getOrderHead(ctx, orderId);
  const [lines, returned] = [await linesOf(ctx.tx, [orderId]), await returnedOf(ctx.tx, [orderId])];
  const gone = await unitsGone(ctx.tx, { id: orderId, state }, lines);
  const owned = Map.groupBy(await serialsOf(ctx.tx, [orderId]), (one) => one.sku);
  return {
    orderId,
    lines: lines.map(({ lineNo, sku, name, quantity }) => {
      const back = returned.get(lineKey({ orderId, lineNo })) ?? 0;
      const serials = owned.get(sku)?.map(({ serial }) => serial) ?? [];
      return {
        lineNo,
        sku,
        name,
        bought: quantity,
        returned: back,
        returnable: Math.max(0, (gone.get(lineNo) ?? 0) - back),
        serials,
      };
    }),
  };
}

export const lineKey = ({ orderId, lineNo }: { orderId: string; lineNo: number }): string => `${orderId}/${lineNo}`;

export interface GivenBack {
  quantity: number;
  amountFen: number;
  taxFen: number;
}
export const nothingBack: GivenBack = { quantity: 0, amountFen: 0, taxFen: 0 };

/** Units that came back and what they were worth, by order line. */
export async function givenBackOf(tx: Tx, orderIds: readonly string[]): Promise<Map<string, GivenBack>> {
  const rows = await run(
    tx,
    sql<
      GivenBack & { orderId: string; lineNo: number }
    >`select order_id as "orderId", order_line_no as "lineNo", sum(quantity)::int as quantity,
        sum(amount_fen)::bigint as "amountFen", sum(tax_fen)::bigint as "taxFen"
      from returns.line where order_id = any(${[...orderIds]}::uuid[]) group by order_id, order_line_no`,
  );
  return new Map(rows.map((row) => [lineKey(row), row]));
}

/** Units of each line that the buyer has, or is about to have: all that were not called off, of a partly shipped order those that left. */
export async function unitsGone(
  tx: Tx,
  { id, state }: { id: string; state: string },
  lines: readonly { lineNo: number; quantity: number; cancelledQuantity: number }[],
): Promise<Map<number, number>> {
  if (state !== 'partly_shipped') return new Map(lines.map((line) => [line.lineNo, line.quantity - line.cancelledQuantity]));
  const gone = new Map<number, number>();
  for (const { leftAt, state: where, lines: sent } of await fulfilmentsOf(tx, [id]))
    if (leftAt !== null && where !== 'cancelled')
      for (const { lineNo, quantity } of sent) gone.set(lineNo, (gone.get(lineNo) ?? 0) + quantity);
  return gone;
}

/** Units that came back, by order line. */
export async function returnedOf(tx: Tx, orderIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await run(
    tx,
    sql<{ orderId: string; lineNo: number; units: number }>`
      select order_id as "orderId", order_line_no as "lineNo", sum(quantity)::int as units from returns.line
      where order_id in (select jsonb_array_elements_text(${json(orderIds)})::uuid) group by order_id, order_line_no`,
  );
  return new Map(rows.map((row) => [lineKey(row), row.units]));
}

interface ReturnLineFacts {
  lineNo: number;
  orderId: string | null;
  orderLineNo: number | null;
  sku: string;
  productId: string | null;
  category: string | null;
  quantity: number;
  amountFen: number;
  taxFen: number;
  /** Cost of one unit when it was sold, fen. */
  unitCostFen: number;
  isRestocked: boolean;
}

/** A return as analytics needs it; nothing in it ever changes. */
export interface ReturnFacts {
  returnId: string;
  orderId: string | null;
  channel: string;
  store: string | null;
  customerId: string | null;
  source: ReturnSource;
  /** One of the contract's reasons, or what an imported file says. */
  reason: string;
  currency: string;
  refundFen: number;
  receivedAt: Date;
  lines: ReturnLineFacts[];
}

/** The facts of these returns with their lines; unknown ids are left out. */
export async function factsOf(tx: Tx, returnIds: readonly string[]): Promise<ReturnFacts[]> {
  if (returnIds.length === 0) return [];
  const heads = await run(
    tx,
    sql<
      Omit<ReturnFacts, 'lines'>
    >`select id as "returnId", order_id as "orderId", channel, store, customer_id as "customerId", source, reason, currency,
        refund_fen as "refundFen", received_at as "receivedAt"
      from returns.return where id in (select jsonb_array_elements_text(${json(returnIds)})::uuid) order by received_at, id`,
  );
  const lines = await run(
    tx,
    sql<ReturnLineFacts & { returnId: string }>`select return_id as "returnId", line_no as "lineNo", order_id as "orderId",
        order_line_no as "orderLineNo", sku, product_id as "productId", category, quantity, amount_fen as "amountFen", tax_fen as "taxFen",
        unit_cost_fen as "unitCostFen", is_restocked as "isRestocked"
      from returns.line where return_id in (select jsonb_array_elements_text(${json(returnIds)})::uuid) order by return_id, line_no`,
  );
  const byReturn = Map.groupBy(lines, (line) => line.returnId);
  return heads.map((head) => ({ ...head, lines: byReturn.get(head.returnId) ?? [] }));
}
