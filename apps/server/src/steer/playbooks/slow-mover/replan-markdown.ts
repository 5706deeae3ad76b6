import { refuse } from '../../../platform/fail.ts';
import { addDays } from '../../../platform/time.ts';
import type { Change } from '../decision/change-proposal.ts';
import type { Parts } from '../decision/lock-decision.ts';
import { type ArmRow, markdownPrice, planMarkdown } from './slow-mover.ts';

type SlowMoverParts = Extract<Parts, { playbook: 'slow_mover' }>;

/**
 * The same two groups under another depth, window or elasticity. The draw stays: a SKU whose floor leaves nothing of the new depth leaves
 * whichever group it is in, so that the groups stay alike.
 */
export function replanMarkdown(
  parts: SlowMoverParts,
  arms: readonly ArmRow[],
  change: Extract<Change, { playbook: 'slow_mover' }>,
): { parts: SlowMoverParts; arms: ArmRow[] } {
  const { proposal, cause } = parts;
  const { depthBp, windowDays, elasticity } = { ...proposal.assumptions, ...definedIn(change) };
  const startsOn = change.startsOn ?? proposal.startsOn;
  const replanned = arms.map((arm): ArmRow => {
    if (arm.arm === 'dropped') return arm;
    const price = markdownPrice(arm, { depthBp, depthMinimumBp: 100 });
    if (price === undefined) return { ...arm, arm: 'dropped', newPriceFen: null };
    return { ...arm, newPriceFen: arm.arm === 'treated' ? price : null };
  });
  const count = (name: string) => replanned.filter(({ arm }) => arm === name).length;
  const [treatedCount, controlCount] = [count('treated'), count('control')];
  if (treatedCount < 2 || controlCount < 2) refuse('decision.nothing_to_do', { treatedCount, controlCount });
  const assumptions = { depthBp, windowDays, elasticity };
  const { amountFen, options, expected } = planMarkdown(replanned, assumptions, cause.sales.length);
  const endsOn = addDays(startsOn, windowDays - 1);
  return {
    parts: {
      ...parts,
      proposal: { ...proposal, startsOn, endsOn, treatedCount, controlCount, amountFen, assumptions, options },
      expected,
    },
    arms: replanned,
  };
}

const definedIn = ({ depthBp, windowDays, elasticity }: Extract<Change, { playbook: 'slow_mover' }>) => ({
  ...(depthBp !== undefined && { depthBp }),
  ...(windowDays !== undefined && { windowDays }),
  ...(elasticity !== undefined && { elasticity }),
});
