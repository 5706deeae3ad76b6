// One plain sentence for a rule, in either language: the editor's live sentence, labels in the cart, lines of a list.
import type { ConditionTree } from '@tongshang/contract';
import type { Language } from '../format/language.ts';
import { channels } from '../words/terms.ts';
import { channelsWithin, sayInEnglish } from './en.ts';
import type { Called, Names, Needs, Rule, Voice } from './rule.ts';
import { sayInChinese } from './zh.ts';

export type { Names as PromotionNames, Rule as PromotionRule } from './rule.ts';

/** The rule as one sentence: 会员在自营网店购买「服装」满 ¥300 减 ¥40，每满可重复，最多减 ¥120；与同组活动取最优惠. */
export function promotionSentence(rule: Rule, language: Language, names: Names = {}): string {
  const known: Names = { channel: (code) => channelName(code, language), ...names };
  const called: Called = {
    currency: rule.currency ?? 'CNY',
    list: (kind, codes) => codes.map((code) => known[kind]?.(code) ?? (kind === 'product' ? undefined : code)),
    promotion: (id) => known.promotion?.(id),
  };
  const say: Voice = language === 'en' ? sayInEnglish : sayInChinese;
  return say(rule, sortNeeds(rule.when), called);
}

function channelName(code: string, language: Language): string | undefined {
  if (language === 'en') return channelsWithin[code];
  return Object.hasOwn(channels, code) ? channels[code as keyof typeof channels].zh : undefined;
}

function sortNeeds(tree: ConditionTree): Needs {
  if ('is' in tree) return { leaves: [tree], others: [] };
  if (!('all' in tree)) return { leaves: [], others: [tree] };
  const parts = tree.all.map(sortNeeds);
  return { leaves: parts.flatMap((part) => part.leaves), others: parts.flatMap((part) => part.others) };
}
