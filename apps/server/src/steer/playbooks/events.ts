import { playbooks as contract } from '@tongshang/contract';
import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

/** A decision came to be (`from` is null) or took a step in its life. */
export const decisionMoved = eventType(
  'playbooks.decision_moved',
  z.object({
    decisionId: z.uuid(),
    number: z.string(),
    playbook: contract.Playbook,
    from: contract.DecisionState.nullable(),
    to: contract.DecisionState,
  }),
);
