import type { Tx } from '../../platform/db.ts';
import { type ListPrice, pricesAt, pricesBetween, pricesFor } from '../pricing/index.ts';

interface Place {
  channel: string;
  at: Date;
}

export type PricesOf = (sku: string, place: Place) => readonly ListPrice[];

/** Prices in force of these SKUs at the places where carts stand: one statement, however many channels and instants. */
export async function loadPrices(
  tx: Tx,
  { skus, places }: { skus: readonly string[]; places: readonly Place[] },
): Promise<PricesOf> {
  const [place] = places;
  if (place === undefined || skus.length === 0) return () => [];
  if (places.every((other) => other.channel === place.channel && other.at.getTime() === place.at.getTime())) {
    const found = await pricesFor(tx, { skus, ...place });
    return (sku) => found.get(sku) ?? [];
  }
  const instants = places.map(({ at }) => at.getTime()).toSorted((a, b) => a - b);
  return pricesBetween(tx, { skus, from: new Date(instants[0] ?? 0), to: new Date(instants.at(-1) ?? 0) });
}

/** What one unit costs anybody in a channel now, mark-downs included, fen; a SKU without a price is absent. */
export async function pricesNow(tx: Tx, place: Place & { skus: readonly string[] }): Promise<Map<string, number>> {
  return new Map([...(await pricesAt(tx, place))].map(([sku, price]) => [sku, price.amountFen]));
}
