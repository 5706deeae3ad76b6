import { stream as contract } from '@tongshang/contract';
import { enqueue } from '../../platform/jobs.ts';
import { handle } from '../../platform/route.ts';
import { actorLabel } from '../../platform/ctx.ts';
import { leaveLate, takeLate } from './late/decide-late.ts';
import { listLate, listReopened } from './late/queries.ts';
import { reconcileBooks } from './reconciliation/job.ts';
import { getQuality, listReconciliations } from './reconciliation/queries.ts';

export const streamRoutes = [
  handle(contract.getQuality, (ctx) => getQuality(ctx)),
  handle(contract.listReconciliations, (ctx, { query }) => listReconciliations(ctx.tx, query)),
  handle(contract.startReconciliation, async (ctx, { body: { days } }) => {
    await enqueue(ctx.tx, reconcileBooks, { days, askedBy: actorLabel(ctx.actor).name }, { key: 'stream/reconcile now' });
    return { isQueued: true as const };
  }),
  handle(contract.listLate, (ctx, { query }) => listLate(ctx.tx, query)),
  handle(contract.takeLate, (ctx, { params, body }) => takeLate(ctx, { ...params, ...body })),
  handle(contract.leaveLate, (ctx, { params, body }) => leaveLate(ctx, { ...params, ...body })),
  handle(contract.listReopened, (ctx, { query }) => listReopened(ctx.tx, query)),
];
