import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { asTable } from '../../platform/arrays.ts';
import { run } from '../../platform/db.ts';
import { buyerKeyOf } from './order.ts';
import { type Candidate, locationOf, tokenHash } from './candidate.ts';

/** Orders, lines and the first lines of their timelines in one statement, however many orders there are. */
export async function saveOrders(ctx: Ctx, candidates: readonly Candidate[]): Promise<void> {
  const lines = candidates.flatMap((candidate) =>
    candidate.lines.map((line) => ({
      orderId: candidate.orderId,
      location: locationOf(candidate, line.lineNo),
      expectedOn: candidate.places === undefined ? aheadOn(candidate, line.sku) : undefined,
      ...line,
    })),
  );
  const timeline = candidates.flatMap((candidate) => {
    const by = actorLabel(candidate.input.actor);
    const entry = { orderId: candidate.orderId, kind: by.kind, name: by.name, totalFen: candidate.priced.breakdown.totalFen };
    return candidate.isPaid
      ? [
          { ...entry, what: 'placed' },
          { ...entry, what: 'paid' },
        ]
      : [{ ...entry, what: 'placed' }];
  });
  await run(
    ctx.tx,
    sql`with placed as (
        insert into orders."order" (id, number, channel, store, customer_id, visitor_id, state, currency, goods_fen, freight_fen, freight_list_fen,
          discount_fen, points_fen, points_spent, tax_fen, total_fen, placed_at, paid_at, expires_at, source, recipient_name, recipient_phone,
          region, address, note, access_token_hash, placement_key, buyer_key, coupon_codes, applied, invoice, parcels, pickup_at, promised_on)
        select id, number, channel, store, "customerId", "visitorId", case when "isPaid" then 'paid' else 'placed' end, currency, "goodsFen",
          "freightFen", "freightListFen", "discountFen", "pointsFen", "pointsSpent", "taxFen", "totalFen", ${ctx.now},
          case when "isPaid" then ${ctx.now}::timestamptz end, "expiresAt", source, name, phone, region, address, note, hash, "placementKey",
          "buyerKey", array(select jsonb_array_elements_text("couponCodes")), applied, invoice, parcels, "pickupAt", "promisedOn"
        from ${asTable(candidates.map(orderRow), 'o', orderColumns)}
      ), lines as (
        insert into orders.line (order_id, line_no, sku, product_id, category, name, name_en, quantity, list_fen, unit_fen, discount_fen,
          amount_fen, tax_rate_bp, tax_fen, unit_cost_fen, location, adjustments, is_gift, parcel_no, components, expected_on)
        select "orderId", "lineNo", sku, "productId", category, name, "nameEn", quantity, "listFen", "unitFen", "discountFen",
          "amountFen", "taxRateBp", "taxFen", "unitCostFen", location, adjustments, "isGift", "parcelNo", components, "expectedOn"
        from ${asTable(lines, 'l', lineColumns)}
      )
      insert into orders.timeline (order_id, at, actor_kind, actor, what, details)
      select "orderId", ${ctx.now}, kind, name, what, jsonb_build_object('totalFen', "totalFen")
      from ${asTable(timeline, 't', { orderId: 'uuid', kind: 'text', name: 'text', what: 'text', totalFen: 'bigint' })}`,
  );
}

const orderColumns = {
  id: 'uuid', number: 'text', channel: 'text', store: 'text', customerId: 'uuid', visitorId: 'text', isPaid: 'boolean', currency: 'text',
  goodsFen: 'bigint', freightFen: 'bigint', freightListFen: 'bigint', discountFen: 'bigint', pointsFen: 'bigint', pointsSpent: 'int',
  taxFen: 'bigint', totalFen: 'bigint', expiresAt: 'timestamptz', source: 'text', name: 'text', phone: 'text', region: 'text', address: 'text',
  note: 'text', hash: 'text', placementKey: 'text', buyerKey: 'text', couponCodes: 'jsonb', applied: 'jsonb', invoice: 'jsonb', parcels: 'jsonb',
  pickupAt: 'text', promisedOn: 'date',
} as const; // prettier-ignore

const lineColumns = {
  orderId: 'uuid', lineNo: 'int', sku: 'text', productId: 'uuid', category: 'text', name: 'text', nameEn: 'text', quantity: 'int', listFen: 'bigint',
  unitFen: 'bigint', discountFen: 'bigint', amountFen: 'bigint', taxRateBp: 'int', taxFen: 'bigint', unitCostFen: 'bigint', location: 'text',
  adjustments: 'jsonb', isGift: 'boolean', parcelNo: 'int', components: 'jsonb', expectedOn: 'date',
} as const; // prettier-ignore

const orderRow = ({ input, priced: { breakdown: price }, orderId, number, isPaid, expiresAt }: Candidate) => ({
  id: orderId,
  number,
  channel: input.channel,
  store: input.store,
  customerId: input.customerId,
  visitorId: input.visitorId,
  isPaid,
  currency: price.currency,
  goodsFen: price.goodsFen,
  freightFen: price.freightFen,
  freightListFen: price.freightListFen,
  discountFen: price.discountFen,
  pointsFen: price.pointsFen,
  pointsSpent: price.pointsSpent,
  taxFen: price.taxFen,
  totalFen: price.totalFen,
  expiresAt,
  source: input.source ?? 'live',
  name: input.recipient?.name,
  phone: input.recipient?.phone,
  region: input.recipient?.region,
  address: input.recipient?.address,
  note: input.note,
  hash: input.accessToken === undefined ? undefined : tokenHash(input.accessToken),
  placementKey: input.placementKey,
  buyerKey: buyerKeyOf(input),
  couponCodes: price.applied.flatMap(({ couponCode }) => couponCode ?? []),
  applied: price.applied,
  invoice: input.invoice,
  parcels: input.parcels,
  pickupAt: input.pickupAt,
  promisedOn: input.promisedOn,
});

/** The day that the buyer was told, for what may be sold before it is there. */
const aheadOn = ({ input }: Candidate, sku: string): string | undefined => input.lines.find((line) => line.sku === sku)?.aheadOn;
