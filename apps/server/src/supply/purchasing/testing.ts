import type { Ctx } from '../../platform/ctx.ts';
import { aStock } from '../inventory/testing.ts';
import { requestPurchase, type RequestPurchase } from './request-purchase.ts';
import { saveSuppliers, saveSupplyTerms, type TermFacts } from './save-supply.ts';

/** A SKU that supplier F1 delivers at ¥12.00 in packs of 10 within 7 days, or on other terms. */
export async function aTerm(ctx: Ctx, sku: string, over: Partial<TermFacts> = {}): Promise<void> {
  await aStock(ctx, sku, 0);
  await saveSuppliers(ctx, [{ code: over.supplier ?? 'F1', name: '临江茶厂', leadTimeDays: 7 }]);
  const term = { unitCostFen: 1_200, minimumQuantity: 10, packSize: 10, leadTimeDays: null, isPreferred: true };
  await saveSupplyTerms(ctx, [{ sku, supplier: 'F1', ...term, ...over }]);
}

/** A request to F1 for these quantities, at WH1. */
export const aPurchase = (ctx: Ctx, lines: RequestPurchase['lines'], over: Partial<RequestPurchase> = {}) =>
  requestPurchase(ctx, { supplier: 'F1', location: 'WH1', lines, ...over });
