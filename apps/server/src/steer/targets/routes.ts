import { targets as contract } from '@tongshang/contract';
import { findDefinition, readBook } from '../../know/metrics/index.ts';
import { handle, handleOutside } from '../../platform/route.ts';
import type { Analytics } from './figures.ts';
import { listTargets, listTargetVersions } from './queries.ts';
import { setTarget } from './set-target.ts';
import { isAdditive, trackProgress } from './track-progress.ts';

export function targetRoutes(outside: { analytics: Analytics }) {
  return [
    handle(contract.listTargets, async ({ tx }, { query }) => ({ items: await listTargets(tx, query) })),
    handle(contract.listTargetVersions, async ({ tx }, { params }) => ({ items: await listTargetVersions(tx, params.id) })),
    handle(contract.setTarget, async (ctx, { body }) => {
      const definition = findDefinition(await readBook(ctx.tx, ctx.now), body.metric);
      return setTarget(ctx, { ...body, isAdditive: definition && isAdditive(definition) });
    }),
    handleOutside(contract.getTargetProgress, ({ inTx, now }, { query }) => trackProgress(outside, { inTx, now: now() }, query)),
  ];
}
