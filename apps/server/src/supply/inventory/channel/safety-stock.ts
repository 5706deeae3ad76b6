import type { lots as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { emit } from '../../../platform/events.ts';
import { refuse } from '../../../platform/fail.ts';
import { checkLocation } from '../check-location.ts';
import { termsChanged } from '../events.ts';
import { lockLevels } from '../lock-levels.ts';
import { availableSql } from '../lot/available.ts';
import { levelKey } from '../stock.ts';

type SafetyStock = z.input<typeof contract.SafetyStock>;

/** Sets the units of a SKU that a place keeps back from every channel; 0 keeps nothing back. Refuses `sku.not_found`, `location.not_found`. */
export async function setSafetyStock(
  ctx: Ctx,
  { sku, location, units }: z.output<typeof contract.setSafetyStock.body>,
): Promise<SafetyStock> {
  if (!(await findSkus(ctx.tx, [sku])).has(sku)) refuse('sku.not_found', { sku });
  await checkLocation(ctx.tx, location);
  const before = (await lockLevels(ctx, [{ sku, location }])).get(levelKey({ sku, location }))?.buffer ?? 0;
  await run(
    ctx.tx,
    sql`insert into inventory.stock (sku, location, buffer) values (${sku}, ${location}, ${units})
      on conflict (sku, location) do update set buffer = excluded.buffer`,
  );
  await run(
    ctx.tx,
    sql`insert into inventory.safety_stock (sku, location, changed_by, changed_at)
      values (${sku}, ${location}, ${actorLabel(ctx.actor).name}, ${ctx.now})
      on conflict (sku, location) do update set changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
  );
  await emit(ctx, termsChanged, {
    what: 'safety_stock',
    sku,
    location,
    channel: null,
    before: { units: before },
    after: { units },
  });
  const [set] = await named(ctx, await read(ctx, sql`s.sku = ${sku} and s.location = ${location}`, 1));
  if (set === undefined) throw new Error('the balance was not written');
  return set;
}

/** Where units are kept back from every channel, by SKU and place. */
export async function listSafetyStock(
  ctx: Ctx,
  { location, search, after, limit }: z.output<typeof contract.listSafetyStock.query>,
): Promise<z.input<typeof contract.listSafetyStock.reply>> {
  const [sku = '', place = ''] = after?.split('\n') ?? [];
  const asked = sql.join(
    [
      sql`s.buffer > 0 and (s.sku, s.location) > (${sku}, ${place})`,
      location === undefined ? sql`true` : sql`s.location = ${location}`,
      search === undefined ? sql`true` : sql`starts_with(lower(s.sku), lower(${search}))`,
    ],
    sql` and `,
  );
  const rows = await read(ctx, asked, limit + 1);
  const items = await named(ctx, rows.slice(0, limit));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.sku}\n${last.location}` : null };
}

type Row = Omit<SafetyStock, 'name' | 'nameEn' | 'changedAt'> & { changedAt: Date | null };

const read = (ctx: Ctx, asked: ReturnType<typeof sql>, limit: number): Promise<Row[]> =>
  run(
    ctx.tx,
    sql<Row>`select s.sku, s.location, s.buffer as units, s.on_hand as "onHand", ${availableSql({ at: ctx.now })} as available,
        k.changed_by as "changedBy", k.changed_at as "changedAt"
      from inventory.stock s left join inventory.safety_stock k on k.sku = s.sku and k.location = s.location
      where ${asked} order by s.sku, s.location limit ${limit}`,
  );

async function named(ctx: Ctx, rows: readonly Row[]): Promise<SafetyStock[]> {
  const facts = await findSkus(
    ctx.tx,
    rows.map(({ sku }) => sku),
  );
  return rows.map((row) => ({
    ...row,
    name: facts.get(row.sku)?.name ?? row.sku,
    nameEn: facts.get(row.sku)?.nameEn ?? '',
    changedAt: row.changedAt?.toISOString() ?? null,
  }));
}
