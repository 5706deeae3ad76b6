import { storefront as contract } from '@tongshang/contract';
import { componentsOf, sellsKits } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { loadSending, type Sending } from '../../supply/delivery/index.ts';
import { availabilityByPlace, listLocations, type PlaceAvailability } from '../../supply/inventory/index.ts';
import { onlineAvailability, onlineLocations } from '../../supply/routing/index.ts';
import { type EffectivePrice, pricesAt } from '../pricing/index.ts';

/** What is true of a SKU now: its price in the shop, the units the shop may sell, and where they lie. */
export interface SkuNow {
  price: EffectivePrice | undefined;
  available: number;
  places: readonly PlaceAvailability[];
}

/** What hardly changes and every page goes by: places, terms of sending, which places the shop sends from, whether there are kits. */
export interface Frame {
  locations: Awaited<ReturnType<typeof listLocations>>['items'];
  sending: Sending;
  online: ReadonlySet<string>;
  hasKits: boolean;
}

export async function readFrame(ctx: Ctx): Promise<Frame> {
  const [{ items }, sending, online, hasKits] = await Promise.all([
    listLocations(ctx.tx),
    loadSending(ctx),
    onlineLocations(ctx),
    sellsKits(ctx.tx),
  ]);
  return { locations: items, sending, online: new Set([contract.shopLocation, ...online]), hasKits };
}

/** Prices and stock of these SKUs as they are now in the shop, wherever its parcels leave from: two statements for any number, four with kits. */
export async function readSkus(ctx: Ctx, frame: Frame, skus: readonly string[]): Promise<Map<string, SkuNow>> {
  const { channel, location: first } = { channel: contract.shopChannel, location: contract.shopLocation };
  const kits = frame.hasKits ? await componentsOf(ctx.tx, skus) : new Map<string, unknown>();
  const asked = { channel, at: ctx.now };
  const [prices, plain, ofKits, kitsOnline] = await Promise.all([
    pricesAt(ctx.tx, { skus, channel, at: ctx.now }),
    availabilityByPlace(ctx.tx, { ...asked, skus: skus.filter((sku) => !kits.has(sku)), hasKits: false }),
    kits.size === 0 ? [] : availabilityByPlace(ctx.tx, { ...asked, skus: [...kits.keys()] }),
    // their components may be sent from several places
    onlineAvailability(ctx, { skus: [...kits.keys()], channel, first }),
  ]);
  const places = Map.groupBy([...plain, ...ofKits], ({ sku }) => sku);
  return new Map(
    skus.map((sku) => {
      const there = places.get(sku) ?? [];
      const available = kitsOnline.get(sku) ?? unitsOnline(there, first, frame.online);
      return [sku, { price: prices.get(sku), available, places: there }];
    }),
  );
}

/** The first place alone as long as it has any; else what lies at all that send. The same as `onlineAvailability` of routing. */
function unitsOnline(places: readonly PlaceAvailability[], first: string, online: ReadonlySet<string>): number {
  const here = places.find(({ location }) => location === first)?.available ?? 0;
  if (here > 0) return here;
  return places.reduce((sum, { location, available }) => (online.has(location) ? sum + available : sum), 0);
}
