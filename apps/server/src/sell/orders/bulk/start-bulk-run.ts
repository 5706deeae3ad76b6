import { orders as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import { emit } from '../../../platform/events.ts';
import { refuse } from '../../../platform/fail.ts';
import { enqueue } from '../../../platform/jobs.ts';
import { bulkStarted } from '../events.ts';
import { narrowed } from '../queries.ts';
import { orders } from '../tables.ts';
import { checkBulkRight } from './bulk-right.ts';
import { actInBulk } from './jobs.ts';

type Asked = z.output<typeof contract.startBulkRun.body>;

const target = { release: 'released', cancel: 'cancelled' } as const;

/** How many orders the filter finds, and how many of them are in a state that allows the action. */
export async function previewBulkRun(
  ctx: Ctx,
  { action, filter }: z.output<typeof contract.previewBulkRun.body>,
): Promise<{ total: number; able: number }> {
  checkBulkRight(ctx.actor, action);
  const able = contract.orderStates.filter((state) => contract.orderMoves[state].includes(target[action]));
  const [row] = await narrowed(ctx, filter)
    .select((eb) => [eb.fn.countAll<number>().as('total'), sql<number>`count(*) filter (where state = any(${able}))`.as('able')])
    .execute();
  return { total: row?.total ?? 0, able: row?.able ?? 0 };
}

/**
 * Writes down which orders the filter finds now, as far as the asker may see them, and queues the work. Refuses `auth.forbidden`,
 * `bulk.nothing`, `bulk.too_many` {max, total}.
 */
export async function startBulkRun(ctx: Ctx, { action, filter, reason }: Asked): Promise<string> {
  const actor = checkBulkRight(ctx.actor, action);
  const { total } = await previewBulkRun(ctx, { action, filter });
  if (total === 0) return refuse('bulk.nothing', {});
  if (total > contract.bulkRowsMax) return refuse('bulk.too_many', { max: contract.bulkRowsMax, total });
  const { id } = await orders(ctx.tx)
    .insertInto('bulk_run')
    .values({ action, reason: reason ?? null, total, staff_id: actor.id, staff_name: actor.name, started_at: ctx.now })
    .returning('id')
    .executeTakeFirstOrThrow();
  const found = await orders(ctx.tx)
    .insertInto('bulk_row')
    .columns(['run_id', 'seq', 'order_id', 'number'])
    .expression(
      narrowed(ctx, filter).select([
        sql<string>`${id}::uuid`.as('run_id'),
        sql<number>`(row_number() over (order by placed_at, id))::int`.as('seq'),
        'id as order_id',
        'number',
      ]),
    )
    .executeTakeFirst();
  const rows = Number(found.numInsertedOrUpdatedRows ?? 0); // orders may have come since they were counted
  if (rows !== total) await orders(ctx.tx).updateTable('bulk_run').set({ total: rows }).where('id', '=', id).execute();
  await emit(ctx, bulkStarted, { runId: id, action, orders: rows });
  await enqueue(ctx.tx, actInBulk, { runId: id }, { key: `bulk:${id}` });
  return id;
}
