import type { inventory as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { componentsOf, findSkus } from '../../base/catalog/index.ts';
import { json, run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { kitsFrom } from './kits.ts';
import { availableIn, type Level } from './stock.ts';
import { inventory } from './tables.ts';

type StockLevel = z.input<typeof contract.StockLevel>;

const levelColumns = [
  'sku',
  'location',
  'on_hand as onHand',
  'promised',
  'unavailable',
  'buffer',
  'unit_cost_fen as unitCostFen',
] as const;

export const listLocations = async (tx: Tx) => ({
  items: await inventory(tx)
    .selectFrom('location')
    .select(['code', 'name', 'name_en as nameEn', 'kind'])
    .orderBy('position')
    .orderBy('code')
    .execute(),
});

/** Stock a page at a time, by SKU then location. Keyset paging: page 400 costs what page 1 costs. */
export async function listStock(
  tx: Tx,
  { location, search, only, after, limit }: z.output<typeof contract.listStock.query>,
): Promise<z.input<typeof contract.listStock.reply>> {
  let query = inventory(tx).selectFrom('stock').select(levelColumns);
  if (location !== undefined) query = query.where('location', '=', location);
  if (search !== undefined) query = query.where('sku', 'ilike', `${search.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`);
  if (only === 'out') query = query.where(sql<boolean>`on_hand - promised - unavailable - buffer <= 0`);
  if (only === 'low') query = query.where(sql<boolean>`on_hand - promised - unavailable - buffer between 1 and 10`);
  if (after !== undefined) {
    const [sku = '', place = ''] = after.split('\n');
    query = query.where(sql<boolean>`(sku, location) > (${sku}, ${place})`);
  }
  const rows = await query
    .orderBy('sku')
    .orderBy('location')
    .limit(limit + 1) // one extra row tells whether there is more
    .execute();
  const items = await named(tx, rows.slice(0, limit));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.sku}\n${last.location}` : null };
}

/** The levels of some SKUs, everywhere or at one location. */
export async function stockLevelsOf(tx: Tx, skus: readonly string[], location?: string): Promise<StockLevel[]> {
  let query = inventory(tx)
    .selectFrom('stock')
    .select(levelColumns)
    .where('sku', 'in', [...skus, '']);
  if (location !== undefined) query = query.where('location', '=', location);
  return named(tx, await query.orderBy('sku').orderBy('location').execute());
}

async function named(tx: Tx, levels: readonly Level[]): Promise<StockLevel[]> {
  const skus = await findSkus(
    tx,
    levels.map((level) => level.sku),
  );
  return levels.map((level) => ({
    ...level,
    name: skus.get(level.sku)?.name ?? level.sku,
    nameEn: skus.get(level.sku)?.nameEn ?? '',
    available: availableIn(level),
  }));
}

/**
 * Units of each SKU that may still be sold from these locations together; a SKU without stock counts 0, a kit as many as its components
 * suffice for. Who knows that there is no kit among them says so, and saves asking.
 */
export async function availabilityOf(
  tx: Tx,
  { skus, locations, hasKits = true }: { skus: readonly string[]; locations?: readonly string[]; hasKits?: boolean },
): Promise<Map<string, number>> {
  const kits = hasKits ? await componentsOf(tx, skus) : new Map<string, { sku: string; quantity: number }[]>();
  const plain = [...new Set([...skus, ...[...kits.values()].flat().map((component) => component.sku)])];
  const units = await unitsOf(tx, { skus: plain, locations });
  const here = (sku: string) => units.get(sku) ?? 0;
  return new Map(skus.map((sku) => [sku, kits.has(sku) ? kitsFrom(kits.get(sku) ?? [], here) : here(sku)]));
}

async function unitsOf(
  tx: Tx,
  { skus, locations }: { skus: readonly string[]; locations: readonly string[] | undefined },
): Promise<Map<string, number>> {
  const rows = await run(
    tx,
    sql<{
      sku: string;
      available: number;
    }>`select sku, sum(greatest(0, on_hand - promised - unavailable - buffer))::int as available
      from inventory.stock where sku = any(${[...skus]}::text[]) and (${locations === undefined} or location = any(${[...(locations ?? [])]}::text[]))
      group by sku`,
  );
  return new Map(rows.map((row) => [row.sku, row.available]));
}

/** Units that open promises hold, by order (or cart hold) and SKU. */
export async function heldBy(tx: Tx, orderIds: readonly string[]): Promise<Map<string, Map<string, number>>> {
  if (orderIds.length === 0) return new Map();
  const rows = await run(
    tx,
    sql<{ orderId: string; sku: string; units: number }>`select order_id as "orderId", sku, sum(quantity)::int as units
      from inventory.reservation where order_id = any(${[...orderIds]}::uuid[]) and state = 'held' group by order_id, sku`,
  );
  const byOrder = Map.groupBy(rows, (row) => row.orderId);
  return new Map([...byOrder].map(([orderId, own]) => [orderId, new Map(own.map((row) => [row.sku, row.units]))]));
}

/** Why is it 47? Every movement of a SKU, newest first. */
export async function listMovements(
  tx: Tx,
  sku: string,
  { location, after, limit }: z.output<typeof contract.listMovements.query>,
): Promise<z.input<typeof contract.listMovements.reply>> {
  if (!(await findSkus(tx, [sku])).has(sku)) refuse('sku.not_found', { sku });
  let query = inventory(tx)
    .selectFrom('movement')
    .select(['id', 'sku', 'location', 'kind', 'quantity', 'balance', 'cause', 'actor', 'reason', 'lot', 'at'])
    .where('sku', '=', sku);
  if (location !== undefined) query = query.where('location', '=', location);
  if (after !== undefined) {
    const [at = '', id = ''] = after.split('\n');
    query = query.where(sql<boolean>`(at, id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const rows = await query
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.at}\n${last.id}` : null };
}

export const listLots = async (tx: Tx, sku: string) => ({
  items: await inventory(tx)
    .selectFrom('lot')
    .select(['sku', 'location', 'code as lot', 'expires_on as expiresOn', 'on_hand as onHand'])
    .where('sku', '=', sku)
    .where('on_hand', '>', 0)
    .orderBy(sql`expires_on nulls last`)
    .orderBy('code')
    .execute(),
});

export interface AgedStock {
  sku: string;
  onHand: number;
  /** Units on hand that came in before the given instant, if the oldest units leave first. */
  agedUnits: number;
  unitCostFen: number;
}

/**
 * Units per SKU that have lain since before `before`, over all locations: on hand − what came in since, never below 0 (the oldest
 * leave first, so what is left beyond recent inflow is old).
 */
export const agedStock = (tx: Tx, before: Date): Promise<AgedStock[]> =>
  run(
    tx,
    sql<AgedStock>`with level as (
        select sku, sum(on_hand)::int as on_hand, round(sum(on_hand * unit_cost_fen) / nullif(sum(on_hand), 0))::bigint as unit_cost_fen
        from inventory.stock where on_hand > 0 group by sku
      ), recent as (
        select sku, sum(quantity)::int as units from inventory.movement where quantity > 0 and at >= ${before} group by sku
      )
      select level.sku, level.on_hand as "onHand", greatest(0, level.on_hand - coalesce(recent.units, 0))::int as "agedUnits",
        level.unit_cost_fen as "unitCostFen"
      from level left join recent using (sku)
      where level.on_hand > coalesce(recent.units, 0) order by level.sku`,
  );

/** Balances that are not the sum of their movements, or promises not the sum of open reservations. None, unless a row was corrupted. */
export const findDrift = (tx: Tx) =>
  run(
    tx,
    sql<{ sku: string; location: string; onHand: number; moved: number; promised: number; reserved: number }>`
      select s.sku, s.location, s.on_hand as "onHand", coalesce(m.units, 0)::int as moved, s.promised, coalesce(r.units, 0)::int as reserved
      from inventory.stock s
      left join (select sku, location, sum(quantity) as units from inventory.movement group by sku, location) m using (sku, location)
      left join (select sku, location, sum(quantity) as units from inventory.reservation where state = 'held' group by sku, location) r
        using (sku, location)
      where s.on_hand <> coalesce(m.units, 0) or s.promised <> coalesce(r.units, 0) order by s.sku, s.location`,
  );

/** The levels of some SKUs as one balance over all locations, for planning; `json` keeps the parameter one value however many there are. */
export const totalsOf = (tx: Tx, skus: readonly string[]) =>
  run(
    tx,
    sql<{ sku: string; onHand: number; promised: number; available: number; unitCostFen: number }>`
      select sku, sum(on_hand)::int as "onHand", sum(promised)::int as promised,
        sum(greatest(0, on_hand - promised - unavailable - buffer))::int as available,
        coalesce(round(sum(on_hand * unit_cost_fen) / nullif(sum(on_hand), 0)), max(unit_cost_fen))::bigint as "unitCostFen"
      from inventory.stock where sku in (select jsonb_array_elements_text(${json(skus)})) group by sku order by sku`,
  );
