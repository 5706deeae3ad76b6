import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';
import type { ListPrice } from './cart-price/request.ts';
import { holdsAt } from './price.ts';

interface Row extends ListPrice {
  sku: string;
  channel: string | null;
  validFrom: Date;
  validTo: Date | null;
}

export type PricesAtPlace = (sku: string, place: { channel: string; at: Date }) => ListPrice[];

/**
 * What `pricesFor` answers, for any channels and instants between two, both included: one statement for carts of many channels, and for
 * orders of the past as of their own instant.
 */
export async function pricesBetween(
  tx: Tx,
  { skus, from, to, currency = 'CNY' }: { skus: readonly string[]; from: Date; to: Date; currency?: string },
): Promise<PricesAtPlace> {
  const rows = await run(
    tx,
    sql<Row>`select sku, kind, channel, customer_group as "group", from_quantity as "fromQuantity", amount_fen as "amountFen",
        valid_from as "validFrom", valid_to as "validTo"
      from pricing.price
      where sku = any(${[...new Set(skus)]}::text[]) and valid_from <= ${to} and (valid_to is null or valid_to > ${from}) and currency = ${currency}
      order by channel nulls first`, // a channel's own price replaces the general one of the same place below
  );
  const bySku = Map.groupBy(rows, (row) => row.sku);
  return (sku, { channel, at }) => {
    const found = new Map<string, ListPrice>();
    for (const row of bySku.get(sku) ?? []) {
      const { kind, group, fromQuantity, amountFen } = row;
      if ((row.channel !== null && row.channel !== channel) || !holdsAt(row, at)) continue;
      found.set(`${kind}\n${group ?? ''}\n${fromQuantity}`, { kind, group, fromQuantity, amountFen });
    }
    return [...found.values()];
  };
}
