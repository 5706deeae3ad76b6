import type { inventory as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run, type Tx } from '../../platform/db.ts';
import { availableSql, keptForOthersSql, unusableSql } from './lot/available.ts';
import { inventory } from './tables.ts';

type StockLevel = z.input<typeof contract.StockLevel>;

/** Balances of stock as `s`, and what of them may be sold by anybody. */
const levelColumns = (at: Date | undefined) =>
  [
    's.sku',
    's.location',
    's.on_hand as onHand',
    's.promised',
    's.unavailable',
    's.buffer',
    's.unit_cost_fen as unitCostFen',
    unusableSql({ at }).as('unusable'),
    keptForOthersSql({ at }).as('keptForOthers'),
    availableSql({ at }).as('available'),
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
  { tx, now }: Ctx,
  { location, search, only, after, limit }: z.output<typeof contract.listStock.query>,
): Promise<z.input<typeof contract.listStock.reply>> {
  let query = inventory(tx).selectFrom('stock as s').select(levelColumns(now));
  if (location !== undefined) query = query.where('s.location', '=', location);
  if (search !== undefined) query = query.where('s.sku', 'ilike', `${search.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`);
  if (only === 'out') query = query.where(availableSql({ at: now }), '<=', 0);
  if (only === 'low') query = query.where(sql<boolean>`${availableSql({ at: now })} between 1 and 10`);
  if (after !== undefined) {
    const [sku = '', place = ''] = after.split('\n');
    query = query.where(sql<boolean>`(s.sku, s.location) > (${sku}, ${place})`);
  }
  const rows = await query
    .orderBy('s.sku')
    .orderBy('s.location')
    .limit(limit + 1) // one extra row tells whether there is more
    .execute();
  const items = await named(tx, rows.slice(0, limit));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.sku}\n${last.location}` : null };
}

/** The levels of some SKUs, everywhere or at one location. */
export async function stockLevelsOf(tx: Tx, skus: readonly string[], location?: string, at?: Date): Promise<StockLevel[]> {
  let query = inventory(tx)
    .selectFrom('stock as s')
    .select(levelColumns(at))
    .where('s.sku', 'in', [...skus, '']);
  if (location !== undefined) query = query.where('s.location', '=', location);
  return named(tx, await query.orderBy('s.sku').orderBy('s.location').execute());
}

async function named(tx: Tx, levels: readonly Omit<StockLevel, 'name' | 'nameEn'>[]): Promise<StockLevel[]> {
  const skus = await findSkus(
    tx,
    levels.map((level) => level.sku),
  );
  return levels.map((level) => ({
    ...level,
    name: skus.get(level.sku)?.name ?? level.sku,
    nameEn: skus.get(level.sku)?.nameEn ?? '',
  }));
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

/** The levels of some SKUs as one balance over all locations, for planning; `json` keeps the parameter one value however many there are. */
export const totalsOf = (tx: Tx, skus: readonly string[], at?: Date) =>
  run(
    tx,
    sql<{ sku: string; onHand: number; promised: number; available: number; unitCostFen: number }>`
      select s.sku, sum(s.on_hand)::int as "onHand", sum(s.promised)::int as promised, sum(${availableSql({ at })})::int as available,
        coalesce(round(sum(s.on_hand * s.unit_cost_fen) / nullif(sum(s.on_hand), 0)), max(s.unit_cost_fen))::bigint as "unitCostFen"
      from inventory.stock s where s.sku in (select jsonb_array_elements_text(${json(skus)})) group by s.sku order by s.sku`,
  );
