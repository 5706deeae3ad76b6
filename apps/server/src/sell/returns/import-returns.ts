import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { findSkus } from '../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { emitMany } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { taxWithin } from '../../platform/money.ts';
import { lockSales } from '../orders/index.ts';
import { returnsImported } from './events.ts';
import { lineKey, returnedOf } from './queries.ts';
import { type OpenLine, undoSales } from './return.ts';
import type { ReturnSource } from './tables.ts';

/** A return of the past. It undoes the same customer's latest sales of the SKU on the channel before it, as far as they reach. */
export interface ImportedReturn {
  channel: string;
  externalId: string;
  store?: string | undefined;
  customerId?: string | undefined;
  currency?: string | undefined;
  receivedAt: Date;
  reason?: string | undefined;
  note?: string | undefined;
  /** `unitFen`: what one unit was credited, tax included; `isRestocked`: it went back on the shelf then (true unless told otherwise). */
  lines: readonly {
    sku: string;
    quantity: number;
    unitFen: number;
    name?: string | undefined;
    isRestocked?: boolean | undefined;
  }[];
}

export interface ImportReturns {
  importId: string;
  source?: Exclude<ReturnSource, 'live'>;
  returns: readonly ImportedReturn[];
}

export interface ImportedReturnOutcome {
  channel: string;
  externalId: string;
  returnId: string;
  outcome: 'new' | 'unchanged';
  /** Units for which no sale was found; they are kept as returns without an order. */
  unmatchedUnits: number;
}

const chunkSize = 1000;

/**
 * Writes returns of history: no stock moves, no money goes out. The same external number is stored once; no sale is undone by more
 * than was bought. Refuses `sku.not_found` with all SKUs that the catalogue lacks.
 */
export async function importReturns(
  ctx: Ctx,
  { importId, source = 'import', returns }: ImportReturns,
): Promise<ImportedReturnOutcome[]> {
  const outcomes: ImportedReturnOutcome[] = [];
  for (let start = 0; start < returns.length; start += chunkSize) {
    outcomes.push(...(await importChunk(ctx, importId, source, returns.slice(start, start + chunkSize))));
  }
  return outcomes;
}

async function importChunk(
  ctx: Ctx,
  importId: string,
  source: ReturnSource,
  given: readonly ImportedReturn[],
): Promise<ImportedReturnOutcome[]> {
  const stored = new Map((await storedReturns(ctx, given)).map((row) => [keyOf(row), row.id]));
  const seen = new Set<string>();
  const fresh = given.filter((one) => !stored.has(keyOf(one)) && !seen.has(keyOf(one)) && seen.add(keyOf(one)));

  const decided = await decide(ctx, fresh);
  const written = new Set(await insertAll(ctx, source, decided));

  await emitMany(ctx, returnsImported, written.size > 0 ? [{ importId, returnIds: [...written] }] : []);
  const ids = new Map(decided.filter((one) => written.has(one.id)).map((one) => [one.given, one]));
  return given.map((one) => {
    const own = ids.get(one);
    const { channel, externalId } = one;
    if (own === undefined)
      return { channel, externalId, returnId: stored.get(keyOf(one)) ?? '', outcome: 'unchanged', unmatchedUnits: 0 };
    const unmatched = own.lines.filter((line) => line.orderId === null);
    return {
      channel,
      externalId,
      returnId: own.id,
      outcome: 'new',
      unmatchedUnits: unmatched.reduce((sum, line) => sum + line.quantity, 0),
    };
  });
}

const keyOf = ({ channel, externalId }: { channel: string; externalId: string }): string => `${channel}\n${externalId}`;

const storedReturns = (ctx: Ctx, given: readonly ImportedReturn[]) =>
  run(
    ctx.tx,
    sql<{ id: string; channel: string; externalId: string }>`select r.id, r.channel, r.external_id as "externalId"
      from json_to_recordset(${JSON.stringify(given.map(({ channel, externalId }) => ({ channel, externalId })))}::json)
        as k (channel text, "externalId" text)
      join returns.return r on r.channel = k.channel and r.external_id = k."externalId"`,
  );

