import { stream as contract } from '@tongshang/contract';
import { handle } from '../../platform/route.ts';
import { leaveLate, takeLate } from './late/decide-late.ts';
import { listLate, listReopened } from './late/queries.ts';
import { startReconciliation } from './reconciliation/job.ts';
import { getQuality, listReconciliations } from './reconciliation/queries.ts';

export const streamRoutes = [
  handle(contract.getQuality, (ctx) => getQuality(ctx)),
  handle(contract.listReconciliations, (ctx, { query }) => listReconciliations(ctx.tx, query)),
  handle(contract.startReconciliation, (ctx, { body }) => startReconciliation(ctx, body)),
  handle(contract.listLate, (ctx, { query }) => listLate(ctx.tx, query)),
  handle(contract.takeLate, (ctx, { params, body }) => takeLate(ctx, { ...params, ...body })),
  handle(contract.leaveLate, (ctx, { params, body }) => leaveLate(ctx, { ...params, ...body })),
  handle(contract.listReopened, (ctx, { query }) => listReopened(ctx.tx, query)),
];
