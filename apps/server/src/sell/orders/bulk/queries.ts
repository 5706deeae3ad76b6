import type { orders as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { orders } from '../tables.ts';

type BulkRun = z.input<typeof contract.BulkRun>;
type Rows = z.input<typeof contract.listBulkRows.reply>;

/** Who is bound to one store sees the runs they started; everybody else sees all. */
const seenBy = ({ actor }: Ctx) =>
  actor.kind === 'staff' && actor.location !== undefined ? sql`r.staff_id = ${actor.id}` : sql`true`;

const runsWhere = (ctx: Ctx, condition: ReturnType<typeof sql>, limit: number): Promise<BulkRun[]> =>
  run(
    ctx.tx,
    sql<BulkRun>`select r.id, r.action, r.reason, r.state, r.total, r.staff_name as "startedBy",
        to_json(r.started_at)#>>'{}' as "startedAt", to_json(r.finished_at)#>>'{}' as "finishedAt",
        (select count(*) from orders.bulk_row w where w.run_id = r.id and w.state = 'done') as done,
        (select count(*) from orders.bulk_row w where w.run_id = r.id and w.state = 'refused') as refused
      from orders.bulk_run r where ${condition} and ${seenBy(ctx)} order by r.id desc limit ${limit}`,
  );

/** Runs over many orders, newest first. */
export async function listBulkRuns(
  ctx: Ctx,
  { state, after, limit }: z.output<typeof contract.listBulkRuns.query>,
): Promise<z.input<typeof contract.listBulkRuns.reply>> {
  const condition = sql`(${state ?? null}::text is null or r.state = ${state ?? null})
    and (${after ?? null}::uuid is null or r.id < ${after ?? null}::uuid)`;
  const rows = await runsWhere(ctx, condition, limit + 1);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** How far a run has come. Refuses `bulk.not_found`. */
export async function getBulkRun(ctx: Ctx, runId: string): Promise<BulkRun> {
  const [found] = await runsWhere(ctx, sql`r.id = ${runId}::uuid`, 1);
  return found ?? refuse('bulk.not_found', { runId });
}

/** What became of each order of a run, in its sequence. Refuses `bulk.not_found`. */
export async function listBulkRows(
  ctx: Ctx,
  { runId, state, after, limit }: { runId: string } & z.output<typeof contract.listBulkRows.query>,
): Promise<Rows> {
  await getBulkRun(ctx, runId);
  let query = orders(ctx.tx)
    .selectFrom('bulk_row')
    .select(['seq', 'order_id as orderId', 'number', 'state', 'problem'])
    .where('run_id', '=', runId);
  if (state !== undefined) query = query.where('state', '=', state);
  if (after !== undefined && /^\d{1,9}$/.test(after)) query = query.where('seq', '>', Number(after));
  const rows = await query
    .orderBy('seq')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(({ seq: _, ...row }) => row),
    next: rows.length > limit ? String(shown.at(-1)?.seq ?? '') : null,
  };
}
