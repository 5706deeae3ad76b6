import { refuse } from '../../../platform/fail.ts';
import type { Change } from '../decision/change-proposal.ts';
import type { Parts } from '../decision/lock-decision.ts';
import { planCover } from './cover.ts';

type CoverParts = Extract<Parts, { playbook: 'cover' }>;

/** The same position planned under other assumptions; a quantity that is given is taken as it is. */
export function replanCover(parts: CoverParts, change: Extract<Change, { playbook: 'cover' }>): CoverParts {
  const { cause, proposal } = parts;
  const { quantity, serviceLevelBp, reviewDays, dailyUnits } = change;
  const assumptions = {
    ...proposal.assumptions,
    ...(serviceLevelBp !== undefined && { serviceLevelBp }),
    ...(reviewDays !== undefined && { reviewDays }),
    ...(dailyUnits !== undefined && { dailyUnits }),
  };
  const plan = planCover(cause, assumptions, proposal, {
    historyDays: cause.sales.length,
    ...(quantity !== undefined && { quantity }),
  });
  if (plan.proposal.quantity === 0) refuse('decision.nothing_to_do', { sku: proposal.sku });
  return { ...parts, proposal: { ...proposal, ...plan.proposal, assumptions }, expected: plan.expected };
}
