// The door of promotions.
export type { ClaimOutcome, OrderToClaim } from './claim/claims.ts';
export { claimAgain } from './claim/claim-again.ts';
export { claimOffers } from './claim/claim-offers.ts';
export { findDrift } from './claim/find-drift.ts';
export { returnClaims } from './claim/return-claims.ts';
export { createBatch } from './coupon/create-batch.ts';
export { giveEarnedCoupons } from './coupon/earn-coupons.ts';
export { giveCoupons } from './coupon/give-coupons.ts';
export { approvePromotion, movePromotion, submitPromotion } from './move-promotion.ts';
export type { PastOrder, PastOrders } from './preview/preview-orders.ts';
export { type CartToPrice, type LineProblem, type PricedCart, priceCarts } from './price-carts.ts';
export { createGroup } from './save-group.ts';
export { createPromotion } from './save-promotion.ts';
export { listWindows, type PromotionWindow } from './windows.ts';
