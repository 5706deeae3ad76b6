import { sql } from 'kysely';
import { findSkus } from '../../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { proposeCorrection } from '../correction/propose-correction.ts';
import { lockLevels } from '../lock-levels.ts';
import { byPlace } from '../stock.ts';
import { inventory } from '../tables.ts';
import { compare, type Difference, missingLines, pileKey } from './count.ts';

export interface SubmitCount {
  id: string;
  lines: readonly { lineNo: number; quantity: number }[];
  /** Units that the sheet does not name. */
  found?: readonly FoundUnits[] | undefined;
}

interface FoundUnits {
  sku: string;
  bin?: string | undefined;
  lot?: string | undefined;
  expiresOn?: string | undefined;
  quantity: number;
}

/**
 * Hands in what was counted, compared with the books of this moment. What differs in the first count is asked of a second person; what
 * differs in the second is booked as `count` movements, or waits for approval above the limit of value. Refuses `count.incomplete`,
 * `count.not_on_sheet`, `count.needs_second_person`, `stock.insufficient` when fewer are there than are promised.
 */
export async function submitCount(ctx: Ctx, input: SubmitCount): Promise<void> {
  const { id, lines, found = [] } = input;
  const count = await lockCount(ctx, id);
  const actorId = actorLabel(ctx.actor).id;
  if (count.state === 'recount' && count.counterId === actorId) refuse('count.needs_second_person', { id });
  await checkTallies(ctx, input, count.location);

  const round = count.state === 'open' ? 'first' : 'second';
  await saveTallies(ctx, { id, lines, found }, round);
  const differences = (await compareWithBooks(ctx, id, count.location)).filter(({ change }) => change !== 0);

  if (round === 'first') await endFirst(ctx, id, differences);
  else await endSecond(ctx, count, differences);
}

interface LockedCount {
  id: string;
  number: string;
  location: string;
  state: string;
  counterId: string | null;
}

