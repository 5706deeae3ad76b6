import { sql } from 'kysely';
import { plainArray, textArray } from '../../platform/arrays.ts';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import type { ImportedOrder } from './import-orders.ts';
import type { OrderAmounts, OrderSource } from './order.ts';

/** What the catalogue knew of a SKU when its line was frozen. */
export interface HistoryFacts {
  sku: string;
  productId: string;
  category: string;
  name: string;
  nameEn: string;
  taxRateBp: number;
  costFen: number;
}

export interface HistoryLine {
  facts: HistoryFacts;
  name: string;
  quantity: number;
  listFen: number;
  unitFen: number;
  discountFen: number;
  amountFen: number;
  taxRateBp: number;
  taxFen: number;
  unitCostFen: number;
  location: string | null;
}

export interface HistoryOrder {
  id: string;
  order: ImportedOrder;
  amounts: OrderAmounts;
  lines: readonly HistoryLine[];
}

/**
 * Writes orders and all their lines with one statement and answers the ids of those that were not stored yet. Fast path: lines go over
 * as columns, and what repeats from line to line (order, SKU, name) once, named by its place. (`force_custom_plan` would plan the
 * foreign key's look-up anew for every line: five times as slow as all the rest.)
 */
export async function writeHistory(ctx: Ctx, source: OrderSource, history: readonly HistoryOrder[]): Promise<string[]> {
  const heads = JSON.stringify(history.map(headOf));
  const { numbers, orders, skus, names, locations } = columnsOf(history);
  const by = actorLabel(ctx.actor);
  const rows = await run(
    ctx.tx,
    sql<{ id: string }>`with fresh as (
        insert into orders."order" (id, number, channel, store, customer_id, visitor_id, state, currency, goods_fen, freight_fen, freight_list_fen,
          discount_fen, tax_fen, total_fen, placed_at, paid_at, released_at, shipped_at, delivered_at, cancelled_at, cancel_reason, source,
          external_id, recipient_name, recipient_phone, region, address, note, promised_on, campaign)
        select id, number, channel, store, customer, visitor, state, currency, goods, freight, freight,
          discount, tax, total, placed, paid, released, shipped, delivered, cancelled, reason, ${source},
          external, name, phone, region, address, note, promised, campaign
        from json_to_recordset(${heads}::json) as h (id uuid, number text, channel text, store text, customer uuid, visitor text, state text, currency text,
          goods bigint, freight bigint, discount bigint, tax bigint, total bigint, placed timestamptz, paid timestamptz, released timestamptz,
          shipped timestamptz, delivered timestamptz, cancelled timestamptz, reason text, external text, name text, phone text, region text,
          address text, note text, promised date, campaign text)
        on conflict (channel, external_id) where external_id is not null do nothing returning id
      ), lines as (
        insert into orders.line (order_id, line_no, sku, product_id, category, name, name_en, quantity, list_fen, unit_fen, discount_fen,
          amount_fen, tax_rate_bp, tax_fen, unit_cost_fen, location)
        select fresh.id, l.line_no, s.sku, s.product_id, s.category, n.name, s.name_en, l.quantity, l.list_fen, l.unit_fen, l.discount_fen,
          l.amount_fen, l.tax_rate_bp, l.tax_fen, l.unit_cost_fen, l.location
        from unnest(${plainArray(numbers.order)}::int[], ${plainArray(numbers.lineNo)}::int[], ${plainArray(numbers.sku)}::int[],
          ${plainArray(numbers.name)}::int[], ${plainArray(numbers.quantity)}::int[], ${plainArray(numbers.listFen)}::bigint[],
          ${plainArray(numbers.unitFen)}::bigint[], ${plainArray(numbers.discountFen)}::bigint[], ${plainArray(numbers.amountFen)}::bigint[],
          ${plainArray(numbers.taxRateBp)}::int[], ${plainArray(numbers.taxFen)}::bigint[], ${plainArray(numbers.unitCostFen)}::bigint[],
          ${textArray(locations)}::text[])
          as l (order_at, line_no, sku_at, name_at, quantity, list_fen, unit_fen, discount_fen, amount_fen, tax_rate_bp, tax_fen, unit_cost_fen, location)
        join unnest(${plainArray(orders)}::uuid[]) with ordinality as o (id, at) on o.at = l.order_at
        join fresh on fresh.id = o.id
        join unnest(${textArray(skus.map(({ sku }) => sku))}::text[], ${plainArray(skus.map(({ productId }) => productId))}::uuid[],
          ${textArray(skus.map(({ category }) => category))}::text[], ${textArray(skus.map(({ nameEn }) => nameEn))}::text[])
          with ordinality as s (sku, product_id, category, name_en, at) on s.at = l.sku_at
        join unnest(${textArray(names)}::text[]) with ordinality as n (name, at) on n.at = l.name_at
      ), told as (
        insert into orders.timeline (order_id, at, actor_kind, actor, what)
        select id, ${ctx.now}, ${by.kind}, ${by.name}, 'imported' from fresh
      )
      select id from fresh`,
  );
  return rows.map((row) => row.id);
}

const numberColumns = [
  'quantity',
  'listFen',
  'unitFen',
  'discountFen',
  'amountFen',
  'taxRateBp',
  'taxFen',
  'unitCostFen',
] as const;
type Numbers = Record<(typeof numberColumns)[number] | 'order' | 'lineNo' | 'sku' | 'name', number[]>;

/** The lines of all orders, by column. `order`, `sku` and `name` are places, from 1, in the lists that go with them. */
function columnsOf(history: readonly HistoryOrder[]) {
  const numbers: Numbers = {
    order: [], lineNo: [], sku: [], name: [], quantity: [], listFen: [], unitFen: [], discountFen: [], amountFen: [], taxRateBp: [],
    taxFen: [], unitCostFen: [],
  }; // prettier-ignore
  const skus = new Map<HistoryFacts, number>();
  const names = new Map<string, number>();
  const locations: (string | null)[] = [];
  for (const [index, { lines }] of history.entries())
    for (const [position, line] of lines.entries()) {
      numbers.order.push(index + 1);
      numbers.lineNo.push(position + 1);
      numbers.sku.push(placeOf(skus, line.facts));
      numbers.name.push(placeOf(names, line.name));
      for (const column of numberColumns) numbers[column].push(line[column]);
      locations.push(line.location);
    }
  return { numbers, orders: history.map(({ id }) => id), skus: [...skus.keys()], names: [...names.keys()], locations };
}

function placeOf<Key>(places: Map<Key, number>, key: Key): number {
  const known = places.get(key);
  if (known !== undefined) return known;
  places.set(key, places.size + 1);
  return places.size;
}

function headOf({ id, order, amounts }: HistoryOrder) {
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
    promised: order.promisedOn,
    campaign: order.campaign,
  };
}
