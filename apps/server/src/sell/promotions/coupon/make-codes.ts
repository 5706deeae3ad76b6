import { type RawBuilder, sql } from 'kysely';
import * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { job, jobType } from '../../../platform/jobs.ts';
import { alphabet, spelled } from './code.ts';

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
        select code, ${batchId}::uuid, coalesce((select max(position) from promotions.coupon where batch_id = ${batchId}), 0)
          + row_number() over ()
        from (${randomCodes(spelled(batch.prefix), wanted)}) codes order by code
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

/** Bytes of a random UUID that are random altogether: not those of its version (6) and variant (8). */
const randomBytes = [0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 12, 13];

/** A prefix and 12 letters of 32, 60 random bits of the database's strong generator: who knows a million codes guesses none. */
const randomCodes = (prefix: string, count: number): RawBuilder<unknown> => {
  const letters = randomBytes.map((byte) => sql`substr(${sql.lit(alphabet)}, (get_byte(bytes, ${sql.lit(byte)}) & 31) + 1, 1)`);
  return sql`select ${prefix}::text || ${sql.join(letters, sql` || `)} as code
    from (select uuid_send(gen_random_uuid()) as bytes from generate_series(1, ${count}::int)) random`;
};
