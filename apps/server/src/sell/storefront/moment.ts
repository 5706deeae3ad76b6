import { storefront as contract } from '@tongshang/contract';
import type { Tx } from '../../platform/db.ts';
import { onlineAvailability } from '../../supply/routing/index.ts';
import { pricesAt } from '../pricing/index.ts';
import type { Moment } from './card.ts';

/** Prices and stock of these SKUs as they are now in the shop, wherever its parcels leave from: a few statements for any number. */
export async function momentOf(tx: Tx, skus: readonly string[], at: Date): Promise<Moment> {
  const prices = await pricesAt(tx, { skus, channel: contract.shopChannel, at });
  const stock = await onlineAvailability({ tx, now: at }, { skus, channel: contract.shopChannel, first: contract.shopLocation });
  return { prices, stock };
}
