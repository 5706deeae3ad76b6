import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { findSkus } from '../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { emitMany } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { ordersImported } from './events.ts';
import { lineAmounts, orderAmounts, type OrderSource, type OrderState, type Recipient } from './order.ts';

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
  freightFen?: number | undefined;
  recipient?: Recipient | undefined;
  note?: string | undefined;
  lines: readonly ImportedLine[];
}

export interface ImportOrders {
  importId: string;
  source?: Exclude<OrderSource, 'live'>;
  orders: readonly ImportedOrder[];
}

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
export async function importOrders(ctx: Ctx, { importId, source = 'import', orders }: ImportOrders): Promise<ImportedOutcome[]> {
  const outcomes: ImportedOutcome[] = [];
  for (let start = 0; start < orders.length; start += chunkSize) {
    outcomes.push(...(await importChunk(ctx, importId, source, orders.slice(start, start + chunkSize))));
  }
  return outcomes;
}

async function importChunk(
  ctx: Ctx,
  importId: string,
  source: OrderSource,
  orders: readonly ImportedOrder[],
): Promise<ImportedOutcome[]> {
  const facts = await catalogFacts(ctx, orders);
  const frozen = firstOfEach(orders).map((order) => freeze(order, facts));

  const written = await insertAll(ctx, source, frozen);
  const outcomes = await judge(ctx, orders, frozen, new Set(written));

  await emitMany(ctx, ordersImported, written.length > 0 ? [{ importId, orderIds: written }] : []);
  return outcomes;
}

async function catalogFacts(ctx: Ctx, orders: readonly ImportedOrder[]) {
  const skus = [...new Set(orders.flatMap((order) => order.lines.map((line) => line.sku)))];
  const facts = await findSkus(ctx.tx, skus);
  const missing = skus.filter((sku) => !facts.has(sku));
  if (missing.length > 0) refuse('sku.not_found', { sku: missing[0], skus: missing });
  return facts;
}

const keyOf = ({ channel, externalId }: { channel: string; externalId: string }): string => `${channel}\n${externalId}`;
const firstOfEach = (orders: readonly ImportedOrder[]): ImportedOrder[] =>
  [...new Map(orders.toReversed().map((order) => [keyOf(order), order])).values()].toReversed();

type Frozen = ReturnType<typeof freeze>;

function freeze(order: ImportedOrder, facts: Awaited<ReturnType<typeof findSkus>>) {
  const id = randomUUIDv7();
  const lines = order.lines.map((line, index) => {
    const known = facts.get(line.sku);
    const taxRateBp = line.taxRateBp ?? known?.taxRateBp ?? 0;
    const terms = { quantity: line.quantity, unitFen: line.unitFen, discountFen: line.discountFen ?? 0, taxRateBp };
    return {
      orderId: id,
      lineNo: index + 1,
      sku: line.sku,
      productId: known?.productId ?? null,
      category: known?.category ?? null,
      name: line.name ?? known?.name ?? line.sku,
      nameEn: known?.nameEn ?? '',
      listFen: line.listFen ?? line.unitFen,
      unitCostFen: line.unitCostFen ?? known?.costFen ?? 0,
      location: line.location ?? null,
      ...terms,
      ...lineAmounts(terms),
    };
  });
  return { id, order, amounts: orderAmounts(lines, order.freightFen ?? 0), lines };
}

/** One statement for up to 1,000 orders and all their lines; json (not jsonb) parameters are read once, as they stream by. */
async function insertAll(ctx: Ctx, source: OrderSource, frozen: readonly Frozen[]): Promise<string[]> {
  const heads = JSON.stringify(frozen.map(headOf));
  const lines = JSON.stringify(frozen.flatMap((one) => one.lines));
  const by = actorLabel(ctx.actor);
  const rows = await run(
    ctx.tx,
    sql<{ id: string }>`with fresh as (
        insert into orders."order" (id, number, channel, store, customer_id, visitor_id, state, currency, goods_fen, freight_fen, discount_fen, tax_fen,
          total_fen, placed_at, paid_at, released_at, shipped_at, delivered_at, cancelled_at, cancel_reason, source, external_id,
          recipient_name, recipient_phone, region, address, note)
        select id, number, channel, store, customer, visitor, state, currency, goods, freight, discount, tax, total,
          placed, paid, released, shipped, delivered, cancelled, reason, ${source}, external, name, phone, region, address, note
        from json_to_recordset(${heads}::json) as h (id uuid, number text, channel text, store text, customer uuid, visitor text, state text, currency text,
          goods bigint, freight bigint, discount bigint, tax bigint, total bigint, placed timestamptz, paid timestamptz, released timestamptz,
          shipped timestamptz, delivered timestamptz, cancelled timestamptz, reason text, external text, name text, phone text, region text,
          address text, note text)
        on conflict (channel, external_id) do nothing returning id
      ), lines as (
        insert into orders.line (order_id, line_no, sku, product_id, category, name, name_en, quantity, list_fen, unit_fen, discount_fen,
          amount_fen, tax_rate_bp, tax_fen, unit_cost_fen, location)
        select "orderId", "lineNo", sku, "productId", category, name, "nameEn", quantity, "listFen", "unitFen", "discountFen",
          "amountFen", "taxRateBp", "taxFen", "unitCostFen", location
        from json_to_recordset(${lines}::json) as l ("orderId" uuid, "lineNo" int, sku text, "productId" uuid, category text, name text,
          "nameEn" text, quantity int, "listFen" bigint, "unitFen" bigint, "discountFen" bigint, "amountFen" bigint, "taxRateBp" int,
          "taxFen" bigint, "unitCostFen" bigint, location text)
        join fresh on fresh.id = l."orderId"
      ), told as (
        insert into orders.timeline (order_id, at, actor_kind, actor, what)
        select id, ${ctx.now}, ${by.kind}, ${by.name}, 'imported' from fresh
      )
      select id from fresh`,
  );
  return rows.map((row) => row.id);
}

function headOf({ id, order, amounts }: Frozen) {
  const { placedAt, state = 'delivered', recipient } = order;
  const isDefault = order.state === undefined && order.paidAt === undefined;
  const done = isDefault ? placedAt : undefined;
  return {
    id,
    number: `${order.channel.toUpperCase()}-${order.externalId}`,
    channel: order.channel,
    store: order.store,
    customer: order.customerId,
    visitor: order.visitorId,
    state,
    currency: order.currency ?? 'CNY',
    goods: amounts.goodsFen,
    freight: amounts.freightFen,
    discount: amounts.discountFen,
    tax: amounts.taxFen,
    total: amounts.totalFen,
    placed: placedAt,
    paid: order.paidAt ?? done,
    released: order.releasedAt ?? done,
    shipped: order.shippedAt ?? done,
    delivered: order.deliveredAt ?? done,
    cancelled: order.cancelledAt,
    reason: order.cancelReason,
    external: order.externalId,
    ...recipient,
    note: order.note,
  };
}

/** Says of each given order whether it is new, stored already, or stored with other figures. */
async function judge(ctx: Ctx, given: readonly ImportedOrder[], frozen: readonly Frozen[], written: ReadonlySet<string>) {
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
