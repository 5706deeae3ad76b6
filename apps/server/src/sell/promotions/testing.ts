import { promotions as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { addMs, inBusinessZone } from '../../platform/time.ts';
import type { OrderToClaim } from './claim/claims.ts';
import { type CreateBatch, createBatch } from './coupon/create-batch.ts';
import type { CartToPrice } from './price-carts.ts';
import type { PromotionDraft } from './promotion.ts';
import { createPromotion } from './save-promotion.ts';
import { submitPromotion } from './move-promotion.ts';
import { promotions } from './tables.ts';

type DraftInput = z.input<typeof contract.PromotionDraft>;

/** ¥40.00 off from ¥300.00, at the stage of thresholds, since yesterday. */
export const aDraft = (ctx: Ctx, over: Partial<DraftInput> = {}): PromotionDraft =>
  contract.PromotionDraft.parse({
    name: '满300减40',
    nameEn: '¥40 off ¥300',
    stage: 'threshold',
    when: { all: [] },
    then: { gives: 'steps', of: {}, by: 'amount', steps: [{ from: 30_000, off: { fen: 4000 } }] },
    startsAt: inBusinessZone(addMs(ctx.now, -86_400_000)),
    budgetFen: 1_000_000,
    ...over,
  } satisfies DraftInput);

/** A promotion that runs, whatever it may cost; answers its id. */
export async function aPromotion(ctx: Ctx, over: Partial<DraftInput> = {}): Promise<string> {
  const id = await createPromotion(ctx, aDraft(ctx, over));
  await submitPromotion(ctx, { id, version: 1 });
  await promotions(ctx.tx)
    .updateTable('promotion')
    .set({ state: 'approved', approved_by: 'test' })
    .where('id', '=', id)
    .execute();
  return id;
}

/** A batch of codes of a promotion, valid since yesterday; answers its id. */
export const aBatch = (ctx: Ctx, promotionId: string, over: Partial<CreateBatch> = {}): Promise<string> =>
  createBatch(ctx, {
    promotionId,
    name: '测试券',
    kind: 'single',
    size: 1,
    prefix: '',
    usesPerCode: null,
    usesPerCustomer: null,
    validFrom: inBusinessZone(addMs(ctx.now, -86_400_000)),
    validTo: null,
    validDays: null,
    isPublic: false,
    ...over,
  });

/** The codes of a batch in their one spelling, in the order in which they were made. */
export const codesOf = async (ctx: Ctx, batchId: string): Promise<string[]> =>
  (
    await promotions(ctx.tx).selectFrom('coupon').select('code').where('batch_id', '=', batchId).orderBy('position').execute()
  ).map((row) => row.code);

/** A guest's cart in the shop. */
export const aCart = (lines: Readonly<Record<string, number>>, over: Partial<CartToPrice> = {}): CartToPrice => ({
  key: 'cart',
  channel: 'shop',
  customerKey: 'visitor:1',
  isFirstOrder: false,
  lines: Object.entries(lines).map(([sku, quantity]) => ({ key: sku, sku, quantity })),
  couponCodes: [],
  pointsWanted: 0,
  ...over,
});

/** An order that takes something of one promotion. */
export const aClaim = (
  promotionId: string,
  over: Partial<OrderToClaim> & { couponCode?: string; amountFen?: number; units?: number } = {},
): OrderToClaim => {
  const { couponCode = null, amountFen = 100, units = 0, ...rest } = over;
  const orderId = crypto.randomUUID();
  return {
    orderId,
    customerKey: `visitor:${orderId}`,
    applied: [{ promotionId, couponCode, amountFen, units }],
    goodsFen: 10_000,
    taxFen: 1150,
    costFen: 6000,
    ...rest,
  };
};
