import { operations as contract } from '@tongshang/contract';
import { handle } from '../../platform/route.ts';
import { listAudit, listJobs } from './queries.ts';
import { retryJob } from './retry-job.ts';

export const operationsRoutes = [
  handle(contract.listJobs, ({ tx, now }, { query }) => listJobs(tx, now, query)),
  handle(contract.retryJob, (ctx, { params }) => retryJob(ctx, params)),
  handle(contract.listAudit, ({ tx }, { query }) => listAudit(tx, query)),
];
