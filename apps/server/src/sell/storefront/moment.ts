import type { Tx } from '../../platform/db.ts';
import { availabilityOf } from '../../supply/inventory/index.ts';
import { pricesAt } from '../pricing/index.ts';
import { type Moment, shopChannel } from './card.ts';

/** Prices and stock of these SKUs as they are now: two statements for any number. */
export async function momentOf(tx: Tx, skus: readonly string[], at: Date): Promise<Moment> {
  const prices = await pricesAt(tx, { skus, channel: shopChannel, at });
  const stock = await availabilityOf(tx, { skus });
  return { prices, stock };
}