/** Locks a sheet that is still counted. Refuses `count.wrong_state` with the state that it is in. */
export async function lockCount(ctx: Ctx, id: string): Promise<LockedCount> {
  const count = await inventory(ctx.tx)
    .selectFrom('count')
    .select(['id', 'number', 'location', 'state', 'counter_id as counterId'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (count === undefined) return refuse('count.not_found', { id });
  if (count.state !== 'open' && count.state !== 'recount') refuse('count.wrong_state', { state: count.state });
  return count;
}

async function checkTallies(ctx: Ctx, { id, lines, found = [] }: SubmitCount, location: string): Promise<void> {
  const sheet = await inventory(ctx.tx)
    .selectFrom('count_line')
    .select(['line_no as lineNo', 'sku', 'lot', 'is_asked as isAsked'])
    .where('count_id', '=', id)
    .orderBy('line_no')
    .execute();
  const asked = sheet.filter(({ isAsked }) => isAsked);
  const askedNos = new Set(asked.map(({ lineNo }) => lineNo));
  for (const { lineNo } of lines) if (!askedNos.has(lineNo)) refuse('count.line_not_found', { lineNo });
  const missing = missingLines(asked, new Set(lines.map(({ lineNo }) => lineNo)));
  if (missing.length > 0) refuse('count.incomplete', { lineNos: missing.slice(0, 20), lines: missing.length });
  if (found.length > 0) await checkFound(ctx, location, sheet, found);
}

/** Units found beside belong to a pile that is counted now, or of which the books know none: the rest of it would be missed otherwise. */
async function checkFound(
  ctx: Ctx,
  location: string,
  sheet: readonly { sku: string; lot: string | null; isAsked: boolean }[],
  found: readonly FoundUnits[],
): Promise<void> {
  const known = await findSkus(
    ctx.tx,
    found.map(({ sku }) => sku),
  );
  const piles = found.map(({ sku, lot = null }) => ({ sku, lot }));
  const books = await readBooks(ctx, location, piles);
  const isAsked = new Map(sheet.map((line) => [pileKey(line), line.isAsked]));
  for (const pile of piles) {
    if (!known.has(pile.sku)) refuse('sku.not_found', { sku: pile.sku });
    const key = pileKey(pile);
    if (!(isAsked.get(key) ?? (books.get(key) ?? 0) === 0)) refuse('count.not_on_sheet', { sku: pile.sku });
  }
}

async function saveTallies(ctx: Ctx, { id, lines, found = [] }: SubmitCount, round: 'first' | 'second'): Promise<void> {
  const { id: actorId, name } = actorLabel(ctx.actor);
  const column = sql.ref(round);
  await run(
    ctx.tx,
    sql`update inventory.count_line c set ${column} = l.quantity from jsonb_to_recordset(${json(lines)}) as l ("lineNo" int, quantity int)
      where c.count_id = ${id} and c.line_no = l."lineNo"`,
  );
  if (found.length > 0)
    await run(
      ctx.tx,
      sql`insert into inventory.count_line (count_id, line_no, sku, bin, lot, expires_on, ${column})
        select ${id}, (select max(line_no) from inventory.count_line where count_id = ${id}) + position, sku, bin, lot, expires_on, quantity
        from rows from (jsonb_to_recordset(${json(found)}) as (sku text, bin text, lot text, "expiresOn" date, quantity int)) with ordinality
          as f (sku, bin, lot, expires_on, quantity, position)`,
    );
  const who =
    round === 'first'
      ? { counted_by: name, counter_id: actorId, counted_at: ctx.now }
      : { recounted_by: name, recounter_id: actorId, recounted_at: ctx.now };
  await inventory(ctx.tx).updateTable('count').set(who).where('id', '=', id).execute();
}

/** The asked lines against the books of this moment, their rows locked until it is booked; what the books said is kept on the sheet. */
async function compareWithBooks(ctx: Ctx, id: string, location: string): Promise<Difference[]> {
  const lines = await inventory(ctx.tx)
    .selectFrom('count_line')
    .select(['line_no as lineNo', 'sku', 'lot', 'expires_on as expiresOn', 'first', 'second'])
    .where('count_id', '=', id)
    .where('is_asked', '=', true)
    .orderBy('line_no')
    .execute();
  const differences = compare(lines, await readBooks(ctx, location, lines));
  await run(
    ctx.tx,
    sql`update inventory.count_line c set expected = d.expected, difference = d.change
      from jsonb_to_recordset(${json(differences.map((one) => ({ ...one, lineNo: one.lineNos[0] })))}) as d ("lineNo" int, expected int, change int)
      where c.count_id = ${id} and c.line_no = d."lineNo"`,
  );
  return differences;
}

/** What the books say of each SKU and lot: a lot's own balance, and of no lot what the lots leave over. */
async function readBooks(
  ctx: Ctx,
  location: string,
  lines: readonly { sku: string; lot: string | null }[],
): Promise<Map<string, number>> {
  const places = lines.map(({ sku }) => ({ sku, location }));
  const levels = await lockLevels(ctx, places.toSorted(byPlace));
  const lots = await inventory(ctx.tx)
    .selectFrom('lot')
    .select(['sku', 'code as lot', 'on_hand as onHand'])
    .where('location', '=', location)
    .where('sku', 'in', [...new Set(lines.map(({ sku }) => sku)), ''])
    .execute();
  const books = new Map(lots.map((lot) => [pileKey(lot), lot.onHand]));
  for (const { sku, onHand } of levels.values()) {
    const inLots = lots.reduce((sum, lot) => sum + (lot.sku === sku ? lot.onHand : 0), 0);
    books.set(pileKey({ sku, lot: null }), Math.max(0, onHand - inLots));
  }
  return books;
}

async function endFirst(ctx: Ctx, id: string, differences: readonly Difference[]): Promise<void> {
  if (differences.length === 0) return close(ctx, id, 0);
  const again = differences.flatMap(({ lineNos }) => lineNos);
  await run(ctx.tx, sql`update inventory.count_line set is_asked = line_no = any(${again}::int[]) where count_id = ${id}`);
  await inventory(ctx.tx).updateTable('count').set({ state: 'recount' }).where('id', '=', id).execute();
}

async function endSecond(
  ctx: Ctx,
  { id, number, location, counterId }: LockedCount,
  differences: readonly Difference[],
): Promise<void> {
  if (differences.length === 0) return close(ctx, id, 0);
  const correction = await proposeCorrection(ctx, {
    kind: 'count',
    reason: 'count',
    cause: `count:${number}`,
    countId: id,
    otherProposers: counterId === null ? [] : [counterId],
    lines: differences.map(({ sku, lot, expiresOn, change }) => ({
      sku,
      location,
      lot: lot ?? undefined,
      expiresOn: expiresOn ?? undefined,
      change,
    })),
  });
  await inventory(ctx.tx).updateTable('count').set({ correction_id: correction.id }).where('id', '=', id).execute();
  if (correction.state === 'booked') await close(ctx, id, correction.valueFen);
  else
    await inventory(ctx.tx)
      .updateTable('count')
      .set({ state: 'waiting', difference_fen: correction.valueFen })
      .where('id', '=', id)
      .execute();
}

async function close(ctx: Ctx, id: string, differenceFen: number): Promise<void> {
  await inventory(ctx.tx)
    .updateTable('count')
    .set({ state: 'booked', difference_fen: differenceFen, closed_at: ctx.now })
    .where('id', '=', id)
    .execute();
}
