import type { valuation as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { run, type Tx } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { splitCost } from './book-landed-cost.ts';

type LandedCost = z.input<typeof contract.LandedCost>;
type Part = z.input<typeof contract.LandedCostPart>;

/** What stock is worth now: every place at its average, what is on the way at the cost at which it left. */
export async function getStockValue({ tx, now }: Ctx): Promise<z.input<typeof contract.getStockValue.reply>> {
  const items = await run(
    tx,
    sql<{ location: string; units: number; valueFen: number }>`select location, sum(on_hand)::int as units,
        sum(on_hand * unit_cost_fen)::bigint as "valueFen" from inventory.stock where on_hand > 0 group by location order by location`,
  );
  const [inTransit = { units: 0, valueFen: 0 }] = await run(
    tx,
    sql<{ units: number; valueFen: number }>`select coalesce(sum(l.sent), 0)::int as units,
        coalesce(sum(l.sent * l.unit_cost_fen), 0)::bigint as "valueFen"
      from inventory.transfer t join inventory.transfer_line l on l.transfer_id = t.id where t.state = 'sent'`,
  );
  const variances = await run(
    tx,
    sql<{ kind: 'rounding' | 'sold' | 'opening'; amountFen: number }>`select kind, sum(amount_fen)::bigint as "amountFen"
      from inventory.cost_variance group by kind order by kind`,
  );
  const onShelves = items.reduce((sum, { valueFen }) => sum + valueFen, 0);
  return { asOf: now.toISOString(), items, inTransit, totalFen: onShelves + inTransit.valueFen, variances };
}

type Row = Omit<LandedCost, 'at'> & { at: Date };
const columns = sql`id, number, cause, kind, basis, amount_fen as "amountFen", to_stock_fen as "toStockFen",
  to_variance_fen as "toVarianceFen", reference, note, actor, at`;
const toLandedCost = ({ at, ...row }: Row): LandedCost => ({ ...row, at: at.toISOString() });

/** Costs that arrived after the goods, newest first. */
export async function listLandedCosts(
  tx: Tx,
  { cause, after, limit }: z.output<typeof contract.listLandedCosts.query>,
): Promise<z.input<typeof contract.listLandedCosts.reply>> {
  const [at, id] = (after ?? '\n').split('\n');
  const rows = await run(
    tx,
    sql<Row>`select ${columns} from inventory.landed_cost where (${cause === undefined} or cause = ${cause ?? ''})
        and (${after === undefined} or (at, id) < (${at || null}::timestamptz, ${id || null}::uuid))
      order by at desc, id desc limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit).map(toLandedCost);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.at}\n${last.id}` : null };
}

/** How a later cost would be split as stock lies now; nothing is written or locked. Refuses `receipt.not_found`. */
export async function previewLandedCost(
  ctx: Ctx,
  input: z.output<typeof contract.previewLandedCost.body>,
): Promise<z.input<typeof contract.previewLandedCost.reply>> {
  const split = await splitCost(ctx, { ...input, isFinal: false });
  const parts = split.map(({ places, ...part }) => ({
    ...part,
    places: places.map(({ location, quantity, beforeFen, afterFen, toStockFen }) => ({
      location,
      quantity,
      unitCostBeforeFen: beforeFen,
      unitCostAfterFen: afterFen,
      toStockFen,
    })),
  }));
  const toStockFen = parts.flatMap(({ places }) => places).reduce((sum, place) => sum + place.toStockFen, 0);
  return { toStockFen, toVarianceFen: input.amountFen - toStockFen, parts: await named(ctx.tx, parts) };
}

type Receipt = z.input<typeof contract.ChargeableReceipt>;

/** Purchases as they came in, newest first: what a landed cost can be booked on. One document is one row, however often it came. */
export async function listReceipts(
  tx: Tx,
  { search, after, limit }: z.output<typeof contract.listReceipts.query>,
): Promise<z.input<typeof contract.listReceipts.reply>> {
  const [at, cause] = (after ?? '\n').split('\n');
  const rows = await run(
    tx,
    sql<Omit<Receipt, 'receivedAt'> & { receivedAt: Date }>`select * from (
        select r.cause, max(r.at) as "receivedAt", count(distinct r.sku)::int as skus, sum(r.quantity)::int as units,
          sum(r.quantity * r.unit_cost_fen)::bigint as "valueFen",
          coalesce((select sum(amount_fen) from inventory.landed_cost c where c.cause = r.cause), 0)::bigint as "landedFen"
        from inventory.movement r
        where r.kind = 'receipt' and starts_with(r.cause, 'purchase:') and strpos(lower(r.cause), lower(${search ?? ''})) > 0
        group by r.cause
      ) receipt
      where ${after === undefined} or ("receivedAt", cause) < (${at || null}::timestamptz, ${cause ?? ''})
      order by "receivedAt" desc, cause desc limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit).map(({ receivedAt, ...row }) => ({ ...row, receivedAt: receivedAt.toISOString() }));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.receivedAt}\n${last.cause}` : null };
}

export async function getLandedCost(tx: Tx, id: string): Promise<z.input<typeof contract.getLandedCost.reply>> {
  const [row] = await run(tx, sql<Row>`select ${columns} from inventory.landed_cost where id = ${id}`);
  if (row === undefined) return refuse('landed_cost.not_found', { id });
  const parts = await run(
    tx,
    sql<
      Omit<Part, 'name' | 'nameEn'>
    >`select sku, received, units_left as "left", share_fen as "shareFen", sold_fen as "soldFen", rounding_fen as "roundingFen",
        coalesce((select json_agg(json_build_object('location', c.location, 'quantity', c.quantity, 'unitCostBeforeFen', c.before_fen,
          'unitCostAfterFen', c.after_fen, 'toStockFen', c.amount_fen) order by c.location nulls last, c.id)
          from inventory.cost_change c where c.landed_cost_id = p.landed_cost_id and c.sku = p.sku), '[]') as places
      from inventory.landed_cost_part p where landed_cost_id = ${id} order by sku`,
  );
  return { ...toLandedCost(row), parts: await named(tx, parts) };
}

async function named(tx: Tx, parts: readonly Omit<Part, 'name' | 'nameEn'>[]): Promise<Part[]> {
  const skus = await findSkus(
    tx,
    parts.map(({ sku }) => sku),
  );
  return parts.map((part) => ({ ...part, name: skus.get(part.sku)?.name ?? part.sku, nameEn: skus.get(part.sku)?.nameEn ?? '' }));
}
