import { recalls as contract } from '@tongshang/contract';
import { handle } from '../../platform/route.ts';
import { exportNotices, finishRecall, getRecall, listRecalls, startRecall } from './run-recall.ts';
import { traceLot } from './trace-lot.ts';

export const recallRoutes = [
  handle(contract.listRecalls, (ctx, { query }) => listRecalls(ctx, query)),
  handle(contract.traceLot, (ctx, { query }) => traceLot(ctx, query)),
  handle(contract.startRecall, (ctx, { body }) => startRecall(ctx, body)),
  handle(contract.getRecall, (ctx, { params }) => getRecall(ctx, params.id)),
  handle(contract.exportNotices, (ctx, { params }) => exportNotices(ctx, params.id)),
  handle(contract.closeRecall, (ctx, { params: { id }, body }) => finishRecall(ctx, { id, to: 'closed', ...body })),
  handle(contract.liftRecall, (ctx, { params: { id }, body }) => finishRecall(ctx, { id, to: 'lifted', ...body })),
];
