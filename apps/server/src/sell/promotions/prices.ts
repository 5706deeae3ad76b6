import type { Tx } from '../../platform/db.ts';
import { type ListPrice, pricesAt } from '../pricing/index.ts';

interface Place {
  channel: string;
  at: Date;
}

export type PricesOf = (sku: string, place: Place) => readonly ListPrice[];

/** Prices in force of these SKUs at the places where carts stand: one statement for each channel and instant. */
export async function loadPrices(
  tx: Tx,
  { skus, places }: { skus: readonly string[]; places: readonly Place[] },
): Promise<PricesOf> {
  const found = new Map<string, Map<string, ListPrice[]>>();
  for (const place of places) {
    if (found.has(placeKey(place))) continue;
    const prices = await pricesAt(tx, { skus, ...place });
    const asList = [...prices].map(([sku, price]) => [sku, listOf(price)] as const);
    found.set(placeKey(place), new Map(asList));
  }
  return (sku, place) => found.get(placeKey(place))?.get(sku) ?? [];
}

/** What one unit costs anybody in a channel now, mark-downs included, fen; a SKU without a price is absent. */
export async function pricesNow(tx: Tx, place: Place & { skus: readonly string[] }): Promise<Map<string, number>> {
  return new Map([...(await pricesAt(tx, place))].map(([sku, price]) => [sku, price.amountFen]));
}

const placeKey = ({ channel, at }: Place): string => `${channel}\n${at.getTime()}`;

function listOf({ amountFen, listFen, kind }: { amountFen: number; listFen: number; kind: string }): ListPrice[] {
  const list: ListPrice = { kind: 'list', group: null, fromQuantity: 1, amountFen: listFen };
  return kind === 'markdown' ? [list, { ...list, kind: 'markdown', amountFen }] : [list];
}
