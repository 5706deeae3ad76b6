import { storefront as contract } from '@tongshang/contract';
import type { Tx } from '../../platform/db.ts';
import { availabilityOf } from '../../supply/inventory/index.ts';
import { pricesAt } from '../pricing/index.ts';
import type { Moment } from './card.ts';

/** Prices and stock of these SKUs as they are now in the shop and where its parcels leave from: two statements for any number. */
export async function momentOf(tx: Tx, skus: readonly string[], at: Date): Promise<Moment> {
  const prices = await pricesAt(tx, { skus, channel: contract.shopChannel, at });
  const stock = await availabilityOf(tx, { skus, locations: [contract.shopLocation], channel: contract.shopChannel, at });
  return { prices, stock };
}
