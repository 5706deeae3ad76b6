import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { priceChanged } from './events.ts';

/** A list price, or with `channel` a channel price, from an instant on (now when absent), until the next one that is already known. */
export interface PriceRow {
  sku: string;
  channel?: string | undefined;
  amountFen: number;
  validFrom?: Date | undefined;
}

export type PriceOutcome = 'new' | 'changed' | 'unchanged';

const rowsMax = 10_000;
const eventMax = 1000;

/**
 * Sets any number of list and channel prices: the window that runs at that instant ends there, and the new one runs until the next
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
  const given = rows.map((row) => ({
    sku: row.sku,
    channel: row.channel ?? null,
    amountFen: row.amountFen,
    validFrom: row.validFrom ?? ctx.now,
  }));
  const wanted = [...new Map(given.map((row) => [keyOf(row), row])).values()];
  await lockSkus(
    ctx,
    wanted.map((row) => row.sku),
  );

  const known = await run(
    ctx.tx,
    sql<{
      sku: string;
      channel: string | null;
      validFrom: Date;
      amountFen: number | null;
      startsHere: boolean;
      isFirst: boolean;
    }>`
      select w.sku, w.channel, w."validFrom", p.amount_fen as "amountFen", coalesce(p.valid_from = w."validFrom", false) as "startsHere",
        not exists (select from pricing.price q where q.sku = w.sku and q.channel is not distinct from w.channel and q.kind <> 'markdown') as "isFirst"
      from ${wantedRows(wanted)}
      left join pricing.price p on p.sku = w.sku and p.channel is not distinct from w.channel and p.kind <> 'markdown'
        and p.valid_from <= w."validFrom" and (p.valid_to is null or p.valid_to > w."validFrom")`,
  );
  const before = new Map(known.map((row) => [keyOf(row), row]));
  const fresh = wanted.filter((row) => before.get(keyOf(row))?.amountFen !== row.amountFen);
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
  return given.map((row) => (!freshKeys.has(keyOf(row)) ? 'unchanged' : before.get(keyOf(row))?.isFirst ? 'new' : 'changed'));
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
    sql`delete from pricing.price p using ${wantedRows(rows)}
      where p.sku = w.sku and p.channel is not distinct from w.channel and p.kind <> 'markdown' and p.valid_from = w."validFrom"`,
  );
  await run(
    ctx.tx,
    sql`update pricing.price p set valid_to = cut.at
      from (
        select p.id, min(w."validFrom") as at from pricing.price p join ${wantedRows(rows)}
          on p.sku = w.sku and p.channel is not distinct from w.channel and p.kind <> 'markdown'
          and p.valid_from < w."validFrom" and (p.valid_to is null or p.valid_to > w."validFrom")
        group by p.id
      ) cut where cut.id = p.id`,
  );
  await run(
    ctx.tx,
    sql`insert into pricing.price (sku, channel, kind, amount_fen, valid_from, valid_to, cause, created_by, created_at)
      select w.sku, w.channel, case when w.channel is null then 'list' else 'channel' end, w."amountFen", w."validFrom",
        least(
          lead(w."validFrom") over (partition by w.sku, w.channel order by w."validFrom"),
          (select min(n.valid_from) from pricing.price n where n.sku = w.sku and n.channel is not distinct from w.channel
            and n.kind <> 'markdown' and n.valid_from > w."validFrom")
        ), ${cause}, ${actorLabel(ctx.actor).name}, ${ctx.now}
      from ${wantedRows(rows)} order by w.sku, w.channel, w."validFrom"`,
  );
}

type Wanted = { sku: string; channel: string | null; amountFen: number; validFrom: Date };
const wantedRows = (rows: readonly Wanted[]) =>
  sql`jsonb_to_recordset(${json(rows)}) as w (sku text, channel text, "amountFen" bigint, "validFrom" timestamptz)`;

const placeOf = ({ sku, channel }: { sku: string; channel: string | null }): string => `${sku}\n${channel ?? ''}`;

const keyOf = ({ sku, channel, validFrom }: { sku: string; channel: string | null; validFrom: Date }): string =>
  `${sku}\n${channel ?? ''}\n${validFrom.getTime()}`;
