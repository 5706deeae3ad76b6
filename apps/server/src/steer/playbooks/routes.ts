import { playbooks as contract } from '@tongshang/contract';
import { handle, handleOutside } from '../../platform/route.ts';
import type { Analytics } from '../targets/index.ts';
import { rejectDecision, requestChange } from './decision/answer-decision.ts';
import { approveDecision } from './decision/approve-decision.ts';
import { changeProposal, previewProposal } from './decision/change-proposal.ts';
import { proposeByHand } from './decision/propose-by-hand.ts';
import { getDecision, listDecisions } from './decision/queries.ts';
import { rollBackDecision } from './decision/roll-back.ts';
import { showDecision } from './decision/show-decision.ts';
import { changeSetting, listSettings } from './settings.ts';

export function playbookRoutes({ analytics }: { analytics: Analytics }) {
  return [
    handle(contract.listDecisions, (ctx, { query }) => listDecisions(ctx, query)),
    handleOutside(contract.getDecision, ({ inTx, now }, { params }) => showDecision(analytics, { inTx, now: now() }, params.id)),
    handleOutside(contract.proposeDecision, async ({ inTx, actor, now }, { body }) => {
      const id = await proposeByHand(analytics, { inTx, actor, now: now() }, body);
      return inTx((ctx) => getDecision(ctx, id));
    }),
    handle(contract.previewProposal, (ctx, { params, body }) => previewProposal(ctx, params.id, body)),
    handle(contract.changeProposal, async (ctx, { params, body }) => {
      await changeProposal(ctx, { ...params, ...body });
      return getDecision(ctx, params.id);
    }),
    handle(contract.approveDecision, async (ctx, { params, body }) => {
      await approveDecision(ctx, { ...params, ...body });
      return getDecision(ctx, params.id);
    }),
    handle(contract.rejectDecision, async (ctx, { params, body }) => {
      await rejectDecision(ctx, { ...params, ...body });
      return getDecision(ctx, params.id);
    }),
    handle(contract.requestChange, async (ctx, { params, body }) => {
      await requestChange(ctx, { ...params, ...body });
      return getDecision(ctx, params.id);
    }),
    handle(contract.rollBackDecision, async (ctx, { params, body }) => {
      await rollBackDecision(ctx, { ...params, ...body });
      return getDecision(ctx, params.id);
    }),
    handle(contract.listSettings, ({ tx }) => listSettings(tx)),
    handle(contract.changeSetting, (ctx, { params, body }) => changeSetting(ctx, params.playbook, body)),
  ];
}
