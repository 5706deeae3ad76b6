import { sql } from 'kysely';
import { componentsOf } from '../../base/catalog/index.ts';
import { json, run, type Tx } from '../../platform/db.ts';
import { kitsFrom } from './kits.ts';
import { type Asker, availableSql, unusableOf } from './lot/available.ts';

interface Asked extends Asker {
  skus: readonly string[];
  locations?: readonly string[] | undefined;
  /** Who knows that there is no kit among them says so, and saves asking. */
  hasKits?: boolean;
}

/**
 * Units of each SKU that a channel may still sell from these locations together; a SKU without stock counts 0, a kit as many as its
 * components suffice for. Without a channel: what anybody may.
 */
export async function availabilityOf(tx: Tx, { skus, locations, hasKits = true, ...asker }: Asked): Promise<Map<string, number>> {
  const kits = hasKits ? await componentsOf(tx, skus) : new Map<string, { sku: string; quantity: number }[]>();
  const plain = [...new Set([...skus, ...[...kits.values()].flat().map((component) => component.sku)])];
  const rows = await run(
    tx,
    sql<{ sku: string; available: number }>`select s.sku, sum(${availableOf(asker)})::int as available
      from ${stockOf(asker, plain)} where s.sku = any(${plain}::text[]) and ${atThese(locations)} group by s.sku`,
  );
  const units = new Map(rows.map((row) => [row.sku, row.available]));
  const here = (sku: string) => units.get(sku) ?? 0;
  return new Map(skus.map((sku) => [sku, kits.has(sku) ? kitsFrom(kits.get(sku) ?? [], here) : here(sku)]));
}

export interface PlaceAvailability {
  sku: string;
  location: string;
  available: number;
}

/** What a channel may sell of each SKU at each place; places with nothing are left out. A kit is told where its components are together. */
export async function availabilityByPlace(
  tx: Tx,
  { skus, locations, hasKits = true, ...asker }: Asked,
): Promise<PlaceAvailability[]> {
  const kits = hasKits ? await componentsOf(tx, skus) : new Map<string, { sku: string; quantity: number }[]>();
  const plain = [...new Set([...skus, ...[...kits.values()].flat().map((component) => component.sku)])];
  // as arrays, one row a SKU: 5,000 little rows would cost more on the way than in the database
  const rows = await run(
    tx,
    sql<{
      sku: string;
      locations: string[];
      units: number[];
    }>`select s.sku, array_agg(s.location) as locations, array_agg(${availableOf(asker)}) as units
      from ${stockOf(asker, plain)} where s.sku = any(${plain}::text[]) and ${atThese(locations)} group by s.sku`,
  );
  const bySku = new Map(rows.map((row) => [row.sku, new Map(row.locations.map((code, index) => [code, row.units[index] ?? 0]))]));
  return skus.flatMap((sku) => {
    const parts = kits.get(sku);
    if (parts === undefined) return placesOf(sku, bySku.get(sku) ?? new Map<string, number>());
    const places = new Set(parts.flatMap((part) => [...(bySku.get(part.sku)?.keys() ?? [])]));
    const whole = [...places].map((code) => [code, kitsFrom(parts, (part) => bySku.get(part)?.get(code) ?? 0)] as const);
    return placesOf(sku, new Map(whole));
  });
}

const placesOf = (sku: string, units: ReadonlyMap<string, number>): PlaceAvailability[] =>
  [...units].flatMap(([location, available]) => (available > 0 ? [{ sku, location, available }] : []));

/** Balances of these SKUs as `s`, with what their lots keep from who asks: read in one pass. */
const stockOf = (asker: Asker, skus: readonly string[]) =>
  sql`inventory.stock s left join ${unusableOf(asker, skus)} lost on lost.sku = s.sku and lost.location = s.location`;
const availableOf = (asker: Asker) => availableSql(asker, sql<number>`coalesce(lost.units, 0)`);

const atThese = (locations: readonly string[] | undefined) =>
  locations === undefined ? sql`true` : sql`s.location = any(${[...locations]}::text[])`;

export interface AheadOffer {
  sku: string;
  location: string;
  /** Units that may still be sold ahead, and the first day on which they are sent. */
  units: number;
  fromDay: string;
}

/** What may be sold before it is there, the earliest day of each SKU and place. */
export const aheadOffers = (tx: Tx, { skus, locations }: Pick<Asked, 'skus' | 'locations'>): Promise<AheadOffer[]> =>
  run(
    tx,
    sql<AheadOffer>`select distinct on (s.sku, s.location) s.sku, s.location, s.units_max - s.promised as units, s.from_day as "fromDay"
      from inventory.ahead s
      where s.sku in (select jsonb_array_elements_text(${json(skus)})) and ${atThese(locations)} and s.units_max > s.promised
      order by s.sku, s.location, s.from_day`,
  );
