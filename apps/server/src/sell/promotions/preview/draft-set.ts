// Sets of promotions with a draft among them, for previews; nothing of it is stored.
import type { PromotionDraft } from '../promotion.ts';
import { type RunningPromotion, type RunningSet, setOf } from '../running-set.ts';
import { windowOf } from '../save-promotion.ts';

/** Stands for a draft that is not stored yet. */
export const draftId = '00000000-0000-4000-8000-000000000000';

export const asRunning = (draft: PromotionDraft, id: string): RunningPromotion => ({
  ...draft,
  ...windowOf(draft),
  promotionId: id,
  groupId: draft.groupId ?? undefined,
});

/** A set without the promotion that the draft would replace. */
export const without = (set: RunningSet, id: string): RunningSet =>
  setOf(`${set.token}-${id}`, set.promotions.filter((one) => one.promotionId !== id), set.groups); // prettier-ignore

export const withAlso = (set: RunningSet, also: RunningPromotion): RunningSet =>
  setOf(`${set.token}+${also.promotionId}`, [...set.promotions, also], set.groups);

/** What nobody has taken anything of. */
export const untaken = { balances: new Map(), uses: new Map(), coupons: new Map() };
