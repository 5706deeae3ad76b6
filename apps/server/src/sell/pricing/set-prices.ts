import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { priceChanged } from './events.ts';
import type { PriceKind } from './price.ts';

/**
 * A price from an instant on (now when absent) until `validTo` or the next one of its place that is already known: the list price, with
 * `channel` a channel's, of kind `group` a tier's or segment's, of kind `member` every member's or a tier's.
 */
export interface PriceRow {
  sku: string;
  channel?: string | undefined;
  kind?: 'group' | 'member' | undefined;
  group?: string | undefined;
  fromQuantity?: number | undefined;
  amountFen: number;
  validFrom?: Date | undefined;
  validTo?: Date | undefined;
}

export type PriceOutcome = 'new' | 'changed' | 'unchanged';

const rowsMax = 10_000;
const eventMax = 1000;

/**
 * Sets any number of prices: the window that runs at that instant ends there, and the new one runs until the next
 * that is already set. A row that says what holds already changes nothing; the last of several rows for the same place and instant
 * counts. Answers one outcome for each row, in the order given. Does not look at the margin floor: files bring the firm's own prices.
 */
export async function setPrices(ctx: Ctx, rows: readonly PriceRow[], cause = 'import'): Promise<PriceOutcome[]> {
  const outcomes: PriceOutcome[] = [];
  for (let start = 0; start < rows.length; start += rowsMax)
    outcomes.push(...(await setSome(ctx, rows.slice(start, start + rowsMax), cause)));
  return outcomes;
}

async function setSome(ctx: Ctx, rows: readonly PriceRow[], cause: string): Promise<PriceOutcome[]> {
  const given = rows.map((row) => wantedOf(row, ctx.now));
  const wanted = [...new Map(given.map((row) => [keyOf(row), row])).values()];
  await lockSkus(
    ctx,
    wanted.map((row) => row.sku),
  );

  const known = await run(
    ctx.tx,
    sql<{
      nth: number;
      amountFen: number | null;
      wantedTo: Date | null;
      isFirst: boolean;
    }>`
      select w.nth, p.amount_fen as "amountFen", p.wanted_to as "wantedTo",
        not exists (select from pricing.price q where ${samePlace(sql`q`)}) as "isFirst"
      from ${wantedRows(wanted)}
      left join pricing.price p on ${samePlace(sql`p`)} and p.valid_from <= w."validFrom" and (p.valid_to is null or p.valid_to > w."validFrom")`,
  );
  const before = new Map(known.map(({ nth, ...held }) => [nth, held]));
  const fresh = wanted.filter((row, nth) => {
    const held = before.get(nth);
    return held?.amountFen !== row.amountFen || held.wantedTo?.getTime() !== row.validTo?.getTime();
  });
  const places = new Set(fresh.map(placeOf));
  await write(
    ctx,
    wanted.filter((row) => places.has(placeOf(row))),
    cause,
  ); // whole histories: a row between two others ends at the later one

  const skus = [...new Set(fresh.map((row) => row.sku))];
  for (let start = 0; start < skus.length; start += eventMax)
    await emit(ctx, priceChanged, { skus: skus.slice(start, start + eventMax) });
  const freshKeys = new Set(fresh.map(keyOf));
  const firstKeys = new Set(wanted.filter((_, nth) => before.get(nth)?.isFirst === true).map(keyOf));
  return given.map((row) => (!freshKeys.has(keyOf(row)) ? 'unchanged' : firstKeys.has(keyOf(row)) ? 'new' : 'changed'));
}

/** One order of locks for everybody who writes prices of a SKU: two writers of the same window meet here, not at the constraint. */
export async function lockSkus(ctx: Ctx, skus: readonly string[]): Promise<void> {
  await run(
    ctx.tx,
    sql`select pg_advisory_xact_lock(key) from (
        select distinct hashtextextended('pricing.price', hashtext(sku) & 255) as key from unnest(${skus}::text[]) as s (sku) order by key
      ) keys`, // 256 locks at most, however many SKUs: the lock table is small
  );
}

async function write(ctx: Ctx, rows: readonly Wanted[], cause: string): Promise<void> {
  if (rows.length === 0) return;
  await run(
    ctx.tx,
    sql`delete from pricing.price p using ${wantedRows(rows)} where ${samePlace(sql`p`)} and p.valid_from = w."validFrom"`,
  );
  await run(
    ctx.tx,
    sql`update pricing.price p set valid_to = cut.at
      from (
        select p.id, min(w."validFrom") as at from pricing.price p join ${wantedRows(rows)}
          on ${samePlace(sql`p`)} and p.valid_from < w."validFrom" and (p.valid_to is null or p.valid_to > w."validFrom")
        group by p.id
      ) cut where cut.id = p.id`,
  );
  await run(
    ctx.tx,
    sql`insert into pricing.price (sku, channel, kind, customer_group, from_quantity, amount_fen, valid_from, valid_to, wanted_to, cause,
        created_by, created_at)
      select w.sku, w.channel, w.kind, w."group", w."fromQuantity", w."amountFen", w."validFrom",
        least(
          w."validTo",
          lead(w."validFrom") over (partition by w.sku, w.channel, w.kind, w."group", w."fromQuantity" order by w."validFrom"),
          (select min(n.valid_from) from pricing.price n where ${samePlace(sql`n`)} and n.valid_from > w."validFrom")
        ), w."validTo", ${cause}, ${actorLabel(ctx.actor).name}, ${ctx.now}
      from ${wantedRows(rows)} order by w.sku, w.channel, w."validFrom"`,
  );
}

/** Where a price stands: prices of one place replace each other in time, prices of different places hold side by side. */
export interface Place {
  sku: string;
  channel: string | null;
  kind: PriceKind;
  group: string | null;
  fromQuantity: number;
}

interface Wanted extends Place {
  amountFen: number;
  validFrom: Date;
  validTo: Date | null;
}

export const wantedOf = (row: PriceRow, now: Date): Wanted => ({
  sku: row.sku,
  channel: row.channel ?? null,
  kind: row.kind ?? (row.channel === undefined ? 'list' : 'channel'),
  group: row.group ?? null,
  fromQuantity: row.fromQuantity ?? 1,
  amountFen: row.amountFen,
  validFrom: row.validFrom ?? now,
  validTo: row.validTo ?? null,
});

const wantedRows = (rows: readonly Wanted[]) =>
  sql`jsonb_to_recordset(${json(rows.map((row, nth) => ({ nth, ...row })))}) as w (nth integer, sku text, channel text, kind text, "group" text,
    "fromQuantity" integer, "amountFen" bigint, "validFrom" timestamptz, "validTo" timestamptz)`;

const samePlace = (table: ReturnType<typeof sql>) =>
  sql`${table}.sku = w.sku and ${table}.channel is not distinct from w.channel and ${table}.kind = w.kind
    and ${table}.customer_group is not distinct from w."group" and ${table}.from_quantity = w."fromQuantity"`;

const placeOf = ({ sku, channel, kind, group, fromQuantity }: Wanted): string =>
  [sku, channel, kind, group, fromQuantity].join('\n');

const keyOf = (row: Wanted): string => `${placeOf(row)}\n${row.validFrom.getTime()}`;
