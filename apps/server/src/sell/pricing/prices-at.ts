import { sql } from 'kysely';
import { findSkus } from '../../base/catalog/index.ts';
import { run, type Tx } from '../../platform/db.ts';
import type { ListPrice } from './cart-price/request.ts';
import { type EffectivePrice, floorOf, priceAt, type PriceKind, type PriceWindow } from './price.ts';

/** What one unit of these SKUs costs everybody in a channel at an instant; one without a price is absent. One statement for any number. */
export async function pricesAt(
  tx: Tx,
  { skus, channel, at }: { skus: readonly string[]; channel: string; at: Date },
): Promise<Map<string, EffectivePrice>> {
  if (skus.length === 0) return new Map();
  const [found] = await run(
    tx, // one row of JSON: hundreds of SKUs a page make reading rows column by column dearer than finding them
    sql<{ windows: Packed[] | null }>`
      select json_agg(json_build_array(id, sku, kind, channel, amount_fen, currency,
        extract(epoch from valid_from) * 1000, extract(epoch from valid_to) * 1000)) as windows
      from pricing.price
      where sku = any(${[...new Set(skus)]}::text[]) and kind in ('list', 'channel', 'markdown') and from_quantity = 1
        and valid_from <= ${at} and (valid_to is null or valid_to > ${at}) and (channel is null or channel = ${channel})`,
  );
  const prices = new Map<string, EffectivePrice>();
  for (const [sku, windows] of Map.groupBy((found?.windows ?? []).map(unpacked), (window) => window.sku)) {
    const price = priceAt(windows, { channel, at });
    if (price !== undefined) prices.set(sku, price);
  }
  return prices;
}

type Packed = [
  id: string, sku: string, kind: PriceKind, channel: string | null, amountFen: number, currency: string, fromMs: number, toMs: number | null,
]; // prettier-ignore

const unpacked = ([id, sku, kind, channel, amountFen, currency, fromMs, toMs]: Packed): PriceWindow & { sku: string } => ({
  id,
  sku,
  kind,
  channel,
  amountFen,
  currency,
  validFrom: new Date(fromMs),
  validTo: toMs === null ? null : new Date(toMs),
});

/**
 * Every price in force of these SKUs in a channel at an instant, as the price of a cart weighs them: also those of customer groups, of
 * members and from a quantity on. Where a channel has a price of its own, the general one of the same place is left out. One statement
 * for any number of carts.
 */
export async function pricesFor(
  tx: Tx,
  { skus, channel, at, currency = 'CNY' }: { skus: readonly string[]; channel: string; at: Date; currency?: string },
): Promise<Map<string, ListPrice[]>> {
  if (skus.length === 0) return new Map();
  const rows = await run(
    tx,
    sql<ListPrice & { sku: string }>`
      select distinct on (sku, kind, customer_group, from_quantity)
        sku, kind, customer_group as "group", from_quantity as "fromQuantity", amount_fen as "amountFen"
      from pricing.price
      where sku = any(${[...new Set(skus)]}::text[]) and valid_from <= ${at} and (valid_to is null or valid_to > ${at})
        and (channel is null or channel = ${channel}) and currency = ${currency}
      order by sku, kind, customer_group, from_quantity, channel nulls last`,
  );
  const prices = new Map<string, ListPrice[]>();
  for (const { sku, ...price } of rows) {
    const known = prices.get(sku);
    if (known === undefined) prices.set(sku, [price]);
    else known.push(price);
  }
  return prices;
}

/** The lowest price of each SKU, VAT included, fen, that keeps the margin floor; an unknown SKU is absent. */
export async function marginFloors(tx: Tx, skus: readonly string[]): Promise<Map<string, number>> {
  const facts = await findSkus(tx, skus);
  return new Map([...facts].map(([sku, fact]) => [sku, floorOf(fact)]));
}
