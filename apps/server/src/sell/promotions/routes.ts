import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { promotions as contract } from '@tongshang/contract';
import { goodsAtAddresses } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { handle, handleOutside } from '../../platform/http.ts';
import { makeGather } from '../../platform/gather.ts';
import { createMemo } from '../../platform/memo.ts';
import type { Outside, Route } from '../../platform/route.ts';
import { listCouponOffers } from './coupon/coupon-offers.ts';
import { createBatch } from './coupon/create-batch.ts';
import { exportCodes } from './coupon/export-codes.ts';
import { giveCoupons } from './coupon/give-coupons.ts';
import { getMyCoupon, listMyCoupons } from './coupon/my-coupons.ts';
import { getBatch, listBatches, lookUpCoupon } from './coupon/queries.ts';
import { stopBatch } from './coupon/stop-batch.ts';
import { takeCoupon } from './coupon/take-coupon.ts';
import { approvePromotion, movePromotion, rejectPromotion, submitPromotion } from './move-promotion.ts';
import { listGroups } from './groups.ts';
import { findConflicts } from './preview/find-conflicts.ts';
import { previewCarts } from './preview/preview-carts.ts';
import { type PastOrders, previewOrders } from './preview/preview-orders.ts';
import { getPromotion, listPromotions } from './queries.ts';
import { getResults } from './results.ts';
import { approveGroupChange, createGroup, deleteGroup, rejectGroupChange, saveGroup } from './save-group.ts';
import { createPromotion, duplicatePromotion, savePromotion } from './save-promotion.ts';
import { getSettings, saveSettings } from './settings.ts';
import { listCardLabels } from './shop/card-labels.ts';
import { listSteps } from './steps.ts';
import { listFlashSales } from './shop/flash-sales.ts';
import { productPromotions } from './shop/product-promotions.ts';
import { readShopRules, type ShopRules } from './shop/shop-rules.ts';

/** `keepMs`: for how long pages that are the same for everybody may show what ran before. */
export const promotionRoutes = ({ pastOrders, keepMs }: { pastOrders: PastOrders; keepMs: number }): readonly Route[] => [
  handle(contract.listPromotions, (ctx, { query }) => listPromotions(ctx, query)),
  handle(contract.getPromotion, (ctx, { params }) => getPromotion(ctx, params.id)),
  handle(contract.listPromotionSteps, (ctx, { params }) => listSteps(ctx, params.id)),
  handle(contract.createPromotion, async (ctx, { body }) => getPromotion(ctx, await createPromotion(ctx, body))),
  handle(contract.savePromotion, async (ctx, { params, body: { version, ...draft } }) =>
    shown(ctx, params.id, () => savePromotion(ctx, { ...params, version, draft })),
  ),
  handle(contract.submitPromotion, async (ctx, { params, body }) =>
    shown(ctx, params.id, () => submitPromotion(ctx, { ...params, ...body })),
  ),
  handle(contract.approvePromotion, async (ctx, { params, body }) =>
    shown(ctx, params.id, () => approvePromotion(ctx, { ...params, ...body })),
  ),
  handle(contract.rejectPromotion, async (ctx, { params, body }) =>
    shown(ctx, params.id, () => rejectPromotion(ctx, { ...params, ...body })),
  ),
  handle(contract.pausePromotion, (ctx, { params }) =>
    shown(ctx, params.id, () => movePromotion(ctx, { ...params, move: 'pause' })),
  ),
  handle(contract.resumePromotion, (ctx, { params }) =>
    shown(ctx, params.id, () => movePromotion(ctx, { ...params, move: 'resume' })),
  ),
  handle(contract.endPromotion, (ctx, { params }) => shown(ctx, params.id, () => movePromotion(ctx, { ...params, move: 'end' }))),
  handle(contract.duplicatePromotion, async (ctx, { params }) => getPromotion(ctx, await duplicatePromotion(ctx, params.id))),
  handle(contract.listPromotionGroups, async (ctx) => ({ items: await listGroups(ctx) })),
  handle(contract.createPromotionGroup, (ctx, { body }) => createGroup(ctx, body)),
  handle(contract.savePromotionGroup, (ctx, { params, body }) => saveGroup(ctx, params.id, body)),
  handle(contract.approveGroupChange, (ctx, { params, body }) => approveGroupChange(ctx, { ...params, ...body })),
  handle(contract.rejectGroupChange, (ctx, { params, body }) => rejectGroupChange(ctx, { ...params, ...body })),
  handle(contract.deletePromotionGroup, async (ctx, { params }) => {
    await deleteGroup(ctx, params.id);
    return {};
  }),
  handle(contract.getPromotionSettings, (ctx) => getSettings(ctx.tx)),
  handle(contract.savePromotionSettings, (ctx, { body }) => saveSettings(ctx, body)),
  handle(contract.previewPromotion, (ctx, { body }) => previewCarts(ctx, body)),
  handle(contract.previewPromotionOnOrders, (ctx, { body }) => previewOrders(ctx, pastOrders, body)),
  handle(contract.findPromotionConflicts, (ctx, { body }) => findConflicts(ctx, body)),
  handle(contract.getPromotionResults, (ctx, { params }) => getResults(ctx, params.id)),
  ...couponRoutes(),
  handle(contract.listFlashSales, async (ctx) => ({ items: await listFlashSales(ctx), serverTime: ctx.now.toISOString() })),
  ...pageRoutes({ keepMs }),
];

