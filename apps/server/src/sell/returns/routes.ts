import { returns as contract } from '@tongshang/contract';
import { handle, type Route } from '../../platform/route.ts';
import { getReturn, getReturnable, listReturns } from './queries.ts';
import { recordReturn } from './record-return.ts';

export const returnRoutes: Route[] = [
  handle(contract.listReturns, (ctx, { query }) => listReturns(ctx, query)),
  handle(contract.getReturn, (ctx, { params }) => getReturn(ctx, params.returnId)),
  handle(contract.getReturnable, (ctx, { params }) => getReturnable(ctx, params.orderId)),
  handle(contract.recordReturn, async (ctx, { params, body }) => getReturn(ctx, await recordReturn(ctx, { ...params, ...body }))),
];
