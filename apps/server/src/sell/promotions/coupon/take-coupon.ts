import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { endOfGiven } from './code.ts';
import { lockBatch } from './lock-batch.ts';

interface OpenBatch {
  usesPerCustomer: number | null;
  validDays: number | null;
  validTo: Date | null;
  owned: number;
}

/**
 * A member takes one coupon of a public batch; answers its code. However many take at a time, no code goes to two and nobody gets more
 * than one may have. Refuses `coupon_batch.not_found`, `coupon.limit_reached`, `coupon_batch.used_up`.
 */
export async function takeCoupon(ctx: Ctx, { batchId, customerId }: { batchId: string; customerId: string }): Promise<string> {
  await lockBatch(ctx.tx, batchId, { taker: customerId });
  const [batch] = await run(
    ctx.tx,
    sql<OpenBatch>`select b.uses_per_customer as "usesPerCustomer", b.valid_days as "validDays", b.valid_to as "validTo",
        (select count(*)::int from promotions.coupon c where c.batch_id = b.id and c.customer_id = ${customerId}) as owned
      from promotions.coupon_batch b join promotions.promotion p on p.id = b.promotion_id
      where b.id = ${batchId} and b.is_public and b.state = 'ready' and b.valid_from <= ${ctx.now} and (b.valid_to is null or b.valid_to > ${ctx.now})
        and p.state = 'approved' and (p.ends_at is null or p.ends_at > ${ctx.now})`,
  );
  if (batch === undefined) refuse('coupon_batch.not_found', { id: batchId });
  if (batch.usesPerCustomer !== null && batch.owned >= batch.usesPerCustomer) refuse('coupon.limit_reached', { id: batchId });

  const validTo = endOfGiven({ validDays: batch.validDays, batchTo: batch.validTo }, ctx.now);
  const [taken] = await run(
    ctx.tx,
    sql<{ code: string }>`update promotions.coupon set customer_id = ${customerId}, given_at = ${ctx.now}, valid_to = ${validTo}
      where code = (select code from promotions.coupon where batch_id = ${batchId} and customer_id is null and uses = 0
        limit 1 for update skip locked)
      returning code`,
  );
  if (taken === undefined) refuse('coupon_batch.used_up', { id: batchId });
  await run(ctx.tx, sql`update promotions.coupon_batch set given = given + 1 where id = ${batchId}`); // last: takers meet at this row
  return taken.code;
}
