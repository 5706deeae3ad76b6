import { collection as contract } from '@tongshang/contract';
import { handle } from '../../platform/route.ts';
import { getBadEvent, listBadEvents } from './bad-events.ts';
import { discardBadEvents, mendBadEvent, replayBadEvents } from './mend-bad-event.ts';
import { addSource, closeSource, listSources } from './sources.ts';
import { listIdentityConflicts, listPlan, listViolations, putPlannedEvent } from './tracking-plan.ts';

export const collectionRoutes = [
  handle(contract.listSources, (ctx) => listSources(ctx)),
  handle(contract.addSource, (ctx, { body }) => addSource(ctx, body)),
  handle(contract.closeSource, (ctx, { params }) => closeSource(ctx, params)),
  handle(contract.listBadEvents, (ctx, { query }) => listBadEvents(ctx.tx, query)),
  handle(contract.getBadEvent, (ctx, { params }) => getBadEvent(ctx.tx, params.id)),
  handle(contract.mendBadEvent, (ctx, { params, body }) => mendBadEvent(ctx, { ...params, ...body })),
  handle(contract.replayBadEvents, (ctx, { body }) => replayBadEvents(ctx, body)),
  handle(contract.discardBadEvents, (ctx, { body }) => discardBadEvents(ctx, body)),
  handle(contract.listPlan, (ctx) => listPlan(ctx)),
  handle(contract.putPlannedEvent, (ctx, { params, body }) => putPlannedEvent(ctx, { ...params, ...body })),
  handle(contract.listViolations, (ctx, { query }) => listViolations(ctx, query)),
  handle(contract.listIdentityConflicts, (ctx, { query }) => listIdentityConflicts(ctx.tx, query)),
];
