import { useQuery } from '@tanstack/react-query';
import { promotions } from '@tongshang/contract';
import type { PromotionRule } from '@tongshang/ui';
import { q } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import type { PromotionDraft } from './draft.ts';
import { useBothSentences } from './sentence.ts';

/** The rule as a sentence, in Chinese and in English side by side: who reads only one of them checks the other by its shape. */
export function Sentences({ draft }: { draft: PromotionDraft | undefined }) {
  const words = useWords();
  const { data: groups } = useQuery(q(promotions.listPromotionGroups));
  const group = groups?.items.find(({ id }) => id === draft?.groupId);
  return (
    <section className="card sentences" aria-label={words('promo.sentence')} aria-live="polite">
      {draft === undefined ? (
        <p className="second">{words('promo.sentenceWaits')}</p>
      ) : (
        <Both rule={{ ...draft, ...(group && { group: { mode: group.mode } }) }} />
      )}
    </section>
  );
}

function Both({ rule }: { rule: PromotionRule }) {
  const sentence = useBothSentences(rule);
  return (
    <>
      <p lang="zh-CN">{sentence('zh-CN')}</p>
      <p lang="en">{sentence('en')}</p>
    </>
  );
}
