import type { lots as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { emit } from '../../../platform/events.ts';
import { refuse } from '../../../platform/fail.ts';
import { dayOf } from '../../../platform/time.ts';
import { checkLocation } from '../check-location.ts';
import { limitPlace } from '../earmark/open-earmark.ts';
import { termsChanged } from '../events.ts';
import { lockLevels } from '../lock-levels.ts';
import { inventory } from '../tables.ts';

type SaleAhead = z.input<typeof contract.SaleAhead>;

/**
 * Allows units to be sold before they are there, with the day from which they are sent; 0 sells no more of them, and what is sold keeps
 * waiting. Refuses `sku.not_found`, `location.not_found`, `ahead.day_passed` for a day before today, and `ahead.below_promised` when more
 * are sold already.
 */
export async function setSaleAhead(
  ctx: Ctx,
  { sku, location, fromDay, unitsMax }: z.output<typeof contract.setSaleAhead.body>,
): Promise<SaleAhead> {
  const facts = (await findSkus(ctx.tx, [sku])).get(sku) ?? refuse('sku.not_found', { sku });
  await checkLocation(ctx.tx, location);
  if (unitsMax > 0 && fromDay < dayOf(ctx.now)) refuse('ahead.day_passed', { fromDay });
  await limitPlace(ctx, { sku, location });
  await lockLevels(ctx, [{ sku, location }]);
  const db = inventory(ctx.tx);
  const before = await db
    .selectFrom('ahead')
    .select(['promised', 'units_max as unitsMax'])
    .where('sku', '=', sku)
    .where('location', '=', location)
    .where('from_day', '=', fromDay)
    .executeTakeFirst();
  const promised = before?.promised ?? 0;
  if (unitsMax > 0 && unitsMax < promised) refuse('ahead.below_promised', { promised });
  const allowed = Math.max(unitsMax, promised);
  const values = { units_max: allowed, changed_by: actorLabel(ctx.actor).name, changed_at: ctx.now };
  await db
    .insertInto('ahead')
    .values({ sku, location, from_day: fromDay, ...values })
    .onConflict((conflict) => conflict.columns(['sku', 'location', 'from_day']).doUpdateSet(values))
    .execute();
  const then = before === undefined ? null : { fromDay, unitsMax: before.unitsMax };
  const after = { fromDay, unitsMax: allowed };
  await emit(ctx, termsChanged, { what: 'sale_ahead', sku, location, channel: null, before: then, after });
  const { changed_by: changedBy } = values;
  const names = { name: facts.name, nameEn: facts.nameEn };
  return { sku, ...names, location, fromDay, unitsMax: allowed, promised, changedBy, changedAt: ctx.now.toISOString() };
}

/** What is sold before it is there, by SKU, place and day; what is over and done with is left out. */
export async function listSalesAhead(
  { tx }: Ctx,
  { sku, location, after, limit }: z.output<typeof contract.listSalesAhead.query>,
): Promise<z.input<typeof contract.listSalesAhead.reply>> {
  let query = inventory(tx)
    .selectFrom('ahead')
    .select(['sku', 'location', 'from_day as fromDay', 'units_max as unitsMax', 'promised'])
    .select(['changed_by as changedBy', 'changed_at as changedAt'])
    .where('units_max', '>', 0);
  if (sku !== undefined) query = query.where('sku', '=', sku);
  if (location !== undefined) query = query.where('location', '=', location);
  if (after !== undefined) {
    const [code = '', place = '', day = '0001-01-01'] = after.split('\n');
    query = query.where(sql<boolean>`(sku, location, from_day) > (${code}, ${place}, ${day}::date)`);
  }
  const rows = await query
    .orderBy('sku')
    .orderBy('location')
    .orderBy('from_day')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const facts = await findSkus(
    tx,
    shown.map((row) => row.sku),
  );
  const items = shown.map((row) => ({
    ...row,
    name: facts.get(row.sku)?.name ?? row.sku,
    nameEn: facts.get(row.sku)?.nameEn ?? '',
    changedAt: row.changedAt.toISOString(),
  }));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.sku}\n${last.location}\n${last.fromDay}` : null };
}