async function decide(ctx: Ctx, given: readonly ImportedReturn[]) {
  const skus = [...new Set(given.flatMap((one) => one.lines.map((line) => line.sku)))];
  const facts = await findSkus(ctx.tx, skus);
  const missing = skus.filter((sku) => !facts.has(sku));
  if (missing.length > 0) refuse('sku.not_found', { sku: missing[0], skus: missing });
  const open = await openLines(ctx, given);
  return given
    .toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())
    .map((one) => {
      const lines = one.lines.flatMap((line) => {
        const known = facts.get(line.sku);
        const candidates = one.customerId === undefined ? [] : (open.get(saleKey(one.channel, one.customerId, line.sku)) ?? []);
        return undoSales(candidates, line.quantity, one.receivedAt).map(({ line: sale, quantity }) => ({
          orderId: sale?.orderId ?? null,
          orderLineNo: sale?.lineNo ?? null,
          sku: line.sku,
          productId: known?.productId ?? null,
          category: known?.category ?? null,
          name: line.name ?? known?.name ?? line.sku,
          quantity,
          amountFen: quantity * line.unitFen,
          taxFen: taxWithin(quantity * line.unitFen, known?.taxRateBp ?? 0),
          unitCostFen: sale?.unitCostFen ?? known?.costFen ?? 0,
          isRestocked: line.isRestocked ?? true,
        }));
      });
      return { id: randomUUIDv7(), given: one, lines, refundFen: lines.reduce((sum, line) => sum + line.amountFen, 0) };
    });
}

type Decided = Awaited<ReturnType<typeof decide>>[number];
type OpenSale = OpenLine & { unitCostFen: number };
const saleKey = (channel: string, customerId: string, sku: string): string => `${channel}\n${customerId}\n${sku}`;

async function openLines(ctx: Ctx, given: readonly ImportedReturn[]): Promise<Map<string, OpenSale[]>> {
  const open = new Map<string, OpenSale[]>();
  for (const [channel, some] of Map.groupBy(given, (one) => one.channel)) {
    const wanted = some.flatMap(({ customerId, lines }) =>
      customerId === undefined ? [] : lines.map(({ sku }) => ({ customerId, sku })),
    );
    const sales = await lockSales(ctx.tx, { channel, wanted });
    const returned = await returnedOf(ctx.tx, [...new Set(sales.map((sale) => sale.orderId))]);
    for (const sale of sales) {
      const key = saleKey(channel, sale.customerId, sale.sku);
      const line = { ...sale, returned: returned.get(lineKey(sale)) ?? 0 };
      const others = open.get(key);
      if (others === undefined) open.set(key, [line]);
      else others.push(line);
    }
  }
  return open;
}

async function insertAll(ctx: Ctx, source: ReturnSource, decided: readonly Decided[]): Promise<string[]> {
  if (decided.length === 0) return [];
  const heads = decided.map(({ id, given, refundFen, lines }) => ({
    id,
    number: `${given.channel.toUpperCase()}-${given.externalId}`,
    order: onlyOrder(lines),
    channel: given.channel,
    store: given.store,
    customer: given.customerId,
    external: given.externalId,
    reason: given.reason ?? 'other',
    note: given.note,
    currency: given.currency ?? 'CNY',
    refund: refundFen,
    received: given.receivedAt,
  }));
  const lines = decided.flatMap((one) => one.lines.map((line, index) => ({ returnId: one.id, lineNo: index + 1, ...line })));
  const rows = await run(
    ctx.tx,
    sql<{ id: string }>`with fresh as (
        insert into returns.return (id, number, order_id, channel, store, customer_id, external_id, source, reason, note, currency, refund_fen,
          received_at, actor)
        select id, number, "order", channel, store, customer, external, ${source}, reason, note, currency, refund, received,
          ${actorLabel(ctx.actor).name}
        from json_to_recordset(${JSON.stringify(heads)}::json) as h (id uuid, number text, "order" uuid, channel text, store text, customer uuid,
          external text, reason text, note text, currency text, refund bigint, received timestamptz)
        on conflict (channel, external_id) do nothing returning id
      ), lines as (
        insert into returns.line (return_id, line_no, order_id, order_line_no, sku, product_id, category, name, quantity, amount_fen, tax_fen,
          unit_cost_fen, is_restocked)
        select "returnId", "lineNo", "orderId", "orderLineNo", sku, "productId", category, name, quantity, "amountFen", "taxFen",
          "unitCostFen", "isRestocked"
        from json_to_recordset(${JSON.stringify(lines)}::json) as l ("returnId" uuid, "lineNo" int, "orderId" uuid, "orderLineNo" int, sku text,
          "productId" uuid, category text, name text, quantity int, "amountFen" bigint, "taxFen" bigint, "unitCostFen" bigint,
          "isRestocked" boolean)
        join fresh on fresh.id = l."returnId"
      )
      select id from fresh`,
  );
  return rows.map((row) => row.id);
}

/** The order that a return undoes, when it is one. */
function onlyOrder(lines: readonly { orderId: string | null }[]): string | null {
  const ids = new Set(lines.map((line) => line.orderId));
  return ids.size === 1 ? ([...ids][0] ?? null) : null;
}
