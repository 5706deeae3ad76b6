import { sql } from 'kysely';
import { customersIn, findCustomers } from '../../../base/customers/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { promotions } from '../tables.ts';
import { endOfGiven } from './code.ts';
import { lockBatch } from './lock-batch.ts';

export type Receivers = { customerIds: readonly string[] } | { segment: string };

/**
 * Gives each customer one code of a batch, all or nobody; who has as many as one may have gets none. Refuses `coupon_batch.not_found`,
 * `coupon_batch.wrong_state` unless it is ready, `coupon_batch.used_up` with the codes missing, `segment.not_found`, `customer.not_found`.
 */
export async function giveCoupons(
  ctx: Ctx,
  batchId: string,
  to: Receivers,
): Promise<{ customers: number; given: number; had: number }> {
  await lockBatch(ctx.tx, batchId, 'giving');
  const batch = await promotions(ctx.tx).selectFrom('coupon_batch').selectAll().where('id', '=', batchId).executeTakeFirst();
  if (batch === undefined) refuse('coupon_batch.not_found', { id: batchId });
  if (batch.state !== 'ready' || batch.word !== null) refuse('coupon_batch.wrong_state', { state: batch.state });
  const customers = await receiversOf(ctx, to);

  const validTo = endOfGiven({ validDays: batch.valid_days, batchTo: batch.valid_to }, ctx.now);
  const [told] = await run(
    ctx.tx,
    sql<{ wanted: number; given: number }>`with receiver as (
        select id, row_number() over (order by id) as place from unnest(${customers}::uuid[]) as r (id)
        where ${batch.uses_per_customer === null}
          or (select count(*) from promotions.coupon c where c.batch_id = ${batchId} and c.customer_id = r.id) < ${batch.uses_per_customer ?? 0}
      ), free as (
        select code, row_number() over () as place from (
          select code from promotions.coupon where batch_id = ${batchId} and customer_id is null and uses = 0
          limit (select count(*) from receiver) for update
        ) locked
      ), given as (
        update promotions.coupon c set customer_id = receiver.id, given_at = ${ctx.now}, valid_to = ${validTo}
        from free join receiver using (place) where c.code = free.code returning 1
      )
      select (select count(*)::int from receiver) as wanted, (select count(*)::int from given) as given`,
  );
  const { wanted, given } = told ?? { wanted: 0, given: 0 };
  if (given < wanted) refuse('coupon_batch.used_up', { missing: wanted - given });
  await run(ctx.tx, sql`update promotions.coupon_batch set given = given + ${given} where id = ${batchId}`);
  return { customers: customers.length, given, had: customers.length - given };
}

async function receiversOf({ tx }: Ctx, to: Receivers): Promise<string[]> {
  if ('segment' in to) return (await customersIn(tx, to.segment)) ?? refuse('segment.not_found', { segment: to.segment });
  const known = await findCustomers(tx, to.customerIds);
  const unknown = to.customerIds.find((id) => !known.has(id));
  if (unknown !== undefined) refuse('customer.not_found', { id: unknown });
  return [...known.keys()];
}
