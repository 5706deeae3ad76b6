import { randomUUIDv7 } from 'node:crypto';
import type { PricedLine } from '@tongshang/contract';
import { sql } from 'kysely';
import { findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { emitMany } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { ordersImported } from './events.ts';
import type { OrderSource, OrderState, Recipient } from './order.ts';
import { priceImported } from './price-imported.ts';
import { type HistoryFacts, type HistoryLine, type HistoryOrder, writeHistory } from './write-history.ts';

interface ImportedLine {
  sku: string;
  quantity: number;
  /** Price of one unit, tax included, fen. */
  unitFen: number;
  listFen?: number | undefined;
  discountFen?: number | undefined;
  /** Frozen from the catalogue when absent, like name, category and cost. */
  taxRateBp?: number | undefined;
  unitCostFen?: number | undefined;
  name?: string | undefined;
  location?: string | undefined;
}

/** An order of the past. Without instants of its own it is taken as paid, shipped and delivered when it was placed. */
export interface ImportedOrder {
  channel: string;
  externalId: string;
  store?: string | undefined;
  customerId?: string | undefined;
  /** The visit that it came from, where one was seen. */
  visitorId?: string | undefined;
  currency?: string | undefined;
  state?: OrderState | undefined;
  placedAt: Date;
  paidAt?: Date | undefined;
  releasedAt?: Date | undefined;
  shippedAt?: Date | undefined;
  deliveredAt?: Date | undefined;
  cancelledAt?: Date | undefined;
  cancelReason?: string | undefined;
  /** The day that the buyer was told. */
  promisedOn?: string | undefined;
  /** By which campaign the buyer came, where the source says so. */
  campaign?: string | undefined;
  freightFen?: number | undefined;
  recipient?: Recipient | undefined;
  note?: string | undefined;
  lines: readonly ImportedLine[];
}

export interface ImportOrders {
  importId: string;
  source?: Exclude<OrderSource, 'live'>;
  orders: readonly ImportedOrder[];
  /** What earlier calls of one run read of the catalogue: read on, and added to. To be emptied when a transaction is undone. */
  facts?: KnownFacts | undefined;
}

export type KnownFacts = Map<string, HistoryFacts>;
/** A run remembers this many SKUs of the catalogue; what goes beyond is asked again. */
const factsMax = 50_000;

interface ImportedOutcome {
  externalId: string;
  channel: string;
  orderId: string;
  /** `different`: this external number is stored already, with another total; the stored order is kept as it is. */
  outcome: 'new' | 'unchanged' | 'different';
}

const chunkSize = 1000;

/**
 * Writes history: frozen orders without stock promises or payments. The same external number is stored once, however often it
 * comes. Answers every given order in its order. Refuses `sku.not_found` with all SKUs that the catalogue lacks.
 */
export async function importOrders(
  ctx: Ctx,
  { importId, source = 'import', orders, facts = new Map() }: ImportOrders,
): Promise<ImportedOutcome[]> {
  const outcomes: ImportedOutcome[] = [];
  for (let start = 0; start < orders.length; start += chunkSize) {
    const chunk = orders.slice(start, start + chunkSize);
    await addFacts(ctx, chunk, facts);
    outcomes.push(...(await importChunk(ctx, { importId, source, orders: chunk, facts })));
  }
  return outcomes;
}

async function importChunk(
  ctx: Ctx,
  { importId, source, orders, facts }: Required<ImportOrders> & { facts: KnownFacts },
): Promise<ImportedOutcome[]> {
  const frozen = firstOfEach(orders).map((order) => freeze(order, facts));

  const written = await writeHistory(ctx, source, frozen);
  const outcomes = await judge(ctx, orders, frozen, new Set(written));

  await emitMany(ctx, ordersImported, written.length > 0 ? [{ importId, orderIds: written }] : []);
  return outcomes;
}

async function addFacts(ctx: Ctx, orders: readonly ImportedOrder[], facts: KnownFacts): Promise<void> {
  const skus = new Set<string>();
  for (const { lines } of orders) for (const { sku } of lines) skus.add(sku);
  if (facts.size > factsMax) facts.clear();
  const unknown = [...skus].filter((sku) => !facts.has(sku));
  const found = await findSkus(ctx.tx, unknown);
  const missing = unknown.filter((sku) => !found.has(sku));
  if (missing.length > 0) refuse('sku.not_found', { sku: missing[0], skus: missing });
  for (const [sku, { productId, category, name, nameEn, taxRateBp, costFen }] of found)
    facts.set(sku, { sku, productId, category, name, nameEn, taxRateBp, costFen });
}

const keyOf = ({ channel, externalId }: { channel: string; externalId: string }): string => `${channel}\n${externalId}`;
const firstOfEach = (orders: readonly ImportedOrder[]): ImportedOrder[] =>
  [...new Map(orders.toReversed().map((order) => [keyOf(order), order])).values()].toReversed();

/** Priced by the one price function, with the file's own prices; what it would not charge so is not stored otherwise. */
function freeze(order: ImportedOrder, known: KnownFacts): HistoryOrder {
  const { channel, currency = 'CNY', placedAt: at, freightFen = 0, externalId } = order;
  const facts = order.lines.map(({ sku }) => known.get(sku) ?? refuse('sku.not_found', { sku }));
  const terms = order.lines.map(({ quantity, unitFen, discountFen = 0, taxRateBp }, index) => ({
    quantity,
    unitFen,
    discountFen,
    taxRateBp: taxRateBp ?? facts[index]?.taxRateBp ?? 0,
  }));
  const price = priceImported({ channel, currency, at, freightFen, lines: terms });
  const lines = order.lines.map((line, index) => {
    const [own, priced, term] = [facts[index], price.lines[index], terms[index]];
    if (own === undefined || priced === undefined || term === undefined) throw new Error('a line came back without a price');
    if (priced.discountFen !== term.discountFen) refuse('request.invalid', { field: 'discountFen', externalId, sku: line.sku });
    return historyLine(line, own, priced);
  });
  const { goodsFen, discountFen, taxFen } = price;
  const totalFen = goodsFen - discountFen + freightFen; // a bill of postage alone has a freight, and no goods that would carry one
  return { id: randomUUIDv7(), order, amounts: { goodsFen, discountFen, freightFen, taxFen, totalFen }, lines };
}

const historyLine = (
  line: ImportedLine,
  facts: HistoryFacts,
  { quantity, unitFen, discountFen, amountFen, taxRateBp, taxFen }: PricedLine,
): HistoryLine => ({
  facts,
  name: line.name ?? facts.name,
  quantity,
  listFen: line.listFen ?? unitFen,
  unitFen,
  discountFen,
  amountFen,
  taxRateBp,
  taxFen,
  unitCostFen: line.unitCostFen ?? facts.costFen,
  location: line.location ?? null,
});

/** Says of each given order whether it is new, stored already, or stored with other figures. */
async function judge(ctx: Ctx, given: readonly ImportedOrder[], frozen: readonly HistoryOrder[], written: ReadonlySet<string>) {
  const byKey = new Map(frozen.map((one) => [keyOf(one.order), one]));
  const before = frozen
    .filter((one) => !written.has(one.id))
    .map(({ order: { channel, externalId } }) => ({ channel, externalId }));
  const stored = before.length === 0 ? [] : await storedOrders(ctx, before);
  const storedByKey = new Map(stored.map((row) => [keyOf(row), row]));
  const seen = new Set<string>();
  return given.map((order): ImportedOutcome => {
    const key = keyOf(order);
    const own = byKey.get(key);
    const { channel, externalId } = order;
    if (own !== undefined && written.has(own.id)) {
      const outcome = !seen.has(key) ? 'new' : own.order === order ? 'unchanged' : 'different';
      seen.add(key);
      return { channel, externalId, orderId: own.id, outcome };
    }
    const old = storedByKey.get(key);
    const isSame =
      old !== undefined && old.totalFen === own?.amounts.totalFen && old.placedAt.getTime() === order.placedAt.getTime();
    return { channel, externalId, orderId: old?.id ?? '', outcome: isSame ? 'unchanged' : 'different' };
  });
}

const storedOrders = (ctx: Ctx, keys: readonly { channel: string; externalId: string }[]) =>
  run(
    ctx.tx,
    sql<{ id: string; channel: string; externalId: string; totalFen: number; placedAt: Date }>`
      select o.id, o.channel, o.external_id as "externalId", o.total_fen as "totalFen", o.placed_at as "placedAt"
      from json_to_recordset(${JSON.stringify(keys)}::json) as k (channel text, "externalId" text)
      join orders."order" o on o.channel = k.channel and o.external_id = k."externalId"`,
  );
