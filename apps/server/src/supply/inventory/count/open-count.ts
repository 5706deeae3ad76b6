import { sql } from 'kysely';
import { findSkus } from '../../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { checkLocation } from '../check-location.ts';
import { inventory } from '../tables.ts';

export interface OpenCount {
  location: string;
  /** None: everything with a balance there. The same SKU may stand in several bins. */
  items?: readonly { sku: string; bin?: string | undefined }[] | undefined;
  note?: string | undefined;
  /** The document that asks for it; a person's own wish when absent. */
  cause?: string;
}

const countLinesMax = 2000;

interface Sheet {
  id: string;
  number: string;
}

interface SheetLine {
  sku: string;
  bin: string | null;
  lot: string | null;
  expiresOn: string | null;
}

/**
 * Makes a count sheet: one line a SKU, bin and lot. A SKU that another open sheet of the place has already is left out. Refuses
 * `count.nothing_to_count` when nothing is left, `count.too_large` beyond 2,000 lines.
 */
export const openCount = async (ctx: Ctx, wanted: OpenCount): Promise<Sheet> =>
  (await askForCount(ctx, wanted)) ?? refuse('count.nothing_to_count', { location: wanted.location });

/** The same for who only wants it counted: no new sheet when all of it is on an open one. Refuses `count.too_large`. */
export async function askForCount(ctx: Ctx, { location, items, note, cause = 'manual' }: OpenCount): Promise<Sheet | undefined> {
  await checkLocation(ctx.tx, location);
  if (items !== undefined) await checkSkus(ctx, items);
  // two sheets of one place are made one after the other, so that no SKU comes on both
  await run(ctx.tx, sql`select pg_advisory_xact_lock(hashtextextended('inventory.count:' || ${location}, 0))`);
  const lines = await sheetOf(ctx, location, items);
  if (lines.length === 0) return undefined;
  if (lines.length > countLinesMax) refuse('count.too_large', { most: countLinesMax, lines: lines.length });

  const saved = await inventory(ctx.tx)
    .insertInto('count')
    .values({ location, cause, note: note ?? null, opened_by: actorLabel(ctx.actor).name, opened_at: ctx.now })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow();
  await run(
    ctx.tx,
    sql`insert into inventory.count_line (count_id, line_no, sku, bin, lot, expires_on)
      select ${saved.id}, line_no, sku, bin, lot, expires_on
      from rows from (jsonb_to_recordset(${json(lines)}) as (sku text, bin text, lot text, "expiresOn" date)) with ordinality
        as l (sku, bin, lot, expires_on, line_no)`,
  );
  return saved;
}

async function checkSkus(ctx: Ctx, items: readonly { sku: string }[]): Promise<void> {
  const known = await findSkus(
    ctx.tx,
    items.map(({ sku }) => sku),
  );
  for (const { sku } of items) if (!known.has(sku)) refuse('sku.not_found', { sku });
}

/** Bins in their order; within one, lots first expiring first, then units of no lot. */
const sheetOf = (ctx: Ctx, location: string, items: OpenCount['items']): Promise<SheetLine[]> =>
  run(
    ctx.tx,
    sql<SheetLine>`with asked as (
        select distinct sku, nullif(bin, '') as bin from jsonb_to_recordset(${json(items ?? [])}) as i (sku text, bin text)
        union all
        select sku, null from inventory.stock where ${items === undefined} and location = ${location} and on_hand > 0
      ), open as (
        select * from asked where not exists (
          select from inventory.count c join inventory.count_line l on l.count_id = c.id
          where c.location = ${location} and c.state in ('open', 'recount', 'waiting') and l.sku = asked.sku)
      ), lot as (
        select sku, code, expires_on, on_hand from inventory.lot where location = ${location} and on_hand > 0 and sku in (select sku from open)
      ), line as (
        select o.sku, o.bin, l.code as lot, l.expires_on from open o join lot l using (sku)
        union all
        select o.sku, o.bin, null, null from open o
        where coalesce((select s.on_hand from inventory.stock s where s.sku = o.sku and s.location = ${location}), 0)
            > coalesce((select sum(l.on_hand) from lot l where l.sku = o.sku), 0)
          or not exists (select from lot l where l.sku = o.sku)
      )
      select sku, bin, lot, expires_on as "expiresOn" from line
      order by bin nulls last, sku, expires_on nulls last, lot nulls last limit ${countLinesMax + 1}`,
  );
