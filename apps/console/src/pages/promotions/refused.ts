import { RefusedError } from '@tongshang/contract';
import type { Say } from '../../lib/language.ts';
import type { WordKey } from '../../words/keys.ts';

/** What the house says about a rule that contradicts itself, by the field it names. */
const sentences: Readonly<Record<string, WordKey>> = {
  endsAt: 'promo.wrong.order',
  stage: 'promo.refused.stage',
  needsCode: 'promo.refused.needsCode',
  unitsMax: 'promo.refused.units',
  unitsPerCustomer: 'promo.refused.units',
  'then.unitFen': 'promo.refused.noPrice',
  'then.free': 'promo.wrong.tooMany',
  'then.steps': 'promo.refused.steps',
  'then.promotionId': 'promo.refused.noCode',
  when: 'promo.refused.when',
  groupId: 'promo.refused.group',
};

/** The field that a refusal is about, with its sentence; undefined when it is about the whole. */
export function refusedField(error: unknown, words: Say): { path: string; text: string } | undefined {
  if (!(error instanceof RefusedError)) return undefined;
  if (error.code === 'promotion_group.not_found') return { path: 'groupId', text: words('promo.refused.group') };
  const field = error.code === 'promotion.invalid_rule' ? error.problem.details['field'] : undefined;
  if (typeof field !== 'string') return undefined;
  return { path: field, text: words(sentences[field] ?? 'promo.refused.when') };
}

export const isStale = (error: unknown): boolean => error instanceof RefusedError && error.code === 'promotion.stale';
