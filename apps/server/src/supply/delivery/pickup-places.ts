import type { Ctx } from '../../platform/ctx.ts';
import { addMs, dayOf } from '../../platform/time.ts';
import { availabilityOf, listLocations } from '../inventory/index.ts';
import { loadTerms } from './load-terms.ts';
import type { WantedLine } from './promise-for-lines.ts';

export interface PickupPlaceFacts {
  location: string;
  name: string;
  nameEn: string;
  address: string;
  phone: string;
  openingHours: string;
  isAvailable: boolean;
  missing: { sku: string; available: number }[];
  readyAt: Date | undefined;
  keepDays: number;
}

/** The stores where a buyer may collect these lines: whether all lies there now, what is missing, and from when it would be ready. */
export async function pickupPlaces(ctx: Ctx, { lines }: { lines: readonly WantedLine[] }): Promise<PickupPlaceFacts[]> {
  const terms = await loadTerms(ctx.tx, dayOf(ctx.now));
  const { items } = await listLocations(ctx.tx);
  const skus = lines.map(({ sku }) => sku);
  const found: PickupPlaceFacts[] = [];
  for (const { code, name, nameEn } of items) {
    const place = terms.places.get(code);
    if (place === undefined || !place.offersPickup) continue;
    const here = await availabilityOf(ctx.tx, { skus, locations: [code] });
    const missing = lines.flatMap(({ sku, quantity }) => {
      const available = here.get(sku) ?? 0;
      return available >= quantity ? [] : [{ sku, available }];
    });
    const isAvailable = missing.length === 0;
    const readyAt = isAvailable ? addMs(ctx.now, place.pickupReadyMinutes * 60_000) : undefined;
    const { address, phone, openingHours, pickupKeepDays: keepDays } = place;
    found.push({ location: code, name, nameEn, address, phone, openingHours, isAvailable, missing, readyAt, keepDays });
  }
  return found;
}