/** What pages of the shop ask by the thousand: the rules are read once for all who ask within a moment. */
function pageRoutes({ keepMs }: { keepMs: number }): Route[] {
  const goods = makeGather({ load: ({ tx }, slugs) => goodsAtAddresses(tx, slugs) });
  const kept = createMemo<ShopRules>({ lifeMs: keepMs / 2, entriesMax: 1 });
  const rulesNow = ({ look }: Outside): Promise<ShopRules> => kept.get('now', () => look(readShopRules));
  return [
    handleOutside(contract.listCardLabels, async (outside, { query }) => {
      const { look, now } = outside;
      return { items: await listCardLabels({ look, now: now() }, await rulesNow(outside), query.product) };
    }),
    handleOutside(contract.listProductPromotions, async (outside, { params }) => {
      const [known, found] = await Promise.all([rulesNow(outside), goods.ask(outside.look, [params.slug])]);
      return productPromotions(known, { ...params, skus: found.get(params.slug), now: outside.now() });
    }),
  ];
}

const couponRoutes = (): Route[] => [
  handle(contract.listCouponBatches, (ctx, { query }) => listBatches(ctx, query)),
  handle(contract.getCouponBatch, (ctx, { params }) => getBatch(ctx, params.id)),
  handle(contract.createCouponBatch, async (ctx, { body }) => getBatch(ctx, await createBatch(ctx, body))),
  handle(contract.stopCouponBatch, async (ctx, { params }) => {
    await stopBatch(ctx, params.id);
    return getBatch(ctx, params.id);
  }),
  handleOutside(contract.exportCoupons, async (outside, { params, query }) =>
    sendFile(outside, await exportCodes(outside, { batchId: params.id, ...query })),
  ),
  handle(contract.lookUpCoupon, (ctx, { params }) => lookUpCoupon(ctx, params.code)),
  handle(contract.giveCoupons, (ctx, { params, body }) => giveCoupons(ctx, params.id, body)),
  handle(contract.listMyCoupons, async (ctx) => ({
    items: await listMyCoupons(ctx, memberOf(ctx)),
    serverTime: ctx.now.toISOString(),
  })),
  handle(contract.listCouponOffers, async (ctx) => ({
    items: await listCouponOffers(ctx, ctx.actor.kind === 'shopper' ? ctx.actor.customerId : undefined),
  })),
  handle(contract.takeCoupon, async (ctx, { params }) => {
    const customerId = memberOf(ctx);
    return getMyCoupon(ctx, { customerId, code: await takeCoupon(ctx, { batchId: params.id, customerId }) });
  }),
];

async function shown(ctx: Ctx, id: string, change: () => Promise<void>) {
  await change();
  return getPromotion(ctx, id);
}

const memberOf = ({ actor }: Ctx): string => (actor.kind === 'shopper' ? actor.customerId : undefined) ?? refuse('auth.required');

/** Replies with a file as it is made; a caller inside the house gets nothing. */
async function sendFile(
  { raw }: Outside,
  { fileName, body }: { fileName: string; body: AsyncIterable<string> },
): Promise<undefined> {
  if (raw === undefined) return;
  void raw.reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="codes.csv"; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .header('cache-control', 'no-store')
    .send(Readable.from(body));
  await finished(raw.reply.raw);
}
