import type { BodyOf, playbooks } from '@tongshang/contract';

export type Change = BodyOf<typeof playbooks.previewProposal>;
interface CoverForm {
  quantity: number;
  serviceLevel: number;
  reviewDays: number;
  dailyUnits: number;
}
interface MarkdownForm {
  depth: number;
  windowDays: number;
}
export type ChangeForm = Partial<CoverForm & MarkdownForm> & { note?: string };

/** Only what was changed is sent: a quantity left alone follows from the other assumptions. */
export function changeOf(playbook: Change['playbook'], values: ChangeForm, before: ChangeForm): Change {
  const changed = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => typeof value === 'number' && value !== before[name as keyof ChangeForm]),
  ) as Partial<Record<keyof (CoverForm & MarkdownForm), number>>;
  if (playbook === 'slow_mover') {
    return {
      playbook,
      ...(changed.depth !== undefined && { depthBp: Math.round(changed.depth * 100) }),
      ...(changed.windowDays !== undefined && { windowDays: changed.windowDays }),
    };
  }
  return {
    playbook,
    ...(changed.quantity !== undefined && { quantity: changed.quantity }),
    ...(changed.serviceLevel !== undefined && { serviceLevelBp: Math.round(changed.serviceLevel * 100) }),
    ...(changed.reviewDays !== undefined && { reviewDays: changed.reviewDays }),
    ...(changed.dailyUnits !== undefined && { dailyUnits: changed.dailyUnits }),
  };
}
