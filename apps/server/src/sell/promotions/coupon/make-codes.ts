import { sql } from 'kysely';
import * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { job, jobType } from '../../../platform/jobs.ts';
import { letterCount, randomLetters, spelled } from './code.ts';

export const makeCodes = jobType('promotions/make-codes', z.object({ batchId: z.uuid() }));

const chunk = 50_000;

/**
 * Makes the codes of a batch, 50,000 a transaction with the count of those made, until it has as many as it says. Killed at any moment
 * and run again it goes on where it stopped; two at once take turns at the batch's row.
 */
export const makeCodesJob = job(makeCodes, async ({ inTx, signal }, { batchId }) => {
  while (!signal.aborted) if ((await inTx((ctx) => makeSome(ctx, batchId))) === 0) return;
  throw new Error('stopped half-way; the queue runs it again');
});

/** Makes the next codes of a batch that is being made; answers how many are still missing. */
export async function makeSome(ctx: Ctx, batchId: string): Promise<number> {
  const [batch] = await run(
    ctx.tx,
    sql<{ size: number; made: number; prefix: string }>`
      select size, made, prefix from promotions.coupon_batch where id = ${batchId} and state = 'making' for update`,
  );
  if (batch === undefined) return 0;
  const wanted = Math.min(chunk, batch.size - batch.made);
  const [inserted] = await run(
    ctx.tx,
    sql<{ count: number }>`with made as (
        insert into promotions.coupon (code, batch_id, position)
        select code, ${batchId}::uuid, coalesce((select max(position) from promotions.coupon where batch_id = ${batchId}), 0) + place
        from (
          select ${spelled(batch.prefix)} || convert_from(substring(${randomLetters(wanted)}::bytea from (place - 1) * ${letterCount} + 1 for ${letterCount}), 'UTF8') as code, place
          from generate_series(1, ${wanted}::int) as place
        ) made order by code
        on conflict (code) do nothing returning 1
      ) select count(*)::int as count from made`,
  );
  const made = batch.made + (inserted?.count ?? 0);
  await run(
    ctx.tx,
    sql`update promotions.coupon_batch set made = ${made}, state = case when ${made} >= size then 'ready' else 'making' end where id = ${batchId}`,
  );
  return batch.size - made;
}
