import type { inventory as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { run, type Tx } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { addDays, startOfDay } from '../../../platform/time.ts';
import { stockLevelsOf } from '../queries.ts';
import { type Condition, inventory } from '../tables.ts';
import { incomingUnits } from '../transfer/queries.ts';

async function checkSku(tx: Tx, sku: string) {
  return (await findSkus(tx, [sku])).get(sku) ?? refuse('sku.not_found', { sku });
}

/** Why is it 47? Every movement of a SKU, newest first. Page 400 costs what page 1 costs. */
export async function listMovements(
  tx: Tx,
  sku: string,
  { location, kind, until, after, limit }: z.output<typeof contract.listMovements.query>,
): Promise<z.input<typeof contract.listMovements.reply>> {
  await checkSku(tx, sku);
  let query = inventory(tx)
    .selectFrom('movement')
    .select(['id', 'sku', 'location', 'kind', 'quantity', 'balance', 'unit_cost_fen as unitCostFen'])
    .select(['cause', 'actor', 'reason', 'lot', 'at'])
    .where('sku', '=', sku);
  if (location !== undefined) query = query.where('location', '=', location);
  if (kind !== undefined) query = query.where('kind', 'in', [kind].flat());
  if (until !== undefined) query = query.where('at', '<', startOfDay(addDays(until, 1)));
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

/** Which units of a SKU were set apart or put back, newest first. */
export async function listConditionMoves(
  tx: Tx,
  sku: string,
  { location, after, limit }: z.output<typeof contract.listConditionMoves.query>,
): Promise<z.input<typeof contract.listConditionMoves.reply>> {
  await checkSku(tx, sku);
  let query = inventory(tx)
    .selectFrom('condition_move')
    .select([
      'id',
      'sku',
      'location',
      'lot',
      'from_condition as from',
      'to_condition as to',
      'quantity',
      'cause',
      'actor',
      'reason',
      'at',
    ])
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
  const items = rows
    .slice(0, limit)
    .map(({ lot, at, ...row }) => ({ ...row, lot: lot === '' ? null : lot, at: at.toISOString() }));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.at}\n${last.id}` : null };
}

type Breakdown = z.input<typeof contract.StockBreakdown>;

/** How the figure of a SKU is made up at each place, with what is on its way there. */
export async function getStockBreakdown(ctx: Ctx, sku: string): Promise<Breakdown> {
  const { name, nameEn } = await checkSku(ctx.tx, sku);
  const levels = await stockLevelsOf(ctx.tx, [sku], undefined, ctx.now);
  const incoming = await incomingUnits(ctx, { skus: [sku] });
  const apart = await run(
    ctx.tx,
    sql<{ location: string; condition: Condition; lot: string | null; quantity: number }>`
      select location, condition, nullif(lot, '') as lot, quantity from inventory.unavailable
      where sku = ${sku} and quantity > 0 order by location, condition, lot`,
  );
  const places = [...new Set([...levels.map((level) => level.location), ...incoming.map(({ to }) => to)])];
  const moments = await momentsOf(ctx.tx, sku, places);
  return {
    sku,
    name,
    nameEn,
    items: places.map((location) => {
      const level = levels.find((one) => one.location === location) ?? emptyLevel;
      const { onHand, promised, buffer, unusable, keptForOthers, available, unitCostFen } = level;
      return {
        location,
        onHand,
        promised,
        buffer,
        unusable,
        keptForOthers,
        available,
        unitCostFen,
        unavailable: apart
          .filter((one) => one.location === location)
          .map(({ condition, lot, quantity }) => ({ condition, lot, quantity })),
        incoming: incoming
          .filter(({ to }) => to === location)
          .map(({ transferId, number, quantity, expectedOn }) => ({ transferId, number, quantity, expectedOn })),
        lastMovedAt: moments.get(location)?.movedAt?.toISOString() ?? null,
        lastCountedAt: moments.get(location)?.countedAt?.toISOString() ?? null,
      };
    }),
  };
}

const emptyLevel = { onHand: 0, promised: 0, buffer: 0, unusable: 0, keptForOthers: 0, available: 0, unitCostFen: 0 };

/** When units last moved at each place, and when they were last counted: one step into an index each. */
async function momentsOf(tx: Tx, sku: string, places: readonly string[]) {
  const rows = await run(
    tx,
    sql<{ location: string; movedAt: Date | null; countedAt: Date | null }>`select place as location,
        (select max(m.at) from inventory.movement m where m.sku = ${sku} and m.location = place) as "movedAt",
        (select max(c.closed_at) from inventory.count_line l join inventory.count c on c.id = l.count_id
          where l.sku = ${sku} and c.location = place and c.state = 'booked') as "countedAt"
      from unnest(${[...places]}::text[]) as place`,
  );
  return new Map(rows.map((row) => [row.location, row]));
}
