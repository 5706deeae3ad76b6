import { effectKinds, type Language, say } from '@tongshang/ui';
import type { PromotionDraft } from './draft.ts';

/** The rule as one sentence. */
export const sentenceOf = (rule: Pick<PromotionDraft, 'stage' | 'when' | 'then'>, language: Language): string =>
  say(effectKinds[rule.then.gives], language);
