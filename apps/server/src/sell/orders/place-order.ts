import { createHash, randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { findSkus } from '../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { addMs, dayOf } from '../../platform/time.ts';
import { promiseStock } from '../../supply/inventory/index.ts';
import { openPayment } from '../payments/index.ts';
import { pricesAt } from '../pricing/index.ts';
import { orderPaid, orderPlaced } from './events.ts';
import {
  freightFor,
  lineAmounts,
  newOrderNumber,
  orderAmounts,
  type OrderSource,
  type Recipient,
  unpaidMinutes,
} from './order.ts';

export interface PlaceOrder {
  channel: string;
  store?: string | undefined;
  /** Where the goods leave from. */
  location: string;
  customerId?: string | undefined;
  visitorId?: string | undefined;
  /** `seenFen`: the price of one unit that the buyer was shown. */
  lines: readonly { sku: string; quantity: number; seenFen?: number }[];
  recipient?: Recipient | undefined;
  note?: string | undefined;
  /** What the buyer was shown, fen; another total is refused. */
  expectedTotalFen?: number | undefined;
  /** The same key places one order only; the caller holds a lock that makes it so. */
  placementKey?: string | undefined;
  /** Opens the order without signing in; only its hash is stored. */
  accessToken?: string | undefined;
  /** Who will take the money; `till` means that the caller does, at once. */
  provider: string;
  source?: OrderSource;
}

export interface PlacedOrder {
  orderId: string;
  number: string;
  state: 'placed' | 'paid';
  totalFen: number;
  paymentId: string | undefined;
}

/**
 * Turns lines into an order we owe: price, cost, tax and category are frozen, stock is promised, money is asked for, all or
 * nothing. An order that costs nothing is paid at once. Hot stock rows are locked last and shortest.
 * Refuses `sku.not_found`, `sku.not_for_sale`, `price.missing`, `price.changed`, `stock.insufficient`.
 */
export async function placeOrder(ctx: Ctx, input: PlaceOrder): Promise<PlacedOrder> {
  const lines = await freezeLines(ctx, input);
  const amounts = orderAmounts(lines, freightFor(input.channel, goodsOf(lines)));
  const { totalFen } = amounts;
  if (input.expectedTotalFen !== undefined && input.expectedTotalFen !== totalFen)
    refuse('price.changed', { expectedTotalFen: input.expectedTotalFen, ...amounts, lines: changedLines(lines) });

  const orderId = randomUUIDv7();
  const number = newOrderNumber(dayOf(ctx.now));
  const isPaid = totalFen === 0 && input.provider !== 'till';
  const expiresAt = input.provider === 'till' || isPaid ? undefined : addMs(ctx.now, unpaidMinutes * 60_000);
  await saveOrder(ctx, { orderId, number, input, amounts, expiresAt, isPaid, lines });
  const paymentId =
    expiresAt === undefined
      ? undefined
      : await openPayment(ctx, {
          orderId,
          reference: number,
          provider: input.provider,
          amountFen: totalFen,
          currency,
          expiresAt,
        });

  await emit(ctx, orderPlaced, { orderId, channel: input.channel, totalFen });
  if (isPaid) await emit(ctx, orderPaid, { orderId, totalFen });
  const wanted = lines.map(({ lineNo, sku, quantity }) => ({ lineNo, sku, quantity, location: input.location }));
  await promiseStock(ctx, { orderId, lines: wanted });
  return { orderId, number, state: isPaid ? 'paid' : 'placed', totalFen, paymentId };
}

const currency = 'CNY';

/** What a token is stored as. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');

type FrozenLine = Awaited<ReturnType<typeof freezeLines>>[number];
const goodsOf = (lines: readonly FrozenLine[]): number => lines.reduce((sum, line) => sum + line.quantity * line.unitFen, 0);

const changedLines = (lines: readonly FrozenLine[]) =>
  lines.filter((line) => line.seenFen !== line.unitFen).map(({ sku, seenFen, unitFen }) => ({ sku, seenFen, unitFen }));

async function freezeLines(ctx: Ctx, { lines, channel }: PlaceOrder) {
  const skus = lines.map((line) => line.sku);
  const facts = await findSkus(ctx.tx, skus);
  const prices = await pricesAt(ctx.tx, { skus, channel, at: ctx.now });
  return lines.map(({ sku, quantity, seenFen }, index) => {
    const known = facts.get(sku) ?? refuse('sku.not_found', { sku });
    if (known.state !== 'active') refuse('sku.not_for_sale', { sku });
    const price = prices.get(sku) ?? refuse('price.missing', { sku });
    const terms = { quantity, unitFen: price.amountFen, discountFen: 0, taxRateBp: known.taxRateBp };
    return {
      lineNo: index + 1,
      sku,
      productId: known.productId,
      category: known.category,
      name: known.name,
      nameEn: known.nameEn,
      listFen: price.listFen,
      unitCostFen: known.costFen,
      seenFen,
      ...terms,
      ...lineAmounts(terms),
    };
  });
}

interface NewOrder {
  orderId: string;
  number: string;
  input: PlaceOrder;
  amounts: ReturnType<typeof orderAmounts>;
  expiresAt: Date | undefined;
  isPaid: boolean;
  lines: readonly FrozenLine[];
}

/** Order, lines and the first line of its timeline in one statement: the fast path pays for round trips, not for rows. */
async function saveOrder(ctx: Ctx, { orderId, number, input, amounts, expiresAt, isPaid, lines }: NewOrder): Promise<void> {
  const { recipient } = input;
  const by = actorLabel(ctx.actor);
  const hash = input.accessToken === undefined ? null : tokenHash(input.accessToken);
  await run(
    ctx.tx,
    sql`with placed as (
        insert into orders."order" (id, number, channel, store, customer_id, visitor_id, state, currency, goods_fen, freight_fen, discount_fen,
          tax_fen, total_fen, placed_at, paid_at, expires_at, source, recipient_name, recipient_phone, region, address, note,
          access_token_hash, placement_key)
        values (${orderId}, ${number}, ${input.channel}, ${input.store ?? null}, ${input.customerId ?? null}, ${input.visitorId ?? null},
          ${isPaid ? 'paid' : 'placed'}, ${currency}, ${amounts.goodsFen}, ${amounts.freightFen}, ${amounts.discountFen}, ${amounts.taxFen},
          ${amounts.totalFen}, ${ctx.now}, ${isPaid ? ctx.now : null}, ${expiresAt ?? null}, ${input.source ?? 'live'},
          ${recipient?.name ?? null}, ${recipient?.phone ?? null}, ${recipient?.region ?? null}, ${recipient?.address ?? null},
          ${input.note ?? null}, ${hash}, ${input.placementKey ?? null})
      ), lines as (
        insert into orders.line (order_id, line_no, sku, product_id, category, name, name_en, quantity, list_fen, unit_fen, discount_fen,
          amount_fen, tax_rate_bp, tax_fen, unit_cost_fen, location)
        select ${orderId}::uuid, "lineNo", sku, "productId", category, name, "nameEn", quantity, "listFen", "unitFen", "discountFen",
          "amountFen", "taxRateBp", "taxFen", "unitCostFen", ${input.location}
        from jsonb_to_recordset(${json(lines)}) as l ("lineNo" int, sku text, "productId" uuid, category text, name text, "nameEn" text,
          quantity int, "listFen" bigint, "unitFen" bigint, "discountFen" bigint, "amountFen" bigint, "taxRateBp" int, "taxFen" bigint,
          "unitCostFen" bigint)
      )
      insert into orders.timeline (order_id, at, actor_kind, actor, what, details)
      select ${orderId}::uuid, ${ctx.now}::timestamptz, ${by.kind}, ${by.name}, what, ${json({ totalFen: amounts.totalFen })}
      from unnest(${isPaid ? ['placed', 'paid'] : ['placed']}::text[]) as what`,
  );
}
