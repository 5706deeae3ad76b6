import type { customers as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { normalPhone } from './customer.ts';
import { masked } from './queries.ts';
import { customers } from './tables.ts';

type Segment = z.input<typeof contract.Segment>;
type Page = z.output<typeof contract.listSegmentMembers.query>;
type Changed = z.output<typeof contract.addSegmentMembers.reply>;

/** Named lists of customers with their sizes, by code. */
export async function listSegments(tx: Tx): Promise<{ items: Segment[] }> {
  const rows = await run(
    tx,
    sql<Omit<Segment, 'createdAt'> & { createdAt: Date }>`
      select s.code, s.name, s.name_en as "nameEn", s.created_at as "createdAt",
        (select count(*)::int from customers.segment_member m where m.segment = s.code) as members
      from customers.segment s order by s.code`,
  );
  return { items: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })) };
}

/** Begins a named list. Refuses `segment.exists`. */
export async function createSegment(
  ctx: Ctx,
  { code, name, nameEn }: Pick<Segment, 'code' | 'name' | 'nameEn'>,
): Promise<Segment> {
  const made = await customers(ctx.tx)
    .insertInto('segment')
    .values({ code, name, name_en: nameEn, created_at: ctx.now })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirstOrThrow();
  if (made.numInsertedOrUpdatedRows === 0n) refuse('segment.exists', { segment: code });
  return { code, name, nameEn, members: 0, createdAt: ctx.now.toISOString() };
}

/** Who is in a segment, newest customers first, contacts masked. Refuses `segment.not_found`. */
export async function listSegmentMembers(
  tx: Tx,
  code: string,
  { after, limit }: Page,
): Promise<z.input<typeof contract.listSegmentMembers.reply>> {
  await checkSegment(tx, code);
  let query = customers(tx)
    .selectFrom('segment_member')
    .innerJoin('customer', 'customer.id', 'segment_member.customer_id')
    .selectAll('customer')
    .where('segment', '=', code);
  if (after !== undefined) query = query.where('customer.id', '<', after);
  const rows = await query
    .orderBy('customer.id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(masked);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** Adds the customers that the lines name; who is in it already stays. Refuses `segment.not_found`. */
export async function addSegmentMembers(ctx: Ctx, { code, text }: { code: string; text: string }): Promise<Changed> {
  await checkSegment(ctx.tx, code);
  const { customerIds, ...rest } = await findByLines(ctx.tx, text);
  const added = await addToSegment(ctx, { code, customerIds });
  return { changed: added, unchanged: customerIds.length - added, ...rest };
}

/** Adds these customers to a segment; answers how many were not in it. */
export async function addToSegment(
  ctx: Ctx,
  { code, customerIds }: { code: string; customerIds: readonly string[] },
): Promise<number> {
  const rows = await run(
    ctx.tx,
    sql`insert into customers.segment_member (segment, customer_id, added_at)
      select ${code}, id, ${ctx.now} from unnest(${[...new Set(customerIds)]}::uuid[]) as g (id) order by id
      on conflict do nothing returning customer_id`,
  );
  return rows.length;
}

/** Takes the customers that the lines name out of a segment. Refuses `segment.not_found`. */
export async function removeSegmentMembers(ctx: Ctx, { code, text }: { code: string; text: string }): Promise<Changed> {
  await checkSegment(ctx.tx, code);
  const { customerIds, ...rest } = await findByLines(ctx.tx, text);
  const gone = await run(
    ctx.tx,
    sql`delete from customers.segment_member where segment = ${code} and customer_id = any(${customerIds}::uuid[]) returning customer_id`,
  );
  return { changed: gone.length, unchanged: customerIds.length - gone.length, ...rest };
}

async function checkSegment(tx: Tx, code: string): Promise<void> {
  const row = await customers(tx).selectFrom('segment').select('code').where('code', '=', code).executeTakeFirst();
  if (row === undefined) refuse('segment.not_found', { segment: code });
}

const toldMax = 100;

/** Every customer that a line names by number, whole phone or outside number, in one statement; and the lines that name nobody. */
async function findByLines(tx: Tx, text: string): Promise<{ customerIds: string[] } & Pick<Changed, 'unknown' | 'unknownCount'>> {
  const lines = text
    .split(/\r\n|[\r\n]/)
    .map((given, index) => ({ line: index + 1, text: given.trim().slice(0, 64) }))
    .filter((one) => one.text !== '');
  const asked = lines.map((one) => ({ ...one, number: one.text.toUpperCase(), phone: normalPhone(one.text) ?? null }));
  const found = await run(
    tx,
    sql<{ id: string; line: number }>`
      with g as (select * from jsonb_to_recordset(${json(asked)}) as g (line int, text text, number text, phone text))
      select c.id, g.line from g join customers.customer c on c.number = g.number
      union select c.id, g.line from g join customers.customer c on c.phone = g.phone
      union select c.id, g.line from g join customers.customer c on c.source in ('shop', 'import', 'store') and c.external_id = g.text`,
  );
  const known = new Set(found.map((row) => row.line));
  const unknown = lines.filter((one) => !known.has(one.line));
  return {
    customerIds: [...new Set(found.map((row) => row.id))],
    unknown: unknown.slice(0, toldMax),
    unknownCount: unknown.length,
  };
}
