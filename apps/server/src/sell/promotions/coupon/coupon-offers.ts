import type { promotions as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { inBusinessZone } from '../../../platform/time.ts';
import { holdsAt } from '../promotion.ts';
import { publicRuleOf } from '../public-rule.ts';
import { type RunningPromotion, rulesOf } from '../running-set.ts';

type Offer = z.input<typeof contract.listCouponOffers.reply>['items'][number];

/** Coupons that members may take now, the earliest end first, and whether the one who asks still may. */
export async function listCouponOffers(ctx: Ctx, customerId: string | undefined): Promise<Offer[]> {
  return (await openBatches(ctx, customerId)).map(({ batch, promotion }) => {
    const isTaken = batch.usesPerCustomer !== null && batch.owned >= batch.usesPerCustomer;
    return {
      batchId: batch.id,
      rule: publicRuleOf(promotion),
      validTo: batch.validTo === null ? null : inBusinessZone(batch.validTo),
      validDays: batch.validDays,
      left: batch.left,
      state: customerId === undefined ? 'sign_in' : isTaken ? 'taken' : batch.left === 0 ? 'used_up' : 'open',
    };
  });
}

interface OpenBatch {
  id: string;
  promotionId: string;
  usesPerCustomer: number | null;
  validTo: Date | null;
  validDays: number | null;
  left: number;
  owned: number;
}

/** Public batches that are open now with their promotions, which give now too. */
export async function openBatches(ctx: Ctx, customerId?: string): Promise<{ batch: OpenBatch; promotion: RunningPromotion }[]> {
  const batches = await run(
    ctx.tx,
    sql<OpenBatch>`select b.id, b.promotion_id as "promotionId", b.uses_per_customer as "usesPerCustomer", b.valid_to as "validTo",
        b.valid_days as "validDays", b.made - b.given as left,
        (select count(*)::int from promotions.coupon c where c.batch_id = b.id and c.customer_id = ${customerId ?? null}::uuid) as owned
      from promotions.coupon_batch b
      where b.is_public and b.state = 'ready' and b.valid_from <= ${ctx.now} and (b.valid_to is null or b.valid_to > ${ctx.now})
      order by b.valid_to nulls last, b.id limit 100`,
  );
  const rules = await rulesOf(ctx.tx, [...new Set(batches.map((batch) => batch.promotionId))], ctx.now);
  return batches.flatMap((batch) => {
    const rule = rules.get(batch.promotionId);
    return rule?.isOn === true && holdsAt(rule.promotion, ctx.now) ? [{ batch, promotion: rule.promotion }] : [];
  });
}
