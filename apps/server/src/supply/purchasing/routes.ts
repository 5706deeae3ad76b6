import { purchasing as contract } from '@tongshang/contract';
import { handle } from '../../platform/route.ts';
import { cancelPurchase } from './cancel-purchase.ts';
import { getPurchase, getSupplier, getSupplyTerm, listPurchases, listSuppliers, listSupplyTerms } from './queries.ts';
import { receivePurchase } from './receive-purchase.ts';
import { requestPurchase } from './request-purchase.ts';
import { saveSuppliers, saveSupplyTerms } from './save-supply.ts';

export const purchasingRoutes = [
  handle(contract.listSuppliers, ({ tx }) => listSuppliers(tx)),
  handle(contract.putSupplier, async (ctx, { params, body }) => {
    await saveSuppliers(ctx, [{ ...params, ...body }]);
    return getSupplier(ctx.tx, params.code);
  }),
  handle(contract.listSupplyTerms, ({ tx }, { query }) => listSupplyTerms(tx, query)),
  handle(contract.putSupplyTerm, async (ctx, { params, body }) => {
    await saveSupplyTerms(ctx, [{ ...params, ...body }]);
    return getSupplyTerm(ctx.tx, params.sku, params.supplier);
  }),
  handle(contract.listPurchases, (ctx, { query }) => listPurchases(ctx, query)),
  handle(contract.getPurchase, (ctx, { params }) => getPurchase(ctx, params.id)),
  handle(contract.requestPurchase, async (ctx, { body }) => {
    const { id } = await requestPurchase(ctx, body);
    return getPurchase(ctx, id);
  }),
  handle(contract.receivePurchase, async (ctx, { params, body }) => {
    await receivePurchase(ctx, { ...params, ...body });
    return getPurchase(ctx, params.id);
  }),
  handle(contract.cancelPurchase, async (ctx, { params, body }) => {
    await cancelPurchase(ctx, { ...params, ...body });
    return getPurchase(ctx, params.id);
  }),
];
