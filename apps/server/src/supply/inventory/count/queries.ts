import type { counts as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';

type Count = z.input<typeof contract.Count>;
type CountDetail = z.input<typeof contract.CountDetail>;
type Moment = 'openedAt' | 'countedAt' | 'recountedAt' | 'closedAt';
type Row = Omit<Count, Moment | 'canCount'> & Record<Moment, Date | null> & { counterId: string | null };

const columns = sql`c.id, c.number, c.location, c.state, c.note, c.cause, c.opened_by as "openedBy", c.opened_at as "openedAt",
  c.counted_by as "countedBy", c.counted_at as "countedAt", c.recounted_by as "recountedBy", c.recounted_at as "recountedAt",
  c.closed_at as "closedAt", c.correction_id as "correctionId", c.counter_id as "counterId", c.difference_fen as "differenceFen", l.*`;
const sums = sql`lateral (
    select count(*)::int as "lineCount", case when c.state in ('open', 'recount') then count(*) filter (where is_asked) else 0 end::int as asked,
      case when c.state in ('waiting', 'booked') then count(*) filter (where difference <> 0) end::int as differing
    from inventory.count_line where count_id = c.id
  ) l`;

function toCount(ctx: Ctx, { openedAt, countedAt, recountedAt, closedAt, counterId, ...row }: Row): Count {
  return {
    ...row,
    openedAt: (openedAt ?? ctx.now).toISOString(),
    countedAt: countedAt?.toISOString() ?? null,
    recountedAt: recountedAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
    canCount: row.state === 'open' || (row.state === 'recount' && counterId !== actorLabel(ctx.actor).id),
  };
}

/** Counts, newest first. */
export async function listCounts(
  ctx: Ctx,
  { state, location, after, limit }: z.output<typeof contract.listCounts.query>,
): Promise<z.input<typeof contract.listCounts.reply>> {
  const [at, id] = (after ?? '\n').split('\n');
  const rows = await run(
    ctx.tx,
    sql<Row>`select ${columns} from inventory.count c, ${sums}
      where (${state === undefined} or c.state = ${state ?? ''}) and (${location === undefined} or c.location = ${location ?? ''})
        and (${after === undefined} or (c.opened_at, c.id) < (${at || null}::timestamptz, ${id || null}::uuid))
      order by c.opened_at desc, c.id desc limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit).map((row) => toCount(ctx, row));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.openedAt}\n${last.id}` : null };
}

type LineRow = Omit<CountDetail['lines'][number], 'name' | 'nameEn'>;

/** One count with its sheet. While it is counted, neither what the books say nor what the first person counted is told. */
export async function getCount(ctx: Ctx, id: string): Promise<CountDetail> {
  const [row] = await run(ctx.tx, sql<Row>`select ${columns} from inventory.count c, ${sums} where c.id = ${id}`);
  if (row === undefined) return refuse('count.not_found', { id });
  const isBlind = row.state === 'open' || row.state === 'recount';
  const lines = await run(
    ctx.tx,
    sql<LineRow>`select line_no as "lineNo", sku, bin, lot, expires_on as "expiresOn", is_asked and ${isBlind} as "isAsked",
        case when not ${isBlind} then expected end as expected, case when not ${isBlind} then first end as first,
        case when not ${isBlind} then second end as second, case when not ${isBlind} then difference end as difference
      from inventory.count_line where count_id = ${id} order by line_no`,
  );
  const skus = await findSkus(
    ctx.tx,
    lines.map(({ sku }) => sku),
  );
  return {
    ...toCount(ctx, row),
    lines: lines.map((line) => ({
      ...line,
      name: skus.get(line.sku)?.name ?? line.sku,
      nameEn: skus.get(line.sku)?.nameEn ?? '',
    })),
  };
}
