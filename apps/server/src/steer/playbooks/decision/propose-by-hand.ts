import type { playbooks as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Actor } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import type { Analytics } from '../../targets/index.ts';
import { gatherCover, type Run } from '../cover/gather-cover.ts';
import { permissionProblem, proposePermission } from '../decision.ts';
import { gatherMarkdown } from '../slow-mover/gather-markdown.ts';
import { saveDecision } from './save-decision.ts';

/** A person has a playbook propose now and becomes the proposer. Refuses who lacks the right, and `decision.exists` for an open one. */
export async function proposeByHand(
  analytics: Analytics,
  run: Run & { actor: Actor },
  wanted: z.output<typeof contract.proposeDecision.body>,
): Promise<string> {
  const problem = permissionProblem(run.actor, proposePermission[wanted.playbook]);
  if (problem !== undefined) refuse(problem.code, problem.details);
  const draft =
    wanted.playbook === 'cover'
      ? await gatherCover(analytics, run, wanted.sku)
      : await gatherMarkdown(analytics, run, wanted.category);
  const { id } = await run.inTx((ctx) => saveDecision(ctx, { ...draft, signal: undefined }));
  return id;
}
